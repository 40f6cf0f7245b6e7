package io.github.oche.bilevel;

import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The derivative of a function of one number at 0 by extrapolated central differences, for checks.
 *
 * @param value the derivative
 * @param doubt by how much two radii disagree: large where the function has a kink or is noisy
 */
record Slope(double value, double doubt) {
  /** Radius for numbers about 1: the error is its fourth power and the rounding divided by it. */
  static double radius(INDArray like) {
    return like.dataType() == DataType.DOUBLE ? 1e-3 : 0.03125;
  }

  /** Of four values. */
  static Slope of(DoubleUnaryOperator function, double radius) {
    return of(
        function.applyAsDouble(radius) - function.applyAsDouble(-radius),
        function.applyAsDouble(2 * radius) - function.applyAsDouble(-2 * radius),
        radius);
  }

  /** Of a rise from -radius to radius and one of twice that. */
  static Slope of(double rise, double doubleRise, double radius) {
    double near = rise / (2 * radius);
    double far = doubleRise / (4 * radius);
    return new Slope((4 * near - far) / 3, Math.abs(near - far) / 3);
  }
}
