package io.github.oche.bilevel.linear;

import static com.google.common.base.Preconditions.checkArgument;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Conjugate gradients on the normal equations {@code A'A q = A'b} of a symmetric A, which need not
 * be definite: where A is singular this tends, from zero, to the shortest q with the least {@code
 * ||b - A q||}, and the residual says how much of b lies outside the range of A.
 *
 * <p>Stops when {@code ||A r|| <= tolerance ||A b||} with {@code r = b - A q}. The first product is
 * that of b; then one iteration costs two. The condition number is that of A squared: expect many
 * iterations where A is ill-conditioned.
 *
 * @see "Grazzi et al. (2020), On the iteration complexity of hypergradient computation"
 */
public final class NormalConjugateGradient implements LinearSolver {
  private final int iterations;
  private final double tolerance;
  private final Scratch residual = new Scratch();
  private final Scratch gradient = new Scratch();
  private final Scratch direction = new Scratch();
  private final Scratch product = new Scratch();
  private final Scratch moved = new Scratch();

  /**
   * Creates the solver.
   *
   * @param iterations at most, at least 1
   * @param tolerance relative to the norm of {@code A b}, in [0, 1)
   */
  public NormalConjugateGradient(int iterations, double tolerance) {
    checkArgument(iterations >= 1, "iterations is %s, expected at least 1", iterations);
    checkArgument(
        tolerance >= 0 && tolerance < 1, "tolerance is %s, expected a number in [0, 1)", tolerance);
    this.iterations = iterations;
    this.tolerance = tolerance;
  }

  @Override
  public LinearSolution solve(LinearOperator a, INDArray b, INDArray q) {
    double size = Vectors.sumOfSquares(b);
    if (size == 0) {
      q.assign(0);
      return LinearSolution.ZERO;
    }
    INDArray r = residual.like(b);
    INDArray s = gradient.like(b); // A r
    INDArray p = direction.like(b);
    INDArray ap = product.like(b);
    a.apply(b, s);
    double scale = Vectors.sumOfSquares(s);
    long products = 1 + Residual.start(a, b, q, r);
    if (products > 1) {
      a.apply(r, s);
      products++;
    }
    double enough = tolerance * tolerance * scale;
    double ss = Vectors.sumOfSquares(s);
    p.assign(s);
    for (int k = 0; k < iterations && ss > enough; k++) {
      a.apply(p, ap);
      products++;
      double curvature = Vectors.sumOfSquares(ap);
      double alpha = ss / curvature;
      if (!Double.isFinite(alpha)) { // p = A(...) is not in the null space of a symmetric A
        boolean singular = curvature == 0;
        return LinearSolution.failed(
            singular ? Outcome.NOT_POSITIVE_DEFINITE : Outcome.NOT_FINITE, products);
      }
      q.addi(moved.like(b).assign(p).muli(alpha));
      r.subi(ap.muli(alpha));
      a.apply(r, s);
      products++;
      double next = Vectors.sumOfSquares(s);
      p.muli(next / ss).addi(s);
      ss = next;
    }
    double left = Vectors.sumOfSquares(r) / size;
    if (!Double.isFinite(ss) || !Double.isFinite(left)) {
      return LinearSolution.failed(Outcome.NOT_FINITE, products);
    }
    Outcome outcome = ss <= enough ? Outcome.DONE : Outcome.STEP_LIMIT;
    return new LinearSolution(outcome, Math.sqrt(left), products);
  }
}
