package io.github.oche.bilevel.meta;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.DenseLayer;
import io.github.oche.bilevel.linear.Doubles;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The preconditioner that linear warp layers induce: a layer {@code z = W h + b} followed by a warp
 * {@code Omega z} that does not adapt moves, seen from behind the warp, along {@code Omega Omega'
 * G} where plain descent moves along G. Here the warp is merged into the layer and only its effect
 * on the step is kept, {@code P(x) G = Omega_k Omega_k' G_k}, G_k being the gradient by {@code [W_k
 * b_k]}. It is positive semi-definite whatever Omega is; the identity makes it plain descent.
 *
 * <p>The matrices {@code Omega_k [outputs, outputs]} lie one after the other from entry {@code at}
 * of x on.
 *
 * @see "Flennerhag et al. (2020), Meta-learning with warped gradient descent"
 */
public final class WarpLayers extends LayerPreconditioner {
  private final ImmutableList<DenseLayer> layers;
  private final double[] first; // one column of a layer's matrix, multiplied
  private final double[] second;

  /**
   * Creates the map.
   *
   * @param layers of the network that y holds, one after the other
   * @param at where in x the matrices start, at least 0
   */
  public WarpLayers(ImmutableList<DenseLayer> layers, int at) {
    super(layers, at, layers.stream().mapToInt(layer -> layer.outputs() * layer.outputs()).sum());
    this.layers = layers;
    int most = layers.stream().mapToInt(DenseLayer::outputs).max().orElse(0);
    first = new double[most];
    second = new double[most];
  }

  /** What is done with one column of one layer's matrix. */
  @FunctionalInterface
  private interface Column {
    /** The entries start, start + stride, ... of y, and the layer's matrix at omega in x. */
    void at(int outputs, int omega, int start, int stride);
  }

  private void columns(Column column) {
    int y = 0;
    int omega = at();
    for (DenseLayer layer : layers) {
      int outputs = layer.outputs();
      for (int i = 0; i < layer.inputs(); i++) {
        column.at(outputs, omega, y + i, layer.inputs());
      }
      column.at(outputs, omega, y + layer.weights(), 1); // the biases
      y += layer.parameters();
      omega += outputs * outputs;
    }
  }

  @Override
  public void apply(INDArray x, INDArray g, INDArray to) {
    double[] w = readX(x);
    double[] v = readGradient(g);
    double[] product = zerosOfY();
    columns(
        (outputs, omega, start, stride) -> {
          transposed(w, omega, outputs, v, start, stride, first);
          addTimes(w, omega, outputs, first, product, start, stride);
        });
    Doubles.write(product, to);
  }

  @Override
  public void pullback(INDArray x, INDArray g, INDArray p, INDArray addToX) {
    double[] w = readX(x);
    double[] v = readGradient(g);
    double[] c = readOther(p);
    double[] sum = zerosOfParameters();
    columns(
        (outputs, omega, start, stride) -> { // c (W'v)' + v (W'c)'
          transposed(w, omega, outputs, v, start, stride, first);
          transposed(w, omega, outputs, c, start, stride, second);
          for (int o = 0; o < outputs; o++) {
            int row = omega - at() + o * outputs;
            int i = start + o * stride;
            for (int j = 0; j < outputs; j++) {
              sum[row + j] += c[i] * first[j] + v[i] * second[j];
            }
          }
        });
    addToParameters(sum, addToX);
  }

  @Override
  public void pushforward(INDArray x, INDArray dx, INDArray g, INDArray addTo) {
    double[] w = readX(x);
    double[] v = readGradient(g);
    double[] d = readOther(dx);
    double[] sum = zerosOfY();
    columns(
        (outputs, omega, start, stride) -> { // D W'v + W D'v
          transposed(w, omega, outputs, v, start, stride, first);
          addTimes(d, omega, outputs, first, sum, start, stride);
          transposed(d, omega, outputs, v, start, stride, second);
          addTimes(w, omega, outputs, second, sum, start, stride);
        });
    add(sum, addTo);
  }

  /** to = M' v. */
  private static void transposed(
      double[] m, int omega, int outputs, double[] v, int start, int stride, double[] to) {
    Arrays.fill(to, 0, outputs, 0);
    for (int o = 0; o < outputs; o++) {
      double factor = v[start + o * stride];
      int row = omega + o * outputs;
      for (int j = 0; j < outputs; j++) {
        to[j] += m[row + j] * factor;
      }
    }
  }

  /** Adds M v. */
  private static void addTimes(
      double[] m, int omega, int outputs, double[] v, double[] to, int start, int stride) {
    for (int o = 0; o < outputs; o++) {
      int row = omega + o * outputs;
      double sum = 0;
      for (int j = 0; j < outputs; j++) {
        sum += m[row + j] * v[j];
      }
      to[start + o * stride] += sum;
    }
  }
}
