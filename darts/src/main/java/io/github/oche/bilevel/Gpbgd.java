package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableMap;
import io.github.oche.bilevel.linear.Scratch;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * G-PBGD, penalty-based bilevel descent on the gradient norm: joint gradient steps of x and y on
 * {@code F(x, y) + gamma ||grad_y f(x, y)||^2}.
 *
 * <pre>{@code
 * q = grad_y f(x, y)
 * h = grad_x F(x, y) + 2 gamma grad_xy f(x, y) q
 * y <- y - s (grad_y F(x, y) + 2 gamma grad_yy f(x, y) q),  x moves along h, both from the old x and y
 * }</pre>
 *
 * <p>A step costs two gradients and one product. Where {@code grad_yy f} is singular the penalty
 * has stationary points that solve nothing, at any gamma; {@link Vpbgd} has not. Memory is two
 * vectors of the length of y beside y, and two of the length of x. The estimate is h, with the
 * scale applied, and its value {@code F(x, y)}.
 *
 * @see "Shen and Chen (2023), On penalty-based bilevel gradient descent method"
 */
public final class Gpbgd extends SafeSolver {
  private final PenaltyRamp gamma;
  private final PenaltyScale scale;
  private final double rate;
  private final UpperStep upper;
  private final Scratch direction = new Scratch();
  private final Scratch residual = new Scratch();
  private final Scratch byY = new Scratch();

  /**
   * Creates the solver.
   *
   * @param gamma weight of the penalty
   * @param scale of the steps of x and y
   * @param rate s, step length of y, positive
   * @param upper how x moves: any of ND4J's rules
   */
  public Gpbgd(PenaltyRamp gamma, PenaltyScale scale, double rate, IUpdater upper) {
    this.gamma = checkNotNull(gamma, "gamma");
    this.scale = checkNotNull(scale, "scale");
    this.rate = Settings.positive("rate", rate);
    this.upper = new UpperStep(checkNotNull(upper, "upper"));
  }

  @Override
  public SolverState start(INDArray x, INDArray y) {
    return upper.start(x, y, ImmutableMap.of());
  }

  @Override
  Estimate attempt(BilevelProblem problem, SolverState state) {
    INDArray x = state.x();
    INDArray y = state.y();
    double weight = gamma.at(state.steps());
    INDArray q = residual.like(y).assign(problem.lower().gradient(x, y, Partial.Y).dy());
    Gradient half = problem.lower().along(x, y, null, q, Partial.BOTH);
    INDArray h = direction.like(x).assign(half.dx()).muli(2 * weight);
    INDArray dy = byY.like(y).assign(half.dy()).muli(2 * weight);
    Gradient outer = problem.upper().gradient(x, y, Partial.BOTH);
    double value = outer.value();
    h.addi(outer.dx()).muli(scale.of(weight));
    dy.addi(outer.dy());
    if (!Descent.move(problem, y, dy, rate * scale.of(weight))) {
      return diverged(x);
    }
    return upper.follow(problem, state, direction(value, h));
  }
}
