package io.github.oche.bilevel.meta;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.DenseLayer;
import io.github.oche.bilevel.linear.Doubles;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The mask of MT-net: the parameters into unit i move with the share {@code sigmoid(zeta_i)} of the
 * rate, so that only a learned part of the network adapts, {@code P(x) = diag(sigmoid(zeta))}. The
 * logits zeta, one a unit of each layer, start at entry {@code at} of x.
 *
 * <p>MT-net draws a binary mask with these probabilities; this is the mask's expectation, which
 * needs no random numbers and has a derivative. Its transforms are layers that the lower level does
 * not move: the lower objective reads them from x.
 *
 * @see "Lee and Choi (2018), Gradient-based meta-learning with learned layerwise metric and
 *     subspace"
 */
public final class UnitMask extends LayerPreconditioner {
  private final int[] unit; // of each entry of y

  /**
   * Creates the map.
   *
   * @param layers of the network that y holds, one after the other
   * @param at where in x the logits start, at least 0
   */
  public UnitMask(ImmutableList<DenseLayer> layers, int at) {
    super(layers, at, layers.stream().mapToInt(DenseLayer::outputs).sum());
    unit = new int[length()];
    int i = 0;
    int first = 0;
    for (DenseLayer layer : layers) {
      for (int w = 0; w < layer.weights(); w++) {
        unit[i++] = first + w / layer.inputs();
      }
      for (int o = 0; o < layer.outputs(); o++) {
        unit[i++] = first + o;
      }
      first += layer.outputs();
    }
  }

  @Override
  public void apply(INDArray x, INDArray g, INDArray to) {
    double[] zeta = readX(x);
    double[] v = readGradient(g);
    double[] product = zerosOfY();
    for (int i = 0; i < v.length; i++) {
      product[i] = sigmoid(zeta[at() + unit[i]]) * v[i];
    }
    Doubles.write(product, to);
  }

  @Override
  public void pullback(INDArray x, INDArray g, INDArray p, INDArray addToX) {
    double[] zeta = readX(x);
    double[] v = readGradient(g);
    double[] c = readOther(p);
    double[] sum = zerosOfParameters();
    for (int i = 0; i < v.length; i++) {
      sum[unit[i]] += c[i] * v[i];
    }
    for (int k = 0; k < sum.length; k++) {
      sum[k] *= slope(zeta[at() + k]);
    }
    addToParameters(sum, addToX);
  }

  @Override
  public void pushforward(INDArray x, INDArray dx, INDArray g, INDArray addTo) {
    double[] zeta = readX(x);
    double[] v = readGradient(g);
    double[] d = readOther(dx);
    double[] sum = zerosOfY();
    for (int i = 0; i < v.length; i++) {
      int k = at() + unit[i];
      sum[i] = slope(zeta[k]) * d[k] * v[i];
    }
    add(sum, addTo);
  }

  private static double sigmoid(double a) {
    return 1 / (1 + StrictMath.exp(-a));
  }

  private static double slope(double a) {
    double share = sigmoid(a);
    return share * (1 - share);
  }
}
