package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkState;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What one pass through an {@link Objective} gives: its value and the partial derivatives that were
 * asked for; or, from {@link Objective#along}, the derivatives of these three along a direction.
 *
 * <p>The arrays belong to the objective and hold until its next call: read them at once, copy what
 * must live longer, change nothing.
 */
public final class Gradient {
  private final double value;
  private final @Nullable INDArray dx;
  private final @Nullable INDArray dy;
  private final boolean exact;

  private Gradient(double value, @Nullable INDArray dx, @Nullable INDArray dy, boolean exact) {
    this.value = value;
    this.dx = dx;
    this.dy = dy;
    this.exact = exact;
  }

  /**
   * A gradient that is right up to rounding.
   *
   * @param value value of the objective, or its derivative along the direction
   * @param dx derivative by the upper variable, [n]; null if it was not asked for
   * @param dy derivative by the lower variable, [m]; null if it was not asked for
   * @return the gradient
   */
  public static Gradient exact(double value, @Nullable INDArray dx, @Nullable INDArray dy) {
    return new Gradient(value, dx, dy, true);
  }

  /**
   * A gradient that carries the error of a finite difference.
   *
   * @param value value of the objective, or its derivative along the direction
   * @param dx derivative by the upper variable, [n]; null if it was not asked for
   * @param dy derivative by the lower variable, [m]; null if it was not asked for
   * @return the gradient
   */
  public static Gradient approximate(double value, @Nullable INDArray dx, @Nullable INDArray dy) {
    return new Gradient(value, dx, dy, false);
  }

  /**
   * The value of the objective; from {@link Objective#along}, the derivative of the value in the
   * direction, or NaN from an objective that does not compute it.
   *
   * @return the value
   */
  public double value() {
    return value;
  }

  /**
   * The derivative by the upper variable.
   *
   * @return an array of the shape of x, [n]
   * @throws IllegalStateException if it was not asked for
   */
  public INDArray dx() {
    checkState(
        dx != null, "the derivative by x was not asked for; ask for Partial.X or Partial.BOTH");
    return dx;
  }

  /**
   * The derivative by the lower variable.
   *
   * @return an array of the shape of y, [m]
   * @throws IllegalStateException if it was not asked for
   */
  public INDArray dy() {
    checkState(
        dy != null, "the derivative by y was not asked for; ask for Partial.Y or Partial.BOTH");
    return dy;
  }

  /**
   * Says whether these derivatives are right up to rounding, or come from finite differences.
   *
   * @return true if they are right up to rounding
   */
  public boolean isExact() {
    return exact;
  }
}
