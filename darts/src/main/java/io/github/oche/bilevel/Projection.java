package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkArgument;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The nearest point of a set, entry by entry, or another map of that kind (a proximal map), with
 * its derivative.
 */
public interface Projection {
  /** Onto the whole space: changes nothing. */
  Projection NONE =
      new Projection() {
        @Override
        public void project(INDArray v) {}

        @Override
        public void differentiate(INDArray before, INDArray tangent) {}

        @Override
        public String toString() {
          return "none";
        }
      };

  /**
   * Moves a point to the nearest one that is allowed.
   *
   * @param v the point, changed in place
   */
  void project(INDArray v);

  /**
   * Multiplies a tangent, or a cotangent, with the derivative of {@link #project}, which is
   * diagonal.
   *
   * @param before the point before it was projected; not changed
   * @param tangent of the same shape, changed in place
   */
  void differentiate(INDArray before, INDArray tangent);

  /**
   * Onto a box.
   *
   * @param low least value of every entry
   * @param high largest value of every entry
   * @return the projection; its derivative is 1 on the border, as inside
   * @throws IllegalArgumentException if {@code low} is above {@code high} or one is NaN
   */
  static Projection box(double low, double high) {
    checkArgument(low <= high, "box is [%s, %s], expected low <= high", low, high);
    return new Box(low, high);
  }

  /**
   * The proximal map of {@code threshold |v|_1}: every entry goes towards zero by the threshold and
   * stops there. With {@link Projected} over gradient descent of rate s and a threshold of {@code s
   * lambda} it makes the proximal gradient method for {@code f + lambda |y|_1}.
   *
   * @param threshold at least 0
   * @return a map with memory of its own, for one thread at a time; its derivative is 1 beyond the
   *     threshold and 0 elsewhere
   * @throws IllegalArgumentException if the threshold is negative or not finite
   */
  static Projection softThreshold(double threshold) {
    checkArgument(
        threshold >= 0 && Double.isFinite(threshold),
        "threshold is %s, expected a finite number >= 0",
        threshold);
    return new SoftThreshold(threshold);
  }
}
