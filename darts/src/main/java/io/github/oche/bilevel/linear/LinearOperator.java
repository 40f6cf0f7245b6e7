package io.github.oche.bilevel.linear;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A linear map of which only products with vectors are known, as the Hessian of an objective. */
@FunctionalInterface
public interface LinearOperator {
  /**
   * Writes a product.
   *
   * @param q a vector, [m]; not changed
   * @param into becomes {@code A q}; another array than q, of the same shape and type
   */
  void apply(INDArray q, INDArray into);
}
