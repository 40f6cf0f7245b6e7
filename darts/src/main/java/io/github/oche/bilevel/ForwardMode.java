package io.github.oche.bilevel;

import io.github.oche.bilevel.linear.Scratch;
import io.github.oche.bilevel.linear.Vectors;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Forward mode: the derivative of {@code F(x, y_T(x))} through all steps, from tangents that go the
 * way of the steps, one for each entry of x.
 *
 * <pre>{@code
 * Z_0 = 0,  Z_{t+1} = dPhi_t/ds Z_t + dPhi_t/dx,  h = grad_x F(x, y_T) + Z_T' grad_y F(x, y_T)
 * }</pre>
 *
 * <p>The same number as {@link ReverseMode#full}, for n T products instead of T: a second opinion,
 * for a handful of hyper-parameters. The tangents go one after the other, so that beside the
 * trajectory's it takes the memory of one state and three vectors. {@link OnlineForward} carries
 * them along without a trajectory.
 *
 * @see <a href="https://arxiv.org/abs/1703.01785">Franceschi et al. (2017), Forward and reverse
 *     gradient-based hyperparameter optimization, algorithm 2</a>
 */
public final class ForwardMode implements Hypergradient {
  private final Meter meter = new Meter();
  private final Scratch estimate = new Scratch();
  private final Scratch outerGradient = new Scratch();
  private final Scratch unit = new Scratch();
  private @Nullable State tangent;

  /** Creates the estimator. */
  public ForwardMode() {}

  @Override
  public int window() {
    return ALL;
  }

  @Override
  public Estimate estimate(BilevelProblem problem, INDArray x, Trajectory lower) {
    BilevelProblem metered = meter.start(problem);
    State last = lower.last();
    Gradient outer = metered.upper().gradient(x, last.y(), Partial.BOTH);
    double value = outer.value();
    INDArray h = estimate.like(x).assign(outer.dx());
    INDArray v = outerGradient.like(last.y()).assign(outer.dy()); // the dynamics may ask F again
    State z = tangent;
    if (z == null || !z.fits(last)) {
      z = last.copy();
      tangent = z;
    }
    INDArray dx = unit.like(x).assign(0);
    for (long i = 0; i < x.length(); i++) {
      dx.putScalar(i, 1);
      z.clear();
      for (int t = 0; t < lower.steps(); t++) {
        lower.dynamics().pushforward(metered, x, t, lower.at(t), z, dx);
      }
      h.putScalar(i, h.getDouble(i) + Vectors.dot(z.y(), v));
      dx.putScalar(i, 0);
    }
    return Estimate.of(value, h, null, meter);
  }
}
