package io.github.oche.bilevel.meta;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.DenseLayer;
import io.github.oche.bilevel.linear.Doubles;
import io.github.oche.bilevel.linear.Scratch;
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
 * @see <a href="https://arxiv.org/abs/1801.05558">Lee and Choi (2018), Gradient-based meta-learning
 *     with learned layerwise metric and subspace</a>
 */
public final class UnitMask implements Preconditioner {
  private final int[] unit; // of each entry of y
  private final int units;
  private final int at;
  private final Doubles readX = new Doubles();
  private final Doubles readG = new Doubles();
  private final Doubles readOther = new Doubles();
  private final Doubles sums = new Doubles();
  private final Scratch result = new Scratch();

  /**
   * Creates the map.
   *
   * @param layers of the network that y holds, one after the other
   * @param at where in x the logits start, at least 0
   */
  public UnitMask(ImmutableList<DenseLayer> layers, int at) {
    checkArgument(!layers.isEmpty(), "a mask needs at least one layer");
    checkArgument(at >= 0, "at is %s, expected at least 0", at);
    this.at = at;
    unit = new int[layers.stream().mapToInt(DenseLayer::parameters).sum()];
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
    units = first;
  }

  /** {@return how many logits it reads} */
  public int parameters() {
    return units;
  }

  @Override
  public void apply(INDArray x, INDArray g, INDArray to) {
    double[] zeta = logits(x);
    double[] v = entries(g);
    double[] product = sums.zeros(v.length);
    for (int i = 0; i < v.length; i++) {
      product[i] = sigmoid(zeta[at + unit[i]]) * v[i];
    }
    Doubles.write(product, to);
  }

  @Override
  public void pullback(INDArray x, INDArray g, INDArray p, INDArray addToX) {
    double[] zeta = logits(x);
    double[] v = entries(g);
    double[] c = readOther.read(p);
    double[] sum = sums.zeros(units);
    for (int i = 0; i < v.length; i++) {
      sum[unit[i]] += c[i] * v[i];
    }
    for (int k = 0; k < units; k++) {
      sum[k] *= slope(zeta[at + k]);
    }
    INDArray to = Slices.of(addToX, at, units);
    to.addi(Doubles.write(sum, result.like(to)));
  }

  @Override
  public void pushforward(INDArray x, INDArray dx, INDArray g, INDArray addTo) {
    double[] zeta = logits(x);
    double[] v = entries(g);
    double[] d = readOther.read(dx);
    double[] sum = sums.zeros(v.length);
    for (int i = 0; i < v.length; i++) {
      int k = at + unit[i];
      sum[i] = slope(zeta[k]) * d[k] * v[i];
    }
    addTo.addi(Doubles.write(sum, result.like(addTo)));
  }

  private double[] logits(INDArray x) {
    Slices.require(x, at, units);
    return readX.read(x);
  }

  private double[] entries(INDArray g) {
    checkArgument(
        g.length() == unit.length, "y has %s entries, expected %s", g.length(), unit.length);
    return readG.read(g);
  }

  private static double sigmoid(double a) {
    return 1 / (1 + StrictMath.exp(-a));
  }

  private static double slope(double a) {
    double share = sigmoid(a);
    return share * (1 - share);
  }
}
