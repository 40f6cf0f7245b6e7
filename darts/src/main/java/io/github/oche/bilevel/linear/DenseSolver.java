package io.github.oche.bilevel.linear;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.apache.commons.math3.linear.RealVector;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Builds A by m products and solves by Cholesky's decomposition, in double: the reference for the
 * other solvers, and the best of them for a small m. Memory is 2 m^2 numbers, work m products and
 * m^3 / 3. A start is not used.
 *
 * <p>The symmetric part of A is taken, so that the noise of finite differences does no harm. A
 * pivot that is not above rounding, against the largest entry of the diagonal, gives {@link
 * Outcome#NOT_POSITIVE_DEFINITE}.
 *
 * <p>So does a curvature {@code q'Aq / ||q||^2} of the solution that is not above it.
 */
public final class DenseSolver implements LinearSolver {
  private final Scratch basis = new Scratch();
  private final Scratch product = new Scratch();

  /** Creates the solver. */
  public DenseSolver() {}

  @Override
  public LinearSolution solve(LinearOperator a, INDArray b, INDArray q) {
    double size = Vectors.sumOfSquares(b);
    if (size == 0) {
      q.assign(0);
      return LinearSolution.ZERO;
    }
    int m = Math.toIntExact(b.length());
    double[][] matrix = columns(a, b, m);
    double[] right = new double[m];
    double largest = 0;
    boolean finite = Double.isFinite(size);
    for (int i = 0; i < m; i++) {
      right[i] = b.getDouble(i);
      largest = Math.max(largest, Math.abs(matrix[i][i]));
      for (int j = 0; j <= i; j++) {
        double mean = 0.5 * (matrix[i][j] + matrix[j][i]);
        matrix[i][j] = mean;
        matrix[j][i] = mean;
        finite &= Double.isFinite(mean);
      }
    }
    if (!finite) {
      return LinearSolution.failed(Outcome.NOT_FINITE, m);
    }
    Array2DRowRealMatrix symmetric = new Array2DRowRealMatrix(matrix, false);
    double pivot = Vectors.noise(b) * largest;
    RealVector solution;
    try {
      solution =
          new CholeskyDecomposition(symmetric, 0, pivot)
              .getSolver()
              .solve(new ArrayRealVector(right, false));
    } catch (NonPositiveDefiniteMatrixException e) { // the library's only way to say so
      return LinearSolution.failed(Outcome.NOT_POSITIVE_DEFINITE, m);
    }
    double curvature = solution.dotProduct(new ArrayRealVector(right, false));
    if (curvature <= pivot * solution.dotProduct(solution)) { // no pivot showed it, q does
      return LinearSolution.failed(Outcome.NOT_POSITIVE_DEFINITE, m);
    }
    for (int i = 0; i < m; i++) {
      q.putScalar(i, solution.getEntry(i));
    }
    double left = new ArrayRealVector(right, false).getDistance(symmetric.operate(solution));
    return new LinearSolution(Outcome.DONE, left / Math.sqrt(size), m);
  }

  /** Row i is A times the i-th unit vector. */
  private double[][] columns(LinearOperator a, INDArray model, int m) {
    INDArray unit = basis.like(model).assign(0);
    INDArray column = product.like(model);
    double[][] columns = new double[m][m];
    for (int i = 0; i < m; i++) {
      unit.putScalar(i, 1);
      a.apply(unit, column);
      unit.putScalar(i, 0);
      for (int j = 0; j < m; j++) {
        columns[i][j] = column.getDouble(j);
      }
    }
    return columns;
  }
}
