package io.github.oche.darts;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.base.Splitter;
import com.google.common.primitives.Ints;
import io.github.oche.bilevel.HeavyBall;
import io.github.oche.bilevel.Hypergradient;
import io.github.oche.bilevel.ImplicitGradient;
import io.github.oche.bilevel.Lookahead;
import io.github.oche.bilevel.OneStage;
import io.github.oche.bilevel.ReverseMode;
import io.github.oche.bilevel.linear.Identity;
import io.github.oche.bilevel.linear.NeumannSeries;
import io.github.oche.bilevel.linear.NormalConjugateGradient;
import java.util.List;

/**
 * How the architecture step differentiates through the weights: which of the estimators of {@link
 * io.github.oche.bilevel} it takes, on the training batch of its step. All but the first two read
 * exact second derivatives.
 *
 * @param method the estimator
 * @param steps K: unrolled steps, terms of a series or iterations; 0 for methods without
 */
public record SearchHypergradient(Method method, int steps) {
  /** The estimators. */
  public enum Method {
    /** The weights are taken as they are. One pass by α a step. */
    FIRST("first", false),
    /** Through one step of the weights, by the published finite difference: four passes a step. */
    SECOND("second", false),
    /** The same with the exact second derivative: two passes and a product, as dear as two more. */
    EXACT("exact", false),
    /** Through K virtual steps of the weights on the step's batch: K + 1 passes, K products. */
    REVERSE("reverse", true),
    /**
     * The implicit gradient where the weights stand, by K terms of a Neumann series whose rate is
     * that of the weights: one pass, K + 1 products.
     */
    NEUMANN("neumann", true),
    /**
     * The same by K iterations of conjugate gradients on the normal equations, for the Hessian of a
     * network is indefinite and plain ones fail on it: one pass, 2 K + 2 products. Where a system
     * is singular, there is no estimate and α stays where it is for that step.
     */
    CONJUGATE_GRADIENT("cg", true),
    /** The same with the identity for the inverse Hessian: one pass, one product. */
    IDENTITY("identity", false);

    private final String text;
    private final boolean counted;

    Method(String text, boolean counted) {
      this.text = text;
      this.counted = counted;
    }
  }

  /** First order, the default. */
  public static final SearchHypergradient FIRST = new SearchHypergradient(Method.FIRST, 0);

  /** Second order as published. */
  public static final SearchHypergradient SECOND = new SearchHypergradient(Method.SECOND, 0);

  /** Second order with the exact product. */
  public static final SearchHypergradient EXACT = new SearchHypergradient(Method.EXACT, 0);

  private static final double TOLERANCE = 1e-6;
  private static final int MOST_STEPS = 1000;

  /**
   * Creates a choice.
   *
   * @param method the estimator
   * @param steps K, 1 to 1000 for methods that count, else 0
   */
  public SearchHypergradient {
    checkNotNull(method, "method");
    checkArgument(
        method.counted ? steps >= 1 && steps <= MOST_STEPS : steps == 0,
        "steps of %s is %s, expected %s",
        method.text,
        steps,
        method.counted ? "1 to " + MOST_STEPS : "0");
  }

  /**
   * Reads the form that {@link #toString} writes.
   *
   * @param text first, second, exact, identity, reverse:K, neumann:K or cg:K
   * @return the choice
   * @throws IllegalArgumentException if it is none of these
   */
  public static SearchHypergradient parse(String text) {
    List<String> parts = Splitter.on(':').splitToList(text);
    for (Method method : Method.values()) {
      if (method.text.equals(parts.get(0)) && parts.size() == (method.counted ? 2 : 1)) {
        Integer steps = method.counted ? Ints.tryParse(parts.get(1)) : Integer.valueOf(0);
        if (steps != null) {
          return new SearchHypergradient(method, steps);
        }
      }
    }
    throw new IllegalArgumentException(
        "\""
            + text
            + "\" is no hypergradient, expected first, second, exact, identity, reverse:K,"
            + " neumann:K or cg:K, as in reverse:3");
  }

  @Override
  public String toString() {
    return method.counted ? method.text + ":" + steps : method.text;
  }

  /** Says whether the problem needs exact second derivatives. */
  boolean needsProducts() {
    return method != Method.FIRST && method != Method.SECOND;
  }

  /** Says whether the estimator makes steps of the weights, for which it needs their momentum. */
  boolean readsVelocity() {
    return method == Method.SECOND || method == Method.EXACT || method == Method.REVERSE;
  }

  /** Vectors of the length of w that the estimator keeps. */
  int vectors() {
    return switch (method) {
      case FIRST -> 0;
      case SECOND, EXACT -> 5;
      case REVERSE -> 2 * steps + 10; // states of w and velocity; cotangent; scratch
      // the right side, the solution, and the solver's
      case IDENTITY -> 2;
      case NEUMANN -> 4;
      case CONJUGATE_GRADIENT -> 7;
    };
  }

  /** The estimator for weights that move by such steps. */
  Hypergradient estimator(HeavyBall step) {
    return switch (method) {
      case FIRST -> OneStage.firstOrder();
      case SECOND -> new OneStage(step, OneStage.Product.FINITE_DIFFERENCE);
      case EXACT -> new OneStage(step, OneStage.Product.EXACT);
      case REVERSE -> new Lookahead(step, steps, ReverseMode.full());
      case NEUMANN -> new ImplicitGradient(NeumannSeries.truncated(steps, step.rate()));
      case CONJUGATE_GRADIENT ->
          new ImplicitGradient(new NormalConjugateGradient(steps, TOLERANCE));
      case IDENTITY -> new ImplicitGradient(new Identity());
    };
  }
}
