package io.github.oche.bilevel.meta;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A symmetric linear map P(x) of the lower gradient whose entries depend on the upper variable:
 * what {@link PreconditionedDescent} multiplies its gradient with. An implementation may keep
 * vectors between calls; one thread at a time may use it.
 */
public interface Preconditioner {
  /**
   * Computes {@code P(x) g}.
   *
   * @param x upper variable, [n]
   * @param g a gradient by y, [m]; not changed
   * @param to the result, [m]; overwritten, and not g
   */
  void apply(INDArray x, INDArray g, INDArray to);

  /**
   * Adds the derivative of {@code p' P(x) g} by x.
   *
   * @param x upper variable, [n]
   * @param g a gradient by y, [m]; not changed
   * @param p a cotangent, [m]; not changed
   * @param addToX the result is added here, [n]
   */
  void pullback(INDArray x, INDArray g, INDArray p, INDArray addToX);

  /**
   * Adds the derivative of {@code P(x) g} along a direction of x.
   *
   * @param x upper variable, [n]
   * @param dx direction, [n]; not changed
   * @param g a gradient by y, [m]; not changed
   * @param addTo the result is added here, [m]
   */
  void pushforward(INDArray x, INDArray dx, INDArray g, INDArray addTo);
}
