package io.github.oche.bilevel;

import io.github.oche.bilevel.linear.Scratch;
import io.github.oche.bilevel.linear.Vectors;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An evolution strategy for the Jacobian of the lower level: how y_T answers to a push of x is seen
 * by making the T steps again from the same start with another x, so no derivative beyond the
 * gradient is needed.
 *
 * <pre>{@code
 * h = grad_x F(x, y_T) + 1/N sum over N Gaussian u of  u <(y_T(x + mu u) - y_T(x)) / mu, grad_y F(x, y_T)>
 * }</pre>
 *
 * <p>Antithetic directions take {@code (y_T(x + mu u) - y_T(x - mu u)) / (2 mu)}, which errs by
 * {@code O(mu^2)} instead of {@code O(mu)}, for twice the price. The expectation is the derivative
 * of an unrolled objective smoothed over {@code mu u}; the relative error of one estimate is about
 * {@code sqrt((n + 1) / N)}. Costs one gradient and N T lower steps, 2 N T if antithetic; memory is
 * two states and five vectors, however long the trajectory, of which it reads where it started and
 * got to.
 *
 * <p>The directions follow from the seed and the bits of x: an estimate at the same x has the same
 * bits, wherever a run was resumed, and a step of x brings new directions. {@link Estimate#exact()}
 * is false. If a run from a pushed x diverges the estimate is filled with NaN and flagged.
 *
 * @see "Sow, Ji and Liang (2022), On the convergence theory for Hessian-free bilevel algorithms
 *     (PZOBO)"
 */
public final class EvolutionStrategy implements Hypergradient {
  private final int directions;
  private final double mu;
  private final boolean antithetic;
  private final long seed;
  private final Meter meter = new Meter();
  private final Scratch estimate = new Scratch();
  private final Scratch outerGradient = new Scratch();
  private final Scratch direction = new Scratch();
  private final Scratch moved = new Scratch();
  private final Scratch answer = new Scratch();
  private @Nullable Trajectory pushed; // for the dynamics and T of the last estimate
  private @Nullable Dynamics dynamics;
  private int steps;

  /**
   * Creates the estimator.
   *
   * @param directions N, at least 1; 10 is the benchmarks' default
   * @param mu length of a push, positive; 0.1 is the benchmarks' default
   * @param antithetic whether each direction is tried both ways
   * @param seed of the directions
   */
  public EvolutionStrategy(int directions, double mu, boolean antithetic, long seed) {
    Settings.atLeastOne("directions", directions);
    Settings.positive("mu", mu);
    this.directions = directions;
    this.mu = mu;
    this.antithetic = antithetic;
    this.seed = seed;
  }

  @Override
  public Estimate estimate(BilevelProblem problem, INDArray x, Trajectory lower) {
    BilevelProblem metered = meter.start(problem);
    meter.approximate();
    INDArray y = lower.last().y();
    Gradient outer = metered.upper().gradient(x, y, Partial.BOTH);
    double value = outer.value();
    INDArray h = estimate.like(x).assign(outer.dx());
    INDArray v = outerGradient.like(y).assign(outer.dy());
    Random random = new Random(mixed(seed, x));
    INDArray u = direction.like(x);
    for (int i = 0; i < directions; i++) {
      for (long j = 0; j < u.length(); j++) {
        u.putScalar(j, random.nextGaussian());
      }
      INDArray rise = answer.like(y).assign(run(metered, x, mu, u, lower));
      rise.subi(antithetic ? run(metered, x, -mu, u, lower) : y);
      double slope = Vectors.dot(rise, v) / (antithetic ? 2 * mu : mu);
      if (!Double.isFinite(slope)) {
        return Estimate.of(value, h.assign(Double.NaN), null, meter);
      }
      h.addi(u.muli(slope / directions));
    }
    return Estimate.of(value, h, null, meter);
  }

  /** y_T(x + push u), filled with NaN if the lower level diverges there. */
  private INDArray run(
      BilevelProblem problem, INDArray x, double push, INDArray u, Trajectory lower) {
    INDArray there = moved.like(x).assign(u).muli(push).addi(x);
    Trajectory again = like(lower).run(problem, there, lower.start());
    INDArray y = again.last().y();
    return again.isFinite() ? y : y.assign(Double.NaN);
  }

  /** A trajectory of the same steps, which keeps none. */
  private Trajectory like(Trajectory lower) {
    Trajectory kept = pushed;
    if (kept == null || dynamics != lower.dynamics() || steps != lower.steps()) {
      dynamics = lower.dynamics();
      steps = lower.steps();
      kept = Trajectory.keeping(lower.dynamics(), steps, 0);
      pushed = kept;
    }
    return kept;
  }

  /** The seed stirred with every bit of x, by the finaliser of SplitMix64. */
  private static long mixed(long seed, INDArray x) {
    long state = seed;
    for (long i = 0; i < x.length(); i++) {
      long z = (state ^ Double.doubleToLongBits(x.getDouble(i))) + 0x9e3779b97f4a7c15L;
      z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
      z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
      state = z ^ (z >>> 31);
    }
    return state;
  }
}
