package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import io.github.oche.bilevel.linear.Scratch;
import io.github.oche.bilevel.linear.Vectors;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Stochastic bilevel algorithm: one loop that moves y, x and the solution v of the linear system
 * together, each along a direction taken at the old point:
 *
 * <pre>{@code
 * y <- y - rho grad_y f
 * v <- v - rho (H v - grad_y F)
 * x <- x - step(grad_x F - C v)
 * }</pre>
 *
 * <p>Stochastic if the objectives take another batch before each step. Decreasing steps, k^-1/2,
 * are {@code new InverseSchedule(ITERATION, rho, 1, 0.5)} here and in the rule of x. A step costs
 * two gradients and one product; memory is six vectors of the length of y and four of the length of
 * x, the state and its copy among them.
 *
 * <p>For lower levels that are strongly convex; {@link Estimate#residual} is that of the old v, and
 * 1 in the first step, in which v = 0.
 *
 * @see "Dagréou et al. (2022), A framework for bilevel optimization that enables stochastic and
 *     global variance reduction algorithms"
 */
public final class Soba extends SafeSolver {
  private final ISchedule rho;
  private final UpperStep upper;
  private final Scratch direction = new Scratch();
  private final Scratch left = new Scratch();
  private final Scratch descent = new Scratch();

  /**
   * Creates the solver.
   *
   * @param rho step length of y and v, by the number of steps made; positive
   * @param upper how x moves: any of ND4J's rules
   */
  public Soba(ISchedule rho, IUpdater upper) {
    double first = checkNotNull(rho, "rho").valueAt(0, 0);
    checkArgument(
        first > 0 && Double.isFinite(first), "rho starts at %s, expected a positive number", first);
    this.rho = rho;
    this.upper = new UpperStep(checkNotNull(upper, "upper"));
  }

  /**
   * With a constant step.
   *
   * @param rho step length of y and v, positive
   * @param upper how x moves: any of ND4J's rules
   */
  public Soba(double rho, IUpdater upper) {
    this(new FixedSchedule(rho), upper);
  }

  @Override
  public SolverState start(INDArray x, INDArray y) {
    return upper.start(x, y, Adjoint.start(y));
  }

  @Override
  Estimate attempt(BilevelProblem problem, SolverState state) {
    double rate = rho.valueAt((int) state.steps(), 0);
    INDArray x = state.x();
    INDArray y = state.y();
    INDArray v = state.vector(Adjoint.V);
    Gradient outer = problem.upper().gradient(x, y, Partial.BOTH);
    double value = outer.value();
    INDArray h = direction.like(x).assign(outer.dx());
    INDArray r = left.like(y).assign(outer.dy());
    double size = Vectors.sumOfSquares(r);
    Gradient product = problem.lower().along(x, y, null, v, Partial.BOTH);
    h.subi(product.dx());
    r.subi(product.dy());
    double residual = size == 0 ? 0 : Math.sqrt(Vectors.sumOfSquares(r) / size);
    INDArray dy = descent.like(y).assign(problem.lower().gradient(x, y, Partial.Y).dy()).muli(rate);
    y.subi(dy);
    problem.projectY().project(y);
    v.addi(r.muli(rate));
    upper.move(problem, state, h);
    return direction(value, h, residual);
  }
}
