package io.github.oche.bilevel.linear;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Takes A for the identity: {@code q = b}, after no product. The T1-T2 method; biased, but right in
 * sign where A is nearly a multiple of the identity.
 *
 * @see "Luketina et al. (2016), Scalable gradient-based tuning of continuous regularization
 *     hyperparameters"
 */
public final class Identity implements LinearSolver {
  /** Creates the solver. */
  public Identity() {}

  @Override
  public LinearSolution solve(LinearOperator a, INDArray b, INDArray q) {
    q.assign(b);
    double size = Vectors.sumOfSquares(b);
    if (size == 0) {
      return LinearSolution.ZERO;
    }
    return Double.isFinite(size)
        ? new LinearSolution(Outcome.DONE, Double.NaN, 0)
        : LinearSolution.failed(Outcome.NOT_FINITE, 0);
  }
}
