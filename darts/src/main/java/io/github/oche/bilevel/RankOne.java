package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.linear.Scratch;
import io.github.oche.bilevel.linear.Vectors;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The implicit hypergradient with the Gauss-Newton form of both second derivatives, of rank one:
 * {@code H ~ g g'}, {@code C ~ (grad_x f) g'} with {@code g = grad_y f}:
 *
 * <pre>{@code
 * h = grad_x F - (grad_y F . g) / (||g||^2 + regularisation) grad_x f
 * }</pre>
 *
 * <p>Costs two gradients and no product. It is a heuristic: at a stationary y, g = 0, it is
 * undefined, and near one it depends on the way there, so use it on a lower level that is far from
 * converged. Where g is zero but for the rounding of a gradient as large as grad_y F, the outcome
 * is {@link Outcome#NOT_POSITIVE_DEFINITE} whatever the regularisation, unless grad_y F is zero
 * too. A regularisation bounds the factor, and hides nothing else: where {@code ||g||^2} is far
 * below it h is grad_x F.
 *
 * @see "Giovannelli, Kent and Vicente (2021), Inexact bilevel stochastic gradient methods (BSG-1)"
 */
public final class RankOne implements Hypergradient {
  private final double regularisation;
  private final Meter meter = new Meter();
  private final Scratch direct = new Scratch();
  private final Scratch right = new Scratch();
  private final Scratch indirect = new Scratch();

  /**
   * Creates the estimator.
   *
   * @param regularisation added to the square of the lower gradient's norm, at least 0
   */
  public RankOne(double regularisation) {
    checkArgument(
        regularisation >= 0 && Double.isFinite(regularisation),
        "regularisation is %s, expected a finite number >= 0",
        regularisation);
    this.regularisation = regularisation;
  }

  @Override
  public Estimate estimate(BilevelProblem problem, INDArray x, Trajectory lower) {
    BilevelProblem metered = meter.start(problem);
    INDArray y = lower.last().y();
    Gradient outer = metered.upper().gradient(x, y, Partial.BOTH);
    double value = outer.value();
    INDArray h = direct.like(x).assign(outer.dx());
    INDArray b = right.like(y).assign(outer.dy());
    Gradient inner = metered.lower().gradient(x, y, Partial.BOTH);
    double size = Vectors.sumOfSquares(inner.dy());
    double upperSize = Vectors.sumOfSquares(b);
    if (upperSize == 0 && Double.isFinite(size)) {
      return Estimate.of(value, h, null, meter);
    }
    double rounding = Vectors.noise(y);
    if (size <= rounding * rounding * upperSize) {
      return Estimate.of(
              value, h.assign(Double.NaN), null, Outcome.NOT_POSITIVE_DEFINITE, Double.NaN)
          .measured(meter);
    }
    double factor = Vectors.dot(b, inner.dy()) / (size + regularisation);
    h.subi(indirect.like(x).assign(inner.dx()).muli(factor));
    return Estimate.of(value, h, null, meter);
  }
}
