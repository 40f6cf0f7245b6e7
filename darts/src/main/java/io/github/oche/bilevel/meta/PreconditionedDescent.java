package io.github.oche.bilevel.meta;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import io.github.oche.bilevel.BilevelProblem;
import io.github.oche.bilevel.Dynamics;
import io.github.oche.bilevel.Gradient;
import io.github.oche.bilevel.Partial;
import io.github.oche.bilevel.State;
import io.github.oche.bilevel.linear.Scratch;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Gradient descent whose rates the upper variable holds: {@code y' = y - rate P(x) grad_y f(x, y)}.
 * A step costs one gradient, a pullback or pushforward one gradient and one product of f. Keeps
 * three vectors of the length of y.
 */
public final class PreconditionedDescent implements Dynamics {
  private final double rate;
  private final Preconditioner preconditioner;
  private final Scratch gradient = new Scratch();
  private final Scratch scaled = new Scratch();
  private final Scratch turned = new Scratch();

  /**
   * Creates the dynamics.
   *
   * @param rate step length, positive; 1 if the preconditioner has all of it
   * @param preconditioner P
   */
  public PreconditionedDescent(double rate, Preconditioner preconditioner) {
    checkArgument(
        rate > 0 && Double.isFinite(rate), "rate is %s, expected a positive number", rate);
    this.rate = rate;
    this.preconditioner = checkNotNull(preconditioner, "preconditioner");
  }

  @Override
  public State start(INDArray y) {
    return State.atRest(y.dup());
  }

  @Override
  public double step(BilevelProblem problem, INDArray x, int t, State at, State to) {
    Gradient inner = problem.lower().gradient(x, at.y(), Partial.Y);
    preconditioner.apply(x, inner.dy(), to.y());
    to.y().muli(-rate).addi(at.y());
    return inner.value();
  }

  @Override
  public void pullback(
      BilevelProblem problem, INDArray x, int t, State at, State p, INDArray addToX) {
    INDArray g = gradient.like(at.y()).assign(problem.lower().gradient(x, at.y(), Partial.Y).dy());
    INDArray w = scaled.like(g).assign(p.y()).muli(-rate);
    preconditioner.pullback(x, g, w, addToX);
    INDArray u = turned.like(g);
    preconditioner.apply(x, w, u); // symmetric
    Gradient product = problem.lower().along(x, at.y(), null, u, Partial.BOTH);
    addToX.addi(product.dx());
    p.y().addi(product.dy());
  }

  @Override
  public void pushforward(
      BilevelProblem problem, INDArray x, int t, State at, State z, @Nullable INDArray dx) {
    INDArray moved = turned.like(z.y());
    INDArray change =
        scaled.like(moved).assign(problem.lower().along(x, at.y(), dx, z.y(), Partial.Y).dy());
    preconditioner.apply(x, change, moved);
    if (dx != null) {
      INDArray g = gradient.like(moved).assign(problem.lower().gradient(x, at.y(), Partial.Y).dy());
      preconditioner.pushforward(x, dx, g, moved);
    }
    z.y().subi(moved.muli(rate));
  }
}
