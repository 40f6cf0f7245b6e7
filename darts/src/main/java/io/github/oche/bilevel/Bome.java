package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableMap;
import io.github.oche.bilevel.linear.Scratch;
import io.github.oche.bilevel.linear.Vectors;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * BOME: joint steps of x and y along {@code grad F + lambda grad q}, where {@code q(x, y) = f(x, y)
 * - f(x, z)} is the value gap to a z that T steps of descent reach from y, taken as a constant, and
 * lambda is the least weight with which q decreases fast enough: a dynamic barrier.
 *
 * <pre>{@code
 * z = y;  T times:  z <- z - r grad_y f(x, z)
 * lambda = max(eta b - <grad F, grad q>, 0) / ||grad q||^2,   b = ||grad q||^2 or q
 * y <- y - s (grad_y F + lambda grad_y q),  x moves along grad_x F + lambda grad_x q
 * }</pre>
 *
 * <p>There is no penalty to tune. Where {@code grad q} is zero lambda is zero. Needs no second
 * derivative and no unique lower solution. A step costs T + 3 gradients (one of them by x alone);
 * memory is six vectors of the length of y and five of the length of x, the state and its copy
 * among them. The estimate is the direction of x, and its value {@code F(x, y)}.
 *
 * @see "Liu, Ye, Wright, Stone and Liu (2022), BOME! Bilevel optimization made easy"
 */
public final class Bome extends SafeSolver {
  /** What the decrease of q is measured against: b in the formula. */
  public enum Barrier {
    /** The squared norm of the gradient of q. */
    SQUARED_GRADIENT,
    /** q itself; zero if z came out worse than y. */
    VALUE_GAP
  }

  private final Barrier barrier;
  private final double eta;
  private final int innerSteps;
  private final double innerRate;
  private final double rate;
  private final UpperStep upper;
  private final Descent inner = new Descent();
  private final Scratch best = new Scratch();
  private final Scratch direction = new Scratch();
  private final Scratch byY = new Scratch();
  private final Scratch gapByX = new Scratch();
  private final Scratch gapByY = new Scratch();

  /**
   * Creates the solver.
   *
   * @param barrier b
   * @param eta strength of the barrier, positive; 0.5 as published
   * @param innerSteps T, steps of z in each step, at least 1; 10 as published
   * @param innerRate r, step length of z, positive
   * @param rate s, step length of y, positive
   * @param upper how x moves: any of ND4J's rules
   */
  public Bome(
      Barrier barrier, double eta, int innerSteps, double innerRate, double rate, IUpdater upper) {
    this.barrier = checkNotNull(barrier, "barrier");
    this.eta = Settings.positive("eta", eta);
    this.innerSteps = Settings.atLeastOne("innerSteps", innerSteps);
    this.innerRate = Settings.positive("innerRate", innerRate);
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
    INDArray z = best.like(y).assign(y);
    if (!inner.steps(problem, x, z, 0, 1, innerRate, innerSteps)) {
      return diverged(x);
    }
    Gradient outer = problem.upper().gradient(x, y, Partial.BOTH);
    double value = outer.value();
    INDArray h = direction.like(x).assign(outer.dx());
    INDArray dy = byY.like(y).assign(outer.dy());
    Gradient at = problem.lower().gradient(x, y, Partial.BOTH);
    double gap = at.value();
    INDArray qx = gapByX.like(x).assign(at.dx());
    INDArray qy = gapByY.like(y).assign(at.dy());
    Gradient least = problem.lower().gradient(x, z, Partial.X);
    gap -= least.value();
    qx.subi(least.dx());
    double lambda = weight(gap, h, dy, qx, qy);
    h.addi(qx.muli(lambda));
    if (!Descent.move(problem, y, dy.addi(qy.muli(lambda)), rate)) {
      return diverged(x);
    }
    return upper.follow(problem, state, direction(value, h));
  }

  private double weight(double gap, INDArray h, INDArray dy, INDArray qx, INDArray qy) {
    double squares = Vectors.sumOfSquares(qx) + Vectors.sumOfSquares(qy);
    if (squares == 0) {
      return 0;
    }
    double b = barrier == Barrier.SQUARED_GRADIENT ? squares : Math.max(gap, 0);
    double along = Vectors.dot(h, qx) + Vectors.dot(dy, qy);
    return Math.max(eta * b - along, 0) / squares;
  }
}
