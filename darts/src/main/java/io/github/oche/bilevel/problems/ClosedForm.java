package io.github.oche.bilevel.problems;

import static com.google.common.base.Preconditions.checkNotNull;

import io.github.oche.bilevel.Gradient;
import io.github.oche.bilevel.Objective;
import io.github.oche.bilevel.Partial;
import io.github.oche.bilevel.linear.Scratch;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An objective written down in closed form over double arrays: for small problems whose derivatives
 * are known. Its gradients and products are exact.
 */
public final class ClosedForm implements Objective {
  private final Value value;
  private final Partials byX;
  private final Partials byY;
  private final Product product;
  private final Scratch dx = new Scratch();
  private final Scratch dy = new Scratch();

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
  public ClosedForm(Value value, Partials byX, Partials byY, Product product) {
    this.value = checkNotNull(value, "value");
    this.byX = checkNotNull(byX, "byX");
    this.byY = checkNotNull(byY, "byY");
    this.product = checkNotNull(product, "product");
  }

  @Override
  public double value(INDArray x, INDArray y) {
    return value.at(read(x), read(y));
  }

  @Override
  public Gradient gradient(INDArray x, INDArray y, Partial wanted) {
    double[] u = read(x);
    double[] l = read(y);
    return Gradient.exact(
        value.at(u, l),
        wanted.wantsX() ? write(byX.at(u, l), dx.like(x)) : null,
        wanted.wantsY() ? write(byY.at(u, l), dy.like(y)) : null);
  }

  @Override
  public Gradient along(
      INDArray x, INDArray y, @Nullable INDArray dx, @Nullable INDArray dy, Partial wanted) {
    double[][] parts =
        product.at(
            read(x),
            read(y),
            dx == null ? new double[(int) x.length()] : read(dx),
            dy == null ? new double[(int) y.length()] : read(dy));
    return Gradient.exact(
        Double.NaN,
        wanted.wantsX() ? write(parts[0], this.dx.like(x)) : null,
        wanted.wantsY() ? write(parts[1], this.dy.like(y)) : null);
  }

  // Entry by entry: for a few of them that is far quicker than making an array.

  private static double[] read(INDArray vector) {
    double[] values = new double[(int) vector.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = vector.getDouble(i);
    }
    return values;
  }

  private static INDArray write(double[] values, INDArray into) {
    for (int i = 0; i < values.length; i++) {
      into.putScalar(i, values[i]);
    }
    return into;
  }
}
