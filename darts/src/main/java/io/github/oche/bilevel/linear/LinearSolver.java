package io.github.oche.bilevel.linear;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Solves {@code A q = b} with a symmetric A, exactly or nearly. A right-hand side of zero gives
 * {@code q = 0} after no product.
 *
 * <p>An implementation may keep vectors between calls, but nothing of a solve that another depends
 * on: the same start gives the same bits. One thread at a time may use it.
 */
public interface LinearSolver {
  /**
   * Solves.
   *
   * @param a the matrix, [m, m]
   * @param b right-hand side, [m]; not changed
   * @param q where to start, and then the result, [m]; fill it with zeros for a cold start, leave
   *     the last result in it for a warm one. Without meaning if the outcome is not usable
   * @return how it went
   */
  LinearSolution solve(LinearOperator a, INDArray b, INDArray q);
}
