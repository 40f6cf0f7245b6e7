package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkNotNull;

import io.github.oche.bilevel.linear.Scratch;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Reverse mode: the derivative of {@code F(x, y_T(x))} through the steps that made y_T, the last
 * {@code window} of them or all.
 *
 * <pre>{@code
 * p = grad_y F(x, y_T),  h = grad_x F(x, y_T)
 * for t = T-1 down to T-K:  h += (dPhi_t/dx)' p,  p <- (dPhi_t/ds)' p
 * }</pre>
 *
 * <p>With all steps h is exactly the derivative of the unrolled objective, and p that by the start,
 * which is what learned starts and meta-learned initialisations need. A window of K errs by {@code
 * O((1 - rate mu)^K)} where f is mu-strongly convex; at a converged y it equals a Neumann series of
 * K terms. Costs one gradient and K products; memory is three states and one vector of the length
 * of x beside the trajectory's.
 *
 * @see <a href="https://arxiv.org/abs/1703.01785">Franceschi et al. (2017), Forward and reverse
 *     gradient-based hyperparameter optimization, algorithm 1</a>
 * @see <a href="https://arxiv.org/abs/1810.10667">Shaban et al. (2019), Truncated back-propagation
 *     for bilevel optimization</a>
 */
public final class ReverseMode implements Hypergradient {
  /** Which state the upper objective is taken at. */
  public enum Cut {
    /** The last one. */
    LAST,
    /**
     * The one of s_1, ..., s_T with the largest F (the first of equal ones): the pessimistic
     * trajectory truncation of Liu et al. (2021), IAPTT-GM, for lower levels that are not convex.
     * Costs T values more.
     */
    WORST_UPPER
  }

  private final int window;
  private final Cut cut;
  private final Meter meter = new Meter();
  private final Scratch estimate = new Scratch();
  private @Nullable State cotangent;

  /**
   * Creates the estimator.
   *
   * @param window K, how many of the last steps are differentiated, at least 1, or {@link #ALL}
   * @param cut where F is taken
   */
  public ReverseMode(int window, Cut cut) {
    Settings.atLeastOne("window", window);
    this.window = window;
    this.cut = checkNotNull(cut, "cut");
  }

  /**
   * Through the last K steps.
   *
   * @param window K, at least 1
   */
  public ReverseMode(int window) {
    this(window, Cut.LAST);
  }

  /**
   * Through all steps.
   *
   * @return the estimator
   */
  public static ReverseMode full() {
    return new ReverseMode(ALL, Cut.LAST);
  }

  @Override
  public int window() {
    return cut == Cut.LAST ? window : ALL;
  }

  @Override
  public Estimate estimate(BilevelProblem problem, INDArray x, Trajectory lower) {
    BilevelProblem metered = meter.start(problem);
    int end = cut == Cut.LAST ? lower.steps() : worst(metered, x, lower);
    State last = lower.at(end);
    Gradient outer = metered.upper().gradient(x, last.y(), Partial.BOTH);
    double value = outer.value();
    INDArray h = estimate.like(x).assign(outer.dx());
    State p = cotangent;
    if (p == null || !p.fits(last)) {
      p = last.copy();
      cotangent = p;
    }
    p.clear().y().assign(outer.dy());
    int first = Math.max(0, end - Math.min(window, end));
    for (int t = end - 1; t >= first; t--) {
      lower.dynamics().pullback(metered, x, t, lower.at(t), p, h);
    }
    return Estimate.of(value, h, first == 0 ? p.y() : null, meter);
  }

  @Override
  public Optional<Claim> claim(BilevelProblem problem, INDArray x, Trajectory lower) {
    int end = cut == Cut.LAST ? lower.steps() : worst(problem, x, lower);
    int steps = Math.min(window, end);
    if (steps == lower.steps()) {
      return Optional.empty();
    }
    String words =
        cut == Cut.LAST
            ? "the last " + steps + " of " + end + " steps"
            : (steps == end ? "the " : "the last " + steps + " of the ")
                + end
                + " steps to where F is largest";
    State from = lower.at(end - steps);
    return Optional.of(Claim.steps(words, problem, lower.dynamics(), from, end - steps, steps));
  }

  private static int worst(BilevelProblem problem, INDArray x, Trajectory lower) {
    int worst = Math.min(1, lower.steps());
    double most = Double.NEGATIVE_INFINITY;
    for (int t = 1; t <= lower.steps(); t++) {
      double value = problem.upper().value(x, lower.at(t).y());
      if (value > most) {
        most = value;
        worst = t;
      }
    }
    return worst;
  }
}
