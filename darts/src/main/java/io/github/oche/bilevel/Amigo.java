package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableMap;
import io.github.oche.bilevel.linear.LinearSolver;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Implicit differentiation warm-started in both: T lower steps from the last y, the linear system
 * from its last solution v, a step of x.
 *
 * <pre>{@code
 * T times   y <- Phi(x, y)
 * solve     H v = grad_y F             from the v of the step before
 * x <- x - step(grad_x F - C v)
 * }</pre>
 *
 * <p>AmIGO, with 10 steps of rate s for both, is {@code new Amigo(HeavyBall.gradientDescent(s), 10,
 * new NeumannSeries(9, s), new Sgd(gamma))}: from a start, K + 1 terms of the Neumann series are K
 * + 1 steps of gradient descent. With {@code ConjugateGradient} it is warm-started AID-CG. The
 * state holds v beside what the lower level and the upper rule remember.
 *
 * <p>An upper step costs T lower ones, one gradient of F, the linear solver's products and one. For
 * lower levels that are strongly convex; the outcome is that of the linear system.
 *
 * @see "Arbel and Mairal (2022), Amortized implicit differentiation for stochastic bilevel
 *     optimization"
 */
public final class Amigo extends SafeSolver {
  private final Dynamics dynamics;
  private final LinearSolver solver;
  private final UpperStep upper;
  private final Trajectory lower;
  private final ImplicitSystem system = new ImplicitSystem();

  /**
   * Creates the solver.
   *
   * @param dynamics what a lower step is
   * @param steps T, lower steps an upper step, at least 1
   * @param solver of the linear system; one that uses a start, or v is not warm
   * @param upper how x moves: any of ND4J's rules
   */
  public Amigo(Dynamics dynamics, int steps, LinearSolver solver, IUpdater upper) {
    Settings.atLeastOne("steps", steps);
    this.dynamics = checkNotNull(dynamics, "dynamics");
    this.solver = checkNotNull(solver, "solver");
    this.upper = new UpperStep(checkNotNull(upper, "upper"));
    lower = Trajectory.keeping(dynamics, steps, 0);
  }

  @Override
  public SolverState start(INDArray x, INDArray y) {
    ImmutableMap.Builder<String, INDArray> more = ImmutableMap.builder();
    more.putAll(Standing.memory(dynamics, y)).putAll(Adjoint.start(y));
    return upper.start(x, y, more.buildOrThrow());
  }

  @Override
  Estimate attempt(BilevelProblem problem, SolverState state) {
    State standing = Standing.of(state);
    lower.run(problem, state.x(), standing);
    if (!lower.isFinite()) {
      return diverged(state.x());
    }
    standing.assign(lower.last());
    INDArray v = state.vector(Adjoint.V);
    return upper.follow(problem, state, system.solve(problem, state.x(), state.y(), solver, v));
  }
}
