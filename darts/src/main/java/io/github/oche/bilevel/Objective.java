package io.github.oche.bilevel;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A smooth function of the upper variable x (α in architecture search) and the lower variable y
 * (the weights), on the batch that it holds at present. x has n entries, y has m; everywhere x
 * comes first.
 *
 * <p>The three methods are all that a gradient method of bilevel optimisation needs. An
 * implementation changes neither of its arguments, keeps none, and gives the same result for the
 * same arguments until it is given another batch: the products of one estimate must see one
 * function.
 */
public interface Objective {
  /**
   * The value at (x, y).
   *
   * @param x upper variable, [n]
   * @param y lower variable, [m]
   * @return the value; NaN or infinite where the computation overflows, never an exception
   */
  double value(INDArray x, INDArray y);

  /**
   * The value and the wanted partial derivatives at (x, y), in one pass.
   *
   * @param x upper variable, [n]
   * @param y lower variable, [m]
   * @param wanted the derivatives to compute
   * @return value and derivatives, valid until the next call
   */
  Gradient gradient(INDArray x, INDArray y, Partial wanted);

  /**
   * The derivative of the gradient along a direction, that is the product of the Hessian of this
   * function with (dx, dy): {@code (∇²xx dx + ∇²xy dy, ∇²yx dx + ∇²yy dy)}. With dx = 0 it gives
   * both products of reverse mode, conjugate gradients and the one-stage method at once; forward
   * mode needs dx as well.
   *
   * <p>By default two gradients and {@link CentralDifference#standard()}, with the memory for it
   * allocated at each call: an implementation that is called often keeps a {@code
   * CentralDifference}, or overrides this method with the exact product. {@link Gradient#isExact()}
   * tells which of the two it was.
   *
   * @param x upper variable, [n]
   * @param y lower variable, [m]
   * @param dx direction of the upper variable, [n]; null is zero
   * @param dy direction of the lower variable, [m]; null is zero
   * @param wanted the parts of the product to compute
   * @return the product, valid until the next call
   */
  default Gradient along(
      INDArray x, INDArray y, @Nullable INDArray dx, @Nullable INDArray dy, Partial wanted) {
    return CentralDifference.standard().along(this, x, y, dx, dy, wanted);
  }
}
