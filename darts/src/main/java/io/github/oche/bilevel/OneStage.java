package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkNotNull;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The one-stage hypergradient of DARTS: the lower level is taken to be solved by one step from
 * where it stands, and the derivative goes through that step alone.
 *
 * <pre>{@code
 * y' = y - xi (momentum v + grad_y f(x, y) + decay y)
 * g  = grad_x F(x, y') - xi grad_xy f(x, y) grad_y F(x, y')
 * }</pre>
 *
 * <p>{@code xi = 0} is DARTS' first order, {@code grad_x F(x, y)}: one gradient by x, and no call
 * on f at all. Otherwise it costs two gradients and one product, which {@link Product} turns into
 * two more gradients by x or leaves to {@link Objective#along}. As xi goes to 0 the estimate goes
 * to first order.
 *
 * <p>It equals reverse mode with a window of one step. It is a crude estimate: on DARTS' own
 * example its fixed point is {@code 2 / (1 + 2 xi)}, where the solution is 1. Where {@code grad_y
 * F} is zero the product is zero and not computed; where it is not finite the estimate is filled
 * with NaN and flagged.
 *
 * <p>An instance keeps three vectors of the length of y and three of the length of x, allocated
 * when it first sees their shapes.
 *
 * @see <a href="https://arxiv.org/abs/1806.09055">Liu, Simonyan and Yang (2019), DARTS, equations
 *     (6) to (8)</a>
 */
public final class OneStage implements Hypergradient {
  /** How the mixed second derivative is multiplied with a vector v. */
  public enum Product {
    /**
     * Central differences of radius 0.01, as published: {@code y ± 0.01 v / ||v||}, around the y
     * before the step.
     */
    FINITE_DIFFERENCE,
    /** {@link Objective#along}; exact if the lower objective's is. */
    EXACT
  }

  private static final double PUBLISHED_RADIUS = 0.01;

  private final HeavyBall step;
  private final Product product;
  private final Memory memory;

  /** What is kept between calls; the result of {@link #withStep} uses the same. */
  private static final class Memory {
    final CentralDifference difference = CentralDifference.ofRadius(PUBLISHED_RADIUS);
    final Scratch estimate = new Scratch();
    final Scratch correction = new Scratch();
    final Scratch stepped = new Scratch();
    final Scratch scratch = new Scratch();
  }

  private OneStage(HeavyBall step, Product product, Memory memory) {
    this.step = checkNotNull(step, "step");
    this.product = checkNotNull(product, "product");
    this.memory = memory;
  }

  /**
   * Creates the estimator for a lower level that makes steps of the given kind.
   *
   * @param step the lower step; its rate is xi
   * @param product how to multiply with the second derivative; without influence when xi is 0
   */
  public OneStage(HeavyBall step, Product product) {
    this(step, product, new Memory());
  }

  /**
   * The same estimator for another step, as when a schedule lowers the rate. It works in the memory
   * of this one: use one of the two at a time.
   *
   * @param other the lower step from now on
   * @return an estimator for it
   */
  public OneStage withStep(HeavyBall other) {
    return new OneStage(other, product, memory);
  }

  /**
   * DARTS' first order.
   *
   * @return the estimator with xi = 0
   */
  public static OneStage firstOrder() {
    return new OneStage(HeavyBall.gradientDescent(0), Product.EXACT);
  }

  @Override
  public Estimate estimate(BilevelProblem problem, INDArray x, State lower) {
    INDArray h = memory.estimate.like(x);
    INDArray y = lower.y();
    if (step.rate() == 0) {
      Gradient outer = problem.upper().gradient(x, y, Partial.X);
      h.assign(outer.dx());
      return Estimate.of(outer.value(), h, outer.isExact(), 1, 0);
    }
    INDArray next = memory.stepped.like(y);
    INDArray v = memory.scratch.like(y);
    Gradient inner = problem.lower().gradient(x, y, Partial.Y);
    step.step(lower, inner.dy(), v, next);
    Gradient outer = problem.upper().gradient(x, next, Partial.BOTH);
    double value = outer.value();
    h.assign(outer.dx());
    v.assign(outer.dy()); // a copy: the upper and the lower objective may be one object
    boolean exact = inner.isExact() && outer.isExact();
    double squares = Vectors.sumOfSquares(v);
    if (squares == 0) {
      return Estimate.of(value, h, exact, 2, 0);
    }
    if (!Double.isFinite(squares)) {
      return Estimate.of(value, h.assign(Double.NaN), exact, 2, 0);
    }
    Gradient mixed =
        product == Product.FINITE_DIFFERENCE
            ? memory.difference.along(problem.lower(), x, y, null, v, Partial.X)
            : problem.lower().along(x, y, null, v, Partial.X);
    INDArray c = memory.correction.like(x);
    h.subi(c.assign(mixed.dx()).muli(step.rate()));
    return mixed.isExact()
        ? Estimate.of(value, h, exact, 2, 1)
        : Estimate.of(value, h, false, 4, 0);
  }
}
