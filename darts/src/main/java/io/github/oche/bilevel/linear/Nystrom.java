package io.github.oche.bilevel.linear;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealVector;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Solves {@code (A_k + rho I) q = b} with the Nyström approximation {@code A_k = C W^-1 C'} of A: C
 * are k random columns of A and W their rows of the same numbers. By Woodbury's identity
 *
 * <pre>{@code
 * q = (b - C (rho W + C'C)^-1 C'b) / rho
 * }</pre>
 *
 * <p>Costs k products, which do not wait for one another, and k^2 / 2 inner products; memory is k +
 * 2 vectors. With all columns of a regular A it is exact as rho goes to 0, up to rounding of about
 * 1e-16 / rho in double. The same seed and length choose the same columns in every solve. A start
 * is not used.
 *
 * <p>A singular system of k unknowns, as from columns that are zero or too dependent, gives {@link
 * Outcome#NOT_POSITIVE_DEFINITE}. An indefinite A is not detected.
 *
 * @see "Hataya and Yamada (2023), Nyström method for accurate and scalable implicit
 *     differentiation"
 */
public final class Nystrom implements LinearSolver {
  private final int rank;
  private final double rho;
  private final long seed;
  private final Scratch basis = new Scratch();
  private final Scratch moved = new Scratch();
  private final List<Scratch> columns = new ArrayList<>();

  /**
   * Creates the solver.
   *
   * @param rank k, columns of A that are taken, at least 1; all if A has fewer
   * @param rho added to the diagonal, positive
   * @param seed chooses the columns
   */
  public Nystrom(int rank, double rho, long seed) {
    checkArgument(rank >= 1, "rank is %s, expected at least 1", rank);
    checkArgument(rho > 0 && Double.isFinite(rho), "rho is %s, expected a positive number", rho);
    this.rank = rank;
    this.rho = rho;
    this.seed = seed;
  }

  @Override
  public LinearSolution solve(LinearOperator a, INDArray b, INDArray q) {
    double size = Vectors.sumOfSquares(b);
    if (size == 0) {
      q.assign(0);
      return LinearSolution.ZERO;
    }
    int k = (int) Math.min(rank, b.length());
    long[] chosen = choose(k, b.length());
    INDArray unit = basis.like(b).assign(0);
    for (int i = 0; i < k; i++) {
      unit.putScalar(chosen[i], 1);
      a.apply(unit, column(i, b));
      unit.putScalar(chosen[i], 0);
    }
    double[][] core = new double[k][k];
    double[] right = new double[k];
    boolean finite = Double.isFinite(size);
    for (int i = 0; i < k; i++) {
      INDArray c = column(i, b);
      right[i] = Vectors.dot(c, b);
      finite &= Double.isFinite(right[i]);
      for (int j = 0; j <= i; j++) {
        INDArray d = column(j, b);
        double w = 0.5 * (c.getDouble(chosen[j]) + d.getDouble(chosen[i]));
        core[i][j] = rho * w + Vectors.dot(c, d);
        core[j][i] = core[i][j];
        finite &= Double.isFinite(core[i][j]);
      }
    }
    if (!finite) {
      return LinearSolution.failed(Outcome.NOT_FINITE, k);
    }
    Array2DRowRealMatrix matrix = new Array2DRowRealMatrix(core, false);
    double pivot = Math.max(Double.MIN_NORMAL, k * Math.ulp(1.0) * matrix.getNorm());
    DecompositionSolver solver = new LUDecomposition(matrix, pivot).getSolver();
    if (!solver.isNonSingular()) {
      return LinearSolution.failed(Outcome.NOT_POSITIVE_DEFINITE, k);
    }
    RealVector weights = solver.solve(new ArrayRealVector(right, false));
    q.assign(b);
    for (int i = 0; i < k; i++) {
      q.subi(moved.like(b).assign(column(i, b)).muli(weights.getEntry(i)));
    }
    q.divi(rho);
    return new LinearSolution(Outcome.DONE, Double.NaN, k);
  }

  private INDArray column(int i, INDArray model) {
    while (columns.size() <= i) {
      columns.add(new Scratch());
    }
    return columns.get(i).like(model);
  }

  /** k different numbers below m, in order, each set equally likely (Knuth's algorithm S). */
  private long[] choose(int k, long m) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] chosen = new long[k];
    int count = 0;
    for (long i = 0; count < k; i++) {
      if (random.nextDouble() * (m - i) < k - count) {
        chosen[count++] = i;
      }
    }
    return chosen;
  }
}
