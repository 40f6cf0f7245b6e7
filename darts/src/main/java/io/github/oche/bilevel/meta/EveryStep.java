package io.github.oche.bilevel.meta;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import io.github.oche.bilevel.BilevelProblem;
import io.github.oche.bilevel.Claim;
import io.github.oche.bilevel.Dynamics;
import io.github.oche.bilevel.Estimate;
import io.github.oche.bilevel.Gradient;
import io.github.oche.bilevel.Hypergradient;
import io.github.oche.bilevel.Meter;
import io.github.oche.bilevel.Partial;
import io.github.oche.bilevel.State;
import io.github.oche.bilevel.Trajectory;
import io.github.oche.bilevel.linear.Scratch;
import io.github.oche.bilevel.linear.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * WarpGrad's objective, which does not go back through the trajectory: the mean over its states of
 * how good the next step from there is, the states themselves being taken as given:
 *
 * <pre>{@code
 * (1/T) sum over t of F(x, Phi_t(x, s_t))
 * }</pre>
 *
 * <p>The derivative by x is the mean of T one-step derivatives. The derivative by the start is that
 * of first-order MAML, {@code grad_y F(x, y_T)}. Costs T gradients of F and T pullbacks; the states
 * are all read.
 *
 * @see "Flennerhag et al. (2020), Meta-learning with warped gradient descent"
 */
public final class EveryStep implements Hypergradient {
  private final Dynamics dynamics;
  private final Meter meter = new Meter();
  private final Scratch mean = new Scratch();
  private final Scratch last = new Scratch();
  private @Nullable State cotangent;

  /**
   * Creates the estimator.
   *
   * @param dynamics what made the trajectory
   */
  public EveryStep(Dynamics dynamics) {
    this.dynamics = checkNotNull(dynamics, "dynamics");
  }

  @Override
  public int window() {
    return ALL;
  }

  @Override
  public Estimate estimate(BilevelProblem problem, INDArray x, Trajectory lower) {
    int steps = lower.steps();
    checkArgument(steps >= 1, "the trajectory has no step, expected at least 1");
    BilevelProblem metered = meter.start(problem);
    State end = lower.at(steps);
    State p = cotangent;
    if (p == null || p.memory().size() != end.memory().size() || !Vectors.alike(p.y(), end.y())) {
      p = end.copy();
      cotangent = p;
    }
    INDArray h = mean.like(x).assign(0);
    INDArray dy = last.like(end.y());
    double value = 0;
    for (int t = steps; t >= 1; t--) {
      Gradient outer = metered.upper().gradient(x, lower.at(t).y(), Partial.BOTH);
      value += outer.value();
      h.addi(outer.dx());
      p.clear().y().assign(outer.dy());
      if (t == steps) {
        dy.assign(outer.dy());
      }
      dynamics.pullback(metered, x, t - 1, lower.at(t - 1), p, h);
    }
    value /= steps;
    h.divi(steps);
    return new Estimate(
        value, h, dy, FirstOrder.finite(value, h, dy), Double.NaN, meter.exact(), meter.work());
  }

  @Override
  public Optional<Claim> claim(BilevelProblem problem, INDArray x, Trajectory lower) {
    List<Claim> each = new ArrayList<>();
    for (int t = 0; t < lower.steps(); t++) {
      each.add(Claim.steps("one step", problem, dynamics, lower.at(t), t, 1));
    }
    return Optional.of(
        new Claim(
            "the mean of " + each.size() + " single steps",
            at ->
                each.stream().mapToDouble(claim -> claim.function().applyAsDouble(at)).sum()
                    / each.size()));
  }
}
