package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableMap;
import io.github.oche.bilevel.linear.Scratch;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * MEHA: a single loop on {@code F(x, y) / c + f(x, y) - v(x, y)}, where {@code v(x, y) = min over
 * theta of f(x, theta) + ||theta - y||^2 / (2 gamma)} is the Moreau envelope of the lower
 * objective, which exists without convexity if gamma is small. With {@code c = c0 (k + 1)^p} in
 * step k, counted from 0:
 *
 * <pre>{@code
 * theta <- theta - r (grad_y f(x, theta) + (theta - y) / gamma)
 * h = grad_x F(x, y) / c + grad_x f(x, y) - grad_x f(x, theta),  x moves along h
 * y <- y - s (grad_y F(x, y) / c + grad_y f(x, y) - (y - theta) / gamma)  at the new x
 * }</pre>
 *
 * <p>x moves before y. Needs no second derivative and no unique lower solution. At constant c the
 * solution is biased by O(1/c). A step costs three gradients by y and three by x; memory is six
 * vectors of the length of y and four of the length of x, the state and its copy among them. theta
 * starts at the start of y. The estimate is h, which is 1/c of a hypergradient, and its value
 * {@code F(x, y)}.
 *
 * @see "Liu, Liu, Yao, Zeng and Zhang (2024), Moreau envelope for nonconvex bi-level optimization:
 *     a single-loop and Hessian-free solution strategy"
 */
public final class Meha extends SafeSolver {
  private static final String THETA = "theta";

  private final double gamma;
  private final double penalty;
  private final double power;
  private final double innerRate;
  private final double rate;
  private final UpperStep upper;
  private final Descent descent = new Descent();
  private final Scratch direction = new Scratch();

  /**
   * Creates the solver.
   *
   * @param gamma of the envelope, positive
   * @param penalty c0, positive
   * @param power p, in [0, 1/2); 0 keeps the penalty constant
   * @param innerRate r, step length of theta, positive
   * @param rate s, step length of y, positive
   * @param upper how x moves: any of ND4J's rules
   */
  public Meha(
      double gamma, double penalty, double power, double innerRate, double rate, IUpdater upper) {
    this.gamma = Settings.positive("gamma", gamma);
    this.penalty = Settings.positive("penalty", penalty);
    checkArgument(power >= 0 && power < 0.5, "power is %s, expected it in [0, 0.5)", power);
    this.power = power;
    this.innerRate = Settings.positive("innerRate", innerRate);
    this.rate = Settings.positive("rate", rate);
    this.upper = new UpperStep(checkNotNull(upper, "upper"));
  }

  @Override
  public SolverState start(INDArray x, INDArray y) {
    return upper.start(x, y, ImmutableMap.of(THETA, y.dup('c')));
  }

  @Override
  Estimate attempt(BilevelProblem problem, SolverState state) {
    INDArray x = state.x();
    INDArray y = state.y();
    INDArray theta = state.vector(THETA);
    double c =
        penalty * StrictMath.pow((double) state.steps() + 1, power); // the same bits everywhere
    if (!descent.step(problem, x, theta, 0, 1, 1 / gamma, y, innerRate)) {
      return diverged(x);
    }
    Gradient outer = problem.upper().gradient(x, y, Partial.X);
    double value = outer.value();
    INDArray h = direction.like(x).assign(outer.dx()).muli(1 / c);
    h.addi(problem.lower().gradient(x, y, Partial.X).dx());
    h.subi(problem.lower().gradient(x, theta, Partial.X).dx());
    Estimate estimate = direction(value, h);
    if (!estimate.isUsable()) {
      return estimate;
    }
    upper.move(problem, state, h);
    return descent.step(problem, x, y, 1 / c, 1, -1 / gamma, theta, rate) ? estimate : diverged(x);
  }
}
