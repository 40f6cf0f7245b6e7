package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import io.github.oche.bilevel.linear.ConjugateGradient;
import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.linear.Scratch;
import io.github.oche.bilevel.linear.Vectors;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Hyperparameter optimisation with an approximate gradient: both the lower level and the linear
 * system are solved to a tolerance that shrinks with the upper steps k, both from where they got
 * to.
 *
 * <pre>{@code
 * y <- y - rate grad_y f                until ||grad_y f|| <= tolerance_k
 * conjugate gradients on H v = grad_y F until ||grad_y F - H v|| <= tolerance_k ||grad_y F||
 * x <- x - step(grad_x F - C v)
 * }</pre>
 *
 * <p>Converges for smooth, strongly convex lower levels if the tolerances have a finite sum. The
 * sequences of the paper, from 1e-3, are {@code new ExponentialSchedule(ITERATION, 1e-3, 0.9)},
 * {@code new InverseSchedule(ITERATION, 1e-3, 1, 2)} (quadratic) and the same with 3 (cubic). The
 * paper's adaptive length of the upper step is not here: choose a rule for x.
 *
 * <p>An upper step costs a gradient for each lower step and one more, one gradient of F and the
 * products of the linear system and one. If the lower level or the linear system reaches its limit
 * first, the outcome is {@link Outcome#STEP_LIMIT}.
 *
 * @see <a href="https://arxiv.org/abs/1602.02355">Pedregosa (2016), Hyperparameter optimization
 *     with approximate gradient</a>
 */
public final class Hoag extends SafeSolver {
  private final double rate;
  private final int limit;
  private final ConjugateGradient linear;
  private final ISchedule tolerance;
  private final UpperStep upper;
  private final ImplicitSystem system = new ImplicitSystem();
  private final Scratch descent = new Scratch();

  /**
   * Creates the solver.
   *
   * @param rate of the lower gradient descent, positive
   * @param limit of lower steps an upper step, at least 1
   * @param linear its tolerance is replaced by that of the step
   * @param tolerance by the number of upper steps made; positive
   * @param upper how x moves: any of ND4J's rules
   */
  public Hoag(
      double rate, int limit, ConjugateGradient linear, ISchedule tolerance, IUpdater upper) {
    Settings.positive("rate", rate);
    Settings.atLeastOne("limit", limit);
    double first = checkNotNull(tolerance, "tolerance").valueAt(0, 0);
    checkArgument(
        first > 0 && first < 1, "tolerance starts at %s, expected a number in (0, 1)", first);
    this.rate = rate;
    this.limit = limit;
    this.linear = checkNotNull(linear, "linear");
    this.tolerance = tolerance;
    this.upper = new UpperStep(checkNotNull(upper, "upper"));
  }

  @Override
  public SolverState start(INDArray x, INDArray y) {
    return upper.start(x, y, Adjoint.start(y));
  }

  @Override
  Estimate attempt(BilevelProblem problem, SolverState state) {
    double within = tolerance.valueAt((int) state.steps(), 0);
    INDArray x = state.x();
    INDArray y = state.y();
    Outcome lower = descend(problem, x, y, within);
    if (!lower.isUsable()) {
      return diverged(x);
    }
    Estimate estimate = system.solve(problem, x, y, linear.within(within), state.vector(Adjoint.V));
    upper.follow(problem, state, estimate);
    return estimate.isUsable() && lower == Outcome.STEP_LIMIT ? estimate.with(lower) : estimate;
  }

  private Outcome descend(BilevelProblem problem, INDArray x, INDArray y, double within) {
    for (int t = 0; ; t++) {
      INDArray g = problem.lower().gradient(x, y, Partial.Y).dy();
      double norm = Math.sqrt(Vectors.sumOfSquares(g));
      if (norm <= within) {
        return Outcome.DONE;
      }
      if (!Double.isFinite(norm)) {
        return Outcome.NOT_FINITE;
      }
      if (t == limit) {
        return Outcome.STEP_LIMIT;
      }
      y.subi(descent.like(y).assign(g).muli(rate));
      problem.projectY().project(y);
    }
  }
}
