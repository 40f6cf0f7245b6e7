package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkNotNull;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A dynamics whose y is projected after each step, or passed through a proximal map: {@code y' =
 * P(Phi_t(x, s))}. What the optimiser remembers is not projected. Each derivative makes the step
 * once more, to know where it was before the projection.
 */
public final class Projected implements Dynamics {
  private final Dynamics inner;
  private final Projection projection;
  private @Nullable State before;

  /**
   * Creates the dynamics.
   *
   * @param inner makes the step
   * @param projection moves its y
   */
  public Projected(Dynamics inner, Projection projection) {
    this.inner = checkNotNull(inner, "inner");
    this.projection = checkNotNull(projection, "projection");
  }

  @Override
  public State start(INDArray y) {
    return inner.start(y);
  }

  @Override
  public double step(BilevelProblem problem, INDArray x, int t, State at, State to) {
    double value = inner.step(problem, x, t, at, to);
    projection.project(to.y());
    return value;
  }

  @Override
  public void pullback(
      BilevelProblem problem, INDArray x, int t, State at, State p, INDArray addToX) {
    projection.differentiate(unprojected(problem, x, t, at), p.y());
    inner.pullback(problem, x, t, at, p, addToX);
  }

  @Override
  public void pushforward(
      BilevelProblem problem, INDArray x, int t, State at, State z, @Nullable INDArray dx) {
    inner.pushforward(problem, x, t, at, z, dx);
    projection.differentiate(unprojected(problem, x, t, at), z.y());
  }

  private INDArray unprojected(BilevelProblem problem, INDArray x, int t, State at) {
    State to = before;
    if (to == null || !to.fits(at)) {
      to = at.copy();
      before = to;
    }
    inner.step(problem, x, t, at, to);
    return to.y();
  }
}
