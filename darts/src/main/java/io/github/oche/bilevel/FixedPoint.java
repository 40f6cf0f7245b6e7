package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.linear.Scratch;
import io.github.oche.bilevel.linear.Vectors;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The implicit hypergradient of a fixed point {@code s = Phi(x, s)} of any contraction, momentum,
 * projections and adaptive methods included, as a sum of pullbacks at the last state:
 *
 * <pre>{@code
 * q = sum over j < K of ((dPhi/ds)')^j grad_s F,   h = grad_x F + (dPhi/dx)' q
 * }</pre>
 *
 * <p>Tends to the solution of {@code (I - dPhi/ds)' q = grad_s F}. With plain gradient descent it
 * is the Neumann series of K - 1 terms; at a fixed point it equals {@link ReverseMode} with a
 * window of K, without the memory of a trajectory. Costs one gradient and at most K products;
 * memory is one state and one vector of the length of x.
 *
 * <p>The residual is known exactly: it is the last cotangent, against the first. The outcome is
 * {@link Outcome#STEP_LIMIT} if it is above the tolerance and {@link Outcome#DIVERGED} if it is
 * above 1, that is if q is worse than nothing.
 *
 * @see "Grazzi et al. (2020), On the iteration complexity of hypergradient computation"
 */
public final class FixedPoint implements Hypergradient {
  private final Dynamics dynamics;
  private final int iterations;
  private final double tolerance;
  private final Meter meter = new Meter();
  private final Scratch estimate = new Scratch();
  private @Nullable State cotangent;

  /**
   * Creates the estimator.
   *
   * @param dynamics Phi, which made the lower level's states; its derivative is taken for the step
   *     that would follow the last
   * @param iterations K, at least 1
   * @param tolerance of the residual, in [0, 1)
   */
  public FixedPoint(Dynamics dynamics, int iterations, double tolerance) {
    Settings.atLeastOne("iterations", iterations);
    checkArgument(
        tolerance >= 0 && tolerance < 1, "tolerance is %s, expected a number in [0, 1)", tolerance);
    this.dynamics = checkNotNull(dynamics, "dynamics");
    this.iterations = iterations;
    this.tolerance = tolerance;
  }

  @Override
  public Estimate estimate(BilevelProblem problem, INDArray x, Trajectory lower) {
    BilevelProblem metered = meter.start(problem);
    State last = lower.last();
    Gradient outer = metered.upper().gradient(x, last.y(), Partial.BOTH);
    double value = outer.value();
    INDArray h = estimate.like(x).assign(outer.dx());
    State p = cotangent;
    if (p == null || !Vectors.alike(p.y(), last.y())) {
      p = dynamics.start(last.y()); // last may have no memory yet, its cotangent has
      cotangent = p;
    }
    p.clear().y().assign(outer.dy());
    double size = squares(p);
    if (size == 0) {
      return Estimate.of(value, h, null, Outcome.DONE, 0).measured(meter);
    }
    double residual = 1;
    for (int j = 0; j < iterations && residual > tolerance; j++) {
      dynamics.pullback(metered, x, lower.steps(), last, p, h);
      residual = Math.sqrt(squares(p) / size);
    }
    Outcome outcome =
        !Double.isFinite(residual)
            ? Outcome.NOT_FINITE
            : residual > 1
                ? Outcome.DIVERGED
                : residual > tolerance ? Outcome.STEP_LIMIT : Outcome.DONE;
    if (!outcome.isUsable()) {
      h.assign(Double.NaN);
    }
    return Estimate.of(value, h, null, outcome, residual).measured(meter);
  }

  private static double squares(State p) {
    double sum = Vectors.sumOfSquares(p.y());
    for (INDArray vector : p.memory()) {
      sum += Vectors.sumOfSquares(vector);
    }
    return sum;
  }
}
