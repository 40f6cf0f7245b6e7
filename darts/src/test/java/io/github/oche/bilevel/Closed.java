package io.github.oche.bilevel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** An objective written down in closed form over double arrays, which notes how it was called. */
final class Closed implements Objective {
  interface Value {
    double at(double[] x, double[] y);
  }

  interface Partials {
    double[] at(double[] x, double[] y);
  }

  /** (dx part, dy part) of the Hessian times (dx, dy). */
  interface Product {
    double[][] at(double[] x, double[] y, double[] dx, double[] dy);
  }

  private final Value value;
  private final Partials byX;
  private final Partials byY;
  private final @Nullable Product product;
  final List<Partial> gradients = new ArrayList<>();
  final List<double[]> points = new ArrayList<>();
  int products;

  Closed(Value value, Partials byX, Partials byY, @Nullable Product product) {
    this.value = value;
    this.byX = byX;
    this.byY = byY;
    this.product = product;
  }

  @Override
  public double value(INDArray x, INDArray y) {
    return value.at(x.toDoubleVector(), y.toDoubleVector());
  }

  @Override
  public Gradient gradient(INDArray x, INDArray y, Partial wanted) {
    double[] u = x.toDoubleVector();
    double[] l = y.toDoubleVector();
    gradients.add(wanted);
    points.add(l);
    return Gradient.exact(
        value.at(u, l),
        wanted.wantsX() ? array(byX.at(u, l), x) : null,
        wanted.wantsY() ? array(byY.at(u, l), y) : null);
  }

  @Override
  public Gradient along(
      INDArray x, INDArray y, @Nullable INDArray dx, @Nullable INDArray dy, Partial wanted) {
    if (product == null) {
      return Objective.super.along(x, y, dx, dy, wanted);
    }
    products++;
    double[][] h =
        product.at(
            x.toDoubleVector(),
            y.toDoubleVector(),
            dx == null ? new double[(int) x.length()] : dx.toDoubleVector(),
            dy == null ? new double[(int) y.length()] : dy.toDoubleVector());
    return Gradient.exact(
        Double.NaN,
        wanted.wantsX() ? array(h[0], x) : null,
        wanted.wantsY() ? array(h[1], y) : null);
  }

  private static INDArray array(double[] values, INDArray model) {
    return Nd4j.createFromArray(values).castTo(model.dataType());
  }
}
