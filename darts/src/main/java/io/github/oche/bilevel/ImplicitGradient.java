package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkNotNull;

import io.github.oche.bilevel.linear.LinearSolver;
import io.github.oche.bilevel.linear.Scratch;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Approximate implicit differentiation: the implicit function theorem where the lower level got to,
 *
 * <pre>{@code
 * H q = grad_y F,   h = grad_x F - C q          H = grad²_yy f,  C q = grad²_xy f q
 * }</pre>
 *
 * <p>Exact at {@code y = y*(x)} if H is positive definite and the system is solved; errors of y and
 * of q add. Reads the last y alone, and ignores a projection of y. The linear solver names the
 * method: {@code ConjugateGradient} (AID-CG), {@code NeumannSeries}, {@code Identity} (T1-T2),
 * {@code Nystrom}. It starts from zero; {@link Amigo} and {@link Hoag} start from the last
 * solution.
 *
 * <p>Costs one gradient of F, the solver's products and one more, which gives the true residual as
 * well, {@link Estimate#residual}: whatever the solver believes, a residual near 1 says that q is
 * no solution. If the solver fails there is no hypergradient: it is NaN and the outcome says why.
 * Memory is one vector of the length of x, two of that of y and the solver's.
 *
 * @see <a href="https://arxiv.org/abs/1602.02355">Pedregosa (2016)</a>
 * @see "Rajeswaran et al. (2019), Meta-learning with implicit gradients"
 */
public final class ImplicitGradient implements Hypergradient {
  private final LinearSolver solver;
  private final ImplicitSystem system = new ImplicitSystem();
  private final Meter meter = new Meter();
  private final Scratch solution = new Scratch();

  /**
   * Creates the estimator.
   *
   * @param solver of the linear system
   */
  public ImplicitGradient(LinearSolver solver) {
    this.solver = checkNotNull(solver, "solver");
  }

  @Override
  public Estimate estimate(BilevelProblem problem, INDArray x, Trajectory lower) {
    INDArray y = lower.last().y();
    INDArray q = solution.like(y).assign(0);
    return system.solve(meter.start(problem), x, y, solver, q).measured(meter);
  }
}
