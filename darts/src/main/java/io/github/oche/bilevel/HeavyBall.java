package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.linear.Scratch;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Gradient descent with momentum and weight decay, as PyTorch's SGD and the published DARTS code
 * define it:
 *
 * <pre>{@code
 * v' = momentum v + (grad_y f(x, y) + decay y)
 * y' = y - rate v'
 * }</pre>
 *
 * <p>The state is y and, if there is momentum, v; an empty memory is v = 0. A step costs one
 * gradient by y, a pullback or pushforward one product of f. Keeps two vectors of the length of y.
 */
public final class HeavyBall implements Dynamics {
  private final double rate;
  private final double momentum;
  private final double decay;
  private final Scratch first = new Scratch();
  private final Scratch second = new Scratch();

  /**
   * Creates a step.
   *
   * @param rate step length, at least 0
   * @param momentum share of the buffer that is kept, in [0, 1)
   * @param decay weight decay, at least 0
   * @throws IllegalArgumentException if one of them lies outside its range
   */
  public HeavyBall(double rate, double momentum, double decay) {
    checkArgument(
        rate >= 0 && Double.isFinite(rate), "rate is %s, expected a finite number >= 0", rate);
    checkArgument(
        momentum >= 0 && momentum < 1, "momentum is %s, expected a number in [0, 1)", momentum);
    checkArgument(
        decay >= 0 && Double.isFinite(decay), "decay is %s, expected a finite number >= 0", decay);
    this.rate = rate;
    this.momentum = momentum;
    this.decay = decay;
  }

  /**
   * Plain gradient descent.
   *
   * @param rate step length, at least 0
   * @return the step without momentum or decay
   */
  public static HeavyBall gradientDescent(double rate) {
    return new HeavyBall(rate, 0, 0);
  }

  /** {@return step length} */
  public double rate() {
    return rate;
  }

  @Override
  public State start(INDArray y) {
    return momentum == 0 ? State.atRest(y.dup()) : State.of(y.dup(), y.like().assign(0));
  }

  @Override
  public double step(BilevelProblem problem, INDArray x, int t, State at, State to) {
    Gradient inner = problem.lower().gradient(x, at.y(), Partial.Y);
    INDArray g = first.like(at.y()).assign(at.y()).muli(decay).addi(inner.dy());
    INDArray before = velocity(at);
    if (before != null) {
      INDArray kept = second.like(g).assign(before).muli(momentum);
      g = kept.addi(g);
    }
    INDArray after = velocity(to);
    if (after != null) {
      after.assign(g);
    }
    to.y().assign(g).muli(-rate).addi(at.y());
    return inner.value();
  }

  @Override
  public void pullback(
      BilevelProblem problem, INDArray x, int t, State at, State p, INDArray addToX) {
    INDArray u = first.like(p.y()).assign(p.y()).muli(-rate); // cotangent of v'
    INDArray v = velocity(p);
    if (v != null) {
      u.addi(v);
      v.assign(u).muli(momentum);
    }
    Gradient product = problem.lower().along(x, at.y(), null, u, Partial.BOTH);
    addToX.addi(product.dx());
    p.y().addi(product.dy()).addi(u.muli(decay));
  }

  @Override
  public void pushforward(
      BilevelProblem problem, INDArray x, int t, State at, State z, @Nullable INDArray dx) {
    Gradient product = problem.lower().along(x, at.y(), dx, z.y(), Partial.Y);
    INDArray dv = first.like(z.y()).assign(z.y()).muli(decay).addi(product.dy());
    INDArray v = velocity(z);
    if (v != null) {
      dv = v.muli(momentum).addi(dv);
    }
    z.y().addi(second.like(dv).assign(dv).muli(-rate));
  }

  /** The buffer of a state, null if there is none or it has no influence. */
  private @Nullable INDArray velocity(State state) {
    ImmutableList<INDArray> memory = state.memory();
    checkArgument(
        memory.size() <= 1, "a state of HeavyBall remembers one vector, not %s", memory.size());
    return memory.isEmpty() || momentum == 0 ? null : memory.get(0);
  }
}
