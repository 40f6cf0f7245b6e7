package io.github.oche.bilevel;

import io.github.oche.bilevel.linear.LinearSolution;
import io.github.oche.bilevel.linear.LinearSolver;
import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.linear.Scratch;
import io.github.oche.bilevel.linear.Vectors;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The hypergradient by the implicit function theorem at a point: {@code h = grad_x F - C q}, {@code
 * H q = grad_y F}. The product that gives C q gives H q too, hence the true residual of any solver.
 */
final class ImplicitSystem {
  private final Scratch direct = new Scratch();
  private final Scratch right = new Scratch();

  /** Solves from the q given, which becomes the solution; counts nothing. */
  Estimate solve(BilevelProblem problem, INDArray x, INDArray y, LinearSolver solver, INDArray q) {
    Gradient outer = problem.upper().gradient(x, y, Partial.BOTH);
    double value = outer.value();
    INDArray h = direct.like(x).assign(outer.dx());
    INDArray b = right.like(y).assign(outer.dy());
    LinearSolution solution =
        solver.solve(
            (v, into) -> into.assign(problem.lower().along(x, y, null, v, Partial.Y).dy()), b, q);
    Outcome outcome = solution.outcome();
    if (!outcome.isUsable()) {
      return Estimate.of(value, h.assign(Double.NaN), null, outcome, solution.residual());
    }
    double size = Vectors.sumOfSquares(b);
    if (size == 0) {
      return Estimate.of(value, h, null, outcome, 0);
    }
    Gradient cross = problem.lower().along(x, y, null, q, Partial.BOTH);
    h.subi(cross.dx());
    double left = Vectors.sumOfSquares(b.subi(cross.dy()));
    return Estimate.of(value, h, null, outcome, Math.sqrt(left / size));
  }
}
