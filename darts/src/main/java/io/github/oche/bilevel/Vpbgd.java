package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableMap;
import io.github.oche.bilevel.linear.Scratch;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * V-PBGD, penalty-based bilevel descent on the value gap: joint gradient steps of x and y on {@code
 * F(x, y) + gamma (f(x, y) - min f(x, .))}, where the minimum is followed by a second lower
 * variable z.
 *
 * <pre>{@code
 * T times:  z <- z - r grad_y f(x, z)
 * h = grad_x F(x, y) + gamma (grad_x f(x, y) - grad_x f(x, z))
 * y <- y - s (grad_y F(x, y) + gamma grad_y f(x, y)),  x moves along h, both from the old x and y
 * }</pre>
 *
 * <p>Needs no second derivative and no unique lower solution, but {@code f(x, .)} should satisfy
 * the Polyak-Lojasiewicz inequality. At fixed gamma the solution is biased by O(1/gamma). A step
 * costs T + 3 gradients (one of them by x alone); memory is seven vectors of the length of y and
 * five of the length of x, the state and its copy among them. z starts at the start of y, and both
 * go on from step to step. The estimate is h, with the scale applied, and its value {@code F(x,
 * y)}.
 *
 * @see "Shen and Chen (2023), On penalty-based bilevel gradient descent method"
 */
public final class Vpbgd extends SafeSolver {
  private static final String Z = "z";

  private final PenaltyRamp gamma;
  private final PenaltyScale scale;
  private final int innerSteps;
  private final double innerRate;
  private final double rate;
  private final UpperStep upper;
  private final Descent inner = new Descent();
  private final Scratch direction = new Scratch();
  private final Scratch byX = new Scratch();
  private final Scratch byY = new Scratch();
  private final Scratch term = new Scratch();

  /**
   * Creates the solver.
   *
   * @param gamma weight of the penalty
   * @param scale of the steps of x and y
   * @param innerSteps T, steps of z in each step, at least 1
   * @param innerRate r, step length of z, positive
   * @param rate s, step length of y, positive
   * @param upper how x moves: any of ND4J's rules
   */
  public Vpbgd(
      PenaltyRamp gamma,
      PenaltyScale scale,
      int innerSteps,
      double innerRate,
      double rate,
      IUpdater upper) {
    this.gamma = checkNotNull(gamma, "gamma");
    this.scale = checkNotNull(scale, "scale");
    this.innerSteps = Settings.atLeastOne("innerSteps", innerSteps);
    this.innerRate = Settings.positive("innerRate", innerRate);
    this.rate = Settings.positive("rate", rate);
    this.upper = new UpperStep(checkNotNull(upper, "upper"));
  }

  @Override
  public SolverState start(INDArray x, INDArray y) {
    return upper.start(x, y, ImmutableMap.of(Z, y.dup('c')));
  }

  @Override
  Estimate attempt(BilevelProblem problem, SolverState state) {
    INDArray x = state.x();
    INDArray y = state.y();
    INDArray z = state.vector(Z);
    double weight = gamma.at(state.steps());
    if (!inner.steps(problem, x, z, 0, 1, innerRate, innerSteps)) {
      return diverged(x);
    }
    Gradient outer = problem.upper().gradient(x, y, Partial.BOTH);
    double value = outer.value();
    INDArray h = direction.like(x).assign(outer.dx());
    INDArray dy = byY.like(y).assign(outer.dy());
    Gradient penalty = problem.lower().gradient(x, y, Partial.BOTH);
    INDArray dx = byX.like(x).assign(penalty.dx());
    dy.addi(term.like(y).assign(penalty.dy()).muli(weight));
    dx.subi(problem.lower().gradient(x, z, Partial.X).dx());
    h.addi(dx.muli(weight)).muli(scale.of(weight));
    if (!Descent.move(problem, y, dy, rate * scale.of(weight))) {
      return diverged(x);
    }
    return upper.follow(problem, state, direction(value, h));
  }
}
