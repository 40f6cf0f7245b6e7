package io.github.oche.bilevel.linear;

import static com.google.common.base.Preconditions.checkArgument;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Solves {@code (A + damping I) q = b} by conjugate gradients.
 *
 * <p>Stops when the residual r of this system, as it is updated, meets {@code ||r|| <= tolerance
 * ||b||}; the q returned is the one that met it (a tolerance below the rounding of the type counts
 * as that). Otherwise it stops after the given iterations with {@link Outcome#STEP_LIMIT}. One
 * iteration costs one product, a start that is not zero one more; memory is four vectors.
 *
 * <p>A must be symmetric, and {@code A + damping I} positive definite, which the Hessian of a
 * network's loss seldom is without damping. A direction p whose curvature {@code p'Ap / ||p||^2} is
 * not above rounding, against the largest one met, ends the solve with {@link
 * Outcome#NOT_POSITIVE_DEFINITE}. Only directions that were made are tested: few iterations on a
 * singular system may end unaware of it, with the residual as the only sign.
 *
 * <p>The {@linkplain LinearSolution#residual() residual that is reported} is that of A itself, so
 * that it shows what damping costs.
 *
 * @see <a href="https://arxiv.org/abs/1602.02355">Pedregosa (2016), Hyperparameter optimization
 *     with approximate gradient</a>
 */
public final class ConjugateGradient implements LinearSolver {
  private final int iterations;
  private final double tolerance;
  private final double damping;
  private final Memory memory;

  private ConjugateGradient(int iterations, double tolerance, double damping, Memory memory) {
    checkArgument(iterations >= 1, "iterations is %s, expected at least 1", iterations);
    checkArgument(
        tolerance >= 0 && tolerance < 1, "tolerance is %s, expected a number in [0, 1)", tolerance);
    checkArgument(
        damping >= 0 && Double.isFinite(damping),
        "damping is %s, expected a finite number >= 0",
        damping);
    this.iterations = iterations;
    this.tolerance = tolerance;
    this.damping = damping;
    this.memory = memory;
  }

  /**
   * Creates the solver.
   *
   * @param iterations at most, at least 1
   * @param tolerance relative to the norm of b, in [0, 1); 1e-10 is usual for {@code DOUBLE} arrays
   * @param damping added to the diagonal, at least 0
   */
  public ConjugateGradient(int iterations, double tolerance, double damping) {
    this(iterations, tolerance, damping, new Memory());
  }

  /**
   * Without damping.
   *
   * @param iterations at most, at least 1
   * @param tolerance relative to the norm of b, in [0, 1)
   */
  public ConjugateGradient(int iterations, double tolerance) {
    this(iterations, tolerance, 0);
  }

  /**
   * The same with another tolerance, sharing this one's memory: use one at a time.
   *
   * @param other relative to the norm of b, in [0, 1)
   * @return a solver
   */
  public ConjugateGradient within(double other) {
    return new ConjugateGradient(iterations, other, damping, memory);
  }

  @Override
  public LinearSolution solve(LinearOperator a, INDArray b, INDArray q) {
    double size = Vectors.sumOfSquares(b);
    if (size == 0) {
      q.assign(0);
      return LinearSolution.ZERO;
    }
    INDArray r = memory.residual.like(b);
    INDArray p = memory.direction.like(b);
    INDArray ap = memory.product.like(b);
    INDArray moved = memory.moved.like(b);
    long products = Residual.start(a, b, q, r);
    if (products > 0) {
      r.subi(moved.assign(q).muli(damping));
    }
    double precision = Vectors.precision(b);
    double within = Math.max(tolerance, precision);
    double enough = within * within * size;
    double tiny = Vectors.noise(b);
    double rr = Vectors.sumOfSquares(r);
    double steepest = 0;
    p.assign(r);
    for (int k = 0; k < iterations && rr > enough; k++) {
      a.apply(p, ap);
      products++;
      ap.addi(moved.assign(p).muli(damping));
      double pap = Vectors.dot(p, ap);
      double curvature = pap / Vectors.sumOfSquares(p);
      if (!Double.isFinite(curvature)) {
        return LinearSolution.failed(Outcome.NOT_FINITE, products);
      }
      steepest = Math.max(steepest, curvature);
      if (curvature <= tiny * steepest) {
        return LinearSolution.failed(Outcome.NOT_POSITIVE_DEFINITE, products);
      }
      double alpha = rr / pap;
      q.addi(moved.assign(p).muli(alpha));
      r.subi(ap.muli(alpha));
      double next = Vectors.sumOfSquares(r);
      p.muli(next / rr).addi(r);
      rr = next;
    }
    if (!Double.isFinite(rr)) {
      return LinearSolution.failed(Outcome.NOT_FINITE, products);
    }
    Outcome outcome = rr <= enough ? Outcome.DONE : Outcome.STEP_LIMIT;
    double left = Vectors.sumOfSquares(r.addi(moved.assign(q).muli(damping)));
    return new LinearSolution(outcome, Math.sqrt(left / size), products);
  }

  private static final class Memory {
    private final Scratch residual = new Scratch();
    private final Scratch direction = new Scratch();
    private final Scratch product = new Scratch();
    private final Scratch moved = new Scratch();
  }
}
