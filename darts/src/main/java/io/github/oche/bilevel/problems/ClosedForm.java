package io.github.oche.bilevel.problems;

import static com.google.common.base.Preconditions.checkNotNull;

import io.github.oche.bilevel.Gradient;
import io.github.oche.bilevel.Objective;
import io.github.oche.bilevel.Partial;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An objective written down in closed form over double arrays: for small problems whose derivatives
 * are known. Its gradients and products are exact.
 *
 * @param value f(x, y)
 * @param byX gradient by x
 * @param byY gradient by y
 * @param product (x part, y part) of the Hessian times (dx, dy)
 */
public record ClosedForm(Value value, Partials byX, Partials byY, Product product)
    implements Objective {
  /** A value at a point. */
  @FunctionalInterface
  public interface Value {
    /**
     * Computes it.
     *
     * @param x upper variable
     * @param y lower variable
     * @return the value
     */
    double at(double[] x, double[] y);
  }

  /** Partial derivatives at a point. */
  @FunctionalInterface
  public interface Partials {
    /**
     * Computes them.
     *
     * @param x upper variable
     * @param y lower variable
     * @return an array of its own
     */
    double[] at(double[] x, double[] y);
  }

  /** The Hessian at a point times a direction. */
  @FunctionalInterface
  public interface Product {
    /**
     * Computes it.
     *
     * @param x upper variable
     * @param y lower variable
     * @param dx direction of x
     * @param dy direction of y
     * @return the part by x and the part by y
     */
    double[][] at(double[] x, double[] y, double[] dx, double[] dy);
  }

  /**
   * Creates an objective.
   *
   * @param value f(x, y)
   * @param byX gradient by x
   * @param byY gradient by y
   * @param product (x part, y part) of the Hessian times (dx, dy)
   */
  public ClosedForm {
    checkNotNull(value, "value");
    checkNotNull(byX, "byX");
    checkNotNull(byY, "byY");
    checkNotNull(product, "product");
  }

  @Override
  public double value(INDArray x, INDArray y) {
    return value.at(x.toDoubleVector(), y.toDoubleVector());
  }

  @Override
  public Gradient gradient(INDArray x, INDArray y, Partial wanted) {
    double[] u = x.toDoubleVector();
    double[] l = y.toDoubleVector();
    return Gradient.exact(
        value.at(u, l),
        wanted.wantsX() ? array(byX.at(u, l), x) : null,
        wanted.wantsY() ? array(byY.at(u, l), y) : null);
  }

  @Override
  public Gradient along(
      INDArray x, INDArray y, @Nullable INDArray dx, @Nullable INDArray dy, Partial wanted) {
    double[][] parts =
        product.at(
            x.toDoubleVector(),
            y.toDoubleVector(),
            dx == null ? new double[(int) x.length()] : dx.toDoubleVector(),
            dy == null ? new double[(int) y.length()] : dy.toDoubleVector());
    return Gradient.exact(
        Double.NaN,
        wanted.wantsX() ? array(parts[0], x) : null,
        wanted.wantsY() ? array(parts[1], y) : null);
  }

  private static INDArray array(double[] values, INDArray model) {
    return Nd4j.createFromArray(values).castTo(model.dataType());
  }
}
