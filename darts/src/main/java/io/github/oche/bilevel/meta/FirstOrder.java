package io.github.oche.bilevel.meta;

import io.github.oche.bilevel.BilevelProblem;
import io.github.oche.bilevel.Claim;
import io.github.oche.bilevel.Estimate;
import io.github.oche.bilevel.Gradient;
import io.github.oche.bilevel.Hypergradient;
import io.github.oche.bilevel.Meter;
import io.github.oche.bilevel.Partial;
import io.github.oche.bilevel.Trajectory;
import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.linear.Scratch;
import io.github.oche.bilevel.linear.Vectors;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * First-order MAML: every step's derivative is taken as the identity, so the derivative by the
 * start is {@code grad_y F(x, y_T)} and that by x is {@code grad_x F(x, y_T)}. Costs one gradient
 * and no product, and keeps no state but the last. Its error is {@code O(T rate)}.
 *
 * <p>What x does inside a step (learned rates, warps) gets no derivative from this.
 *
 * @see "Finn, Abbeel and Levine (2017), Model-agnostic meta-learning, section 5.2"
 */
public final class FirstOrder implements Hypergradient {
  private final Meter meter = new Meter();
  private final Scratch byX = new Scratch();
  private final Scratch byStart = new Scratch();

  /** Creates the estimator. */
  public FirstOrder() {}

  @Override
  public Estimate estimate(BilevelProblem problem, INDArray x, Trajectory lower) {
    BilevelProblem metered = meter.start(problem);
    INDArray y = lower.last().y();
    Gradient outer = metered.upper().gradient(x, y, Partial.BOTH);
    INDArray dx = byX.like(x).assign(outer.dx());
    INDArray dy = byStart.like(y).assign(outer.dy());
    return new Estimate(
        outer.value(),
        dx,
        dy,
        finite(outer.value(), dx, dy),
        Double.NaN,
        meter.exact(),
        meter.work());
  }

  @Override
  public Optional<Claim> claim(BilevelProblem problem, INDArray x, Trajectory lower) {
    return Optional.of(Claim.held(problem, lower.last()));
  }

  /** What becomes of an estimate that was computed. */
  static Outcome finite(double value, INDArray dx, INDArray dy) {
    return Double.isFinite(value) && Vectors.isFinite(dx) && Vectors.isFinite(dy)
        ? Outcome.DONE
        : Outcome.NOT_FINITE;
  }
}
