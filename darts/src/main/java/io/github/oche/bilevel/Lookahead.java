package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkNotNull;

import io.github.oche.bilevel.linear.Scratch;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The hypergradient after K virtual steps from where the lower level stands; the lower level itself
 * stays there. With one step and {@link ReverseMode} this is the one-stage method with the product
 * that the objective offers; with more it looks further ahead, for the price of a gradient and a
 * product a step.
 */
public final class Lookahead implements Hypergradient {
  private final Dynamics dynamics;
  private final Hypergradient inner;
  private final Trajectory virtual;
  private final Meter meter = new Meter();
  private final Scratch nothing = new Scratch();

  /**
   * Creates the estimator.
   *
   * @param dynamics what a virtual step is
   * @param steps K, at least 0
   * @param inner reads the virtual steps
   */
  public Lookahead(Dynamics dynamics, int steps, Hypergradient inner) {
    this.dynamics = checkNotNull(dynamics, "dynamics");
    this.inner = checkNotNull(inner, "inner");
    virtual = Trajectory.keeping(dynamics, steps, inner.window());
  }

  @Override
  public Estimate estimate(BilevelProblem problem, INDArray x, Trajectory lower) {
    BilevelProblem metered = meter.start(problem);
    virtual.run(metered, x, lower.last());
    if (!virtual.isFinite()) {
      return Estimate.of(Double.NaN, nothing.like(x).assign(Double.NaN), null, meter);
    }
    return inner.estimate(metered, x, virtual).measured(meter);
  }

  @Override
  public Optional<Claim> claim(BilevelProblem problem, INDArray x, Trajectory lower) {
    virtual.run(problem, x, lower.last());
    int steps = virtual.steps();
    Optional<Claim> own =
        inner
            .claim(problem, x, virtual)
            .map(claim -> new Claim(claim.words() + ", virtual ones", claim.function()));
    if (own.isPresent() || inner.window() == 0) {
      return own;
    }
    String words = steps + " virtual steps from where the lower level got to";
    return Optional.of(Claim.steps(words, problem, dynamics, lower.last(), 0, steps));
  }
}
