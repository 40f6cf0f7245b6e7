package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import io.github.oche.bilevel.linear.Scratch;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Bilevel descent aggregation: each lower step descends on both objectives, so that of many lower
 * solutions it finds the one that is best for the upper level.
 *
 * <pre>{@code
 * y' = y - [alpha_t upperRate grad_y F(x, y) + (1 - alpha_t) lowerRate grad_y f(x, y)]
 * }</pre>
 *
 * <p>With {@link ReverseMode} it is BDA. The state is y. A step costs one gradient by y of each
 * objective, a pullback or pushforward one product of each; an objective whose share is zero is not
 * asked. Keeps two vectors of the length of y. The theory takes f convex and smooth in y, {@code
 * lowerRate <= 1/L_f}, alpha_t going to zero with an infinite sum.
 *
 * @see "Liu et al. (2020), A generic first-order algorithmic framework for bi-level programming
 *     beyond lower-level singleton"
 */
public final class Aggregated implements Dynamics {
  private final double upperRate;
  private final double lowerRate;
  private final Mixing mixing;
  private final Scratch first = new Scratch();
  private final Scratch second = new Scratch();

  /**
   * Creates a step.
   *
   * @param upperRate step length along F, at least 0
   * @param lowerRate step length along f, at least 0
   * @param mixing alpha_t
   * @throws IllegalArgumentException if a rate is negative or not finite
   */
  public Aggregated(double upperRate, double lowerRate, Mixing mixing) {
    this.upperRate = requireRate("upperRate", upperRate);
    this.lowerRate = requireRate("lowerRate", lowerRate);
    this.mixing = checkNotNull(mixing, "mixing");
  }

  private static double requireRate(String name, double rate) {
    checkArgument(
        rate >= 0 && Double.isFinite(rate), "%s is %s, expected a finite number >= 0", name, rate);
    return rate;
  }

  @Override
  public State start(INDArray y) {
    return State.atRest(y.dup());
  }

  /** Makes a step; the value is {@code alpha_t F + (1 - alpha_t) f}. */
  @Override
  public double step(BilevelProblem problem, INDArray x, int t, State at, State to) {
    double alpha = share(t);
    double value = 0;
    INDArray moved = first.like(at.y()).assign(at.y()); // to.y() follows when both have been read
    if (alpha > 0) {
      Gradient upper = problem.upper().gradient(x, at.y(), Partial.Y);
      value += alpha * upper.value();
      moved.subi(second.like(moved).assign(upper.dy()).muli(alpha * upperRate));
    }
    if (alpha < 1) {
      Gradient lower = problem.lower().gradient(x, at.y(), Partial.Y);
      value += (1 - alpha) * lower.value();
      moved.subi(second.like(moved).assign(lower.dy()).muli((1 - alpha) * lowerRate));
    }
    to.y().assign(moved);
    return value;
  }

  @Override
  public void pullback(
      BilevelProblem problem, INDArray x, int t, State at, State p, INDArray addToX) {
    double alpha = share(t);
    INDArray toUpper = first.like(p.y()).assign(p.y()).muli(-alpha * upperRate);
    INDArray toLower = second.like(p.y()).assign(p.y()).muli(-(1 - alpha) * lowerRate);
    if (alpha > 0) {
      addProduct(problem.upper(), x, at, toUpper, p, addToX);
    }
    if (alpha < 1) {
      addProduct(problem.lower(), x, at, toLower, p, addToX);
    }
  }

  private static void addProduct(
      Objective objective, INDArray x, State at, INDArray u, State p, INDArray addToX) {
    Gradient product = objective.along(x, at.y(), null, u, Partial.BOTH);
    addToX.addi(product.dx());
    p.y().addi(product.dy());
  }

  @Override
  public void pushforward(
      BilevelProblem problem, INDArray x, int t, State at, State z, @Nullable INDArray dx) {
    double alpha = share(t);
    INDArray moved = first.like(z.y()).assign(z.y());
    if (alpha > 0) {
      Gradient product = problem.upper().along(x, at.y(), dx, z.y(), Partial.Y);
      moved.subi(second.like(moved).assign(product.dy()).muli(alpha * upperRate));
    }
    if (alpha < 1) {
      Gradient product = problem.lower().along(x, at.y(), dx, z.y(), Partial.Y);
      moved.subi(second.like(moved).assign(product.dy()).muli((1 - alpha) * lowerRate));
    }
    z.y().assign(moved);
  }

  private double share(int t) {
    double alpha = mixing.at(t);
    checkArgument(
        alpha >= 0 && alpha <= 1,
        "alpha is %s in step %s, expected a number in [0, 1]",
        (Double) alpha,
        (Integer) t);
    return alpha;
  }
}
