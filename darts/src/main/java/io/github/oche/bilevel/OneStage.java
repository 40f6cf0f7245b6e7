package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkNotNull;

import io.github.oche.bilevel.linear.Scratch;
import io.github.oche.bilevel.linear.Vectors;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
  private final Meter meter = new Meter();
  private final CentralDifference difference = CentralDifference.ofRadius(PUBLISHED_RADIUS);
  private final Scratch estimate = new Scratch();
  private final Scratch correction = new Scratch();
  private final Scratch outerGradient = new Scratch();
  private @Nullable State stepped;

  /**
   * Creates the estimator for a lower level that makes steps of the given kind.
   *
   * @param step the lower step; its rate is xi
   * @param product how to multiply with the second derivative; without influence when xi is 0
   */
  public OneStage(HeavyBall step, Product product) {
    this.step = checkNotNull(step, "step");
    this.product = checkNotNull(product, "product");
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
  public Estimate estimate(BilevelProblem problem, INDArray x, Trajectory lower) {
    BilevelProblem metered = meter.start(problem);
    State at = lower.last();
    INDArray y = at.y();
    INDArray h = estimate.like(x);
    if (step.rate() == 0) {
      Gradient outer = metered.upper().gradient(x, y, Partial.X);
      return Estimate.of(outer.value(), h.assign(outer.dx()), null, meter);
    }
    State next = stepped;
    if (next == null || !Vectors.alike(next.y(), y)) {
      next = State.atRest(y.dup());
      stepped = next;
    }
    step.step(metered, x, 0, at, next);
    Gradient outer = metered.upper().gradient(x, next.y(), Partial.BOTH);
    double value = outer.value();
    h.assign(outer.dx());
    INDArray v = outerGradient.like(y).assign(outer.dy()); // F and f may be one object
    double squares = Vectors.sumOfSquares(v);
    if (squares == 0) {
      return Estimate.of(value, h, null, meter);
    }
    if (!Double.isFinite(squares)) {
      return Estimate.of(value, h.assign(Double.NaN), null, meter);
    }
    Gradient mixed =
        product == Product.FINITE_DIFFERENCE
            ? difference.along(metered.lower(), x, y, null, v, Partial.X)
            : metered.lower().along(x, y, null, v, Partial.X);
    if (!mixed.isExact()) {
      meter.approximate();
    }
    h.subi(correction.like(x).assign(mixed.dx()).muli(step.rate()));
    return Estimate.of(value, h, null, meter);
  }

  @Override
  public Optional<Claim> claim(BilevelProblem problem, INDArray x, Trajectory lower) {
    return Optional.of(
        step.rate() == 0
            ? Claim.held(problem, lower.last())
            : Claim.steps(
                "one step from where the lower level got to", problem, step, lower.last(), 0, 1));
  }
}
