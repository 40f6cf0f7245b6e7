package io.github.oche.bilevel.meta;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.DenseLayer;
import io.github.oche.bilevel.Gradient;
import io.github.oche.bilevel.Objective;
import io.github.oche.bilevel.Partial;
import io.github.oche.bilevel.linear.Doubles;
import io.github.oche.bilevel.linear.Scratch;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * L2F, learning to forget: each layer of the learned start is weakened before a task is learned, by
 * a factor that a small network computes from the task's gradient at the start:
 *
 * <pre>{@code
 * x = (theta [m], W1 [h, l], b1 [h], W2 [l, h], b2 [l])         l layers, h hidden units
 * u_k = mean of grad_y f(x, theta) over layer k
 * gamma = sigmoid(W2 tanh(W1 u + b1) + b2)
 * y_0 = gamma_k theta_k in layer k
 * }</pre>
 *
 * <p>The start costs one gradient, its pullback one gradient and one product. A layer's weights and
 * biases share their factor. With {@code W1 = W2 = 0} the factors are {@code sigmoid(b2)} for every
 * task.
 *
 * @see "Baik, Hong and Lee (2020), Learning to forget for meta-learning"
 */
public final class Attenuation implements StartMap {
  private final ImmutableList<DenseLayer> layers;
  private final int hidden;
  private final int length;
  private final Scratch theta = new Scratch();
  private final Scratch direction = new Scratch();
  private final Scratch total = new Scratch();
  private final Doubles read = new Doubles();
  private final Doubles readGradient = new Doubles();
  private final Doubles readCotangent = new Doubles();
  private final Doubles written = new Doubles();
  private final Doubles sums = new Doubles();
  private final double[] u;
  private final double[] units;
  private final double[] gamma;

  /**
   * Creates the map.
   *
   * @param layers of the network that y holds, one after the other
   * @param hidden h, units of the small network, at least 1
   */
  public Attenuation(ImmutableList<DenseLayer> layers, int hidden) {
    checkArgument(!layers.isEmpty(), "an attenuation needs at least one layer");
    checkArgument(hidden >= 1, "hidden is %s, expected at least 1", hidden);
    this.layers = layers;
    this.hidden = hidden;
    length = layers.stream().mapToInt(DenseLayer::parameters).sum();
    u = new double[layers.size()];
    units = new double[hidden];
    gamma = new double[layers.size()];
  }

  @Override
  public int length() {
    return length;
  }

  /** {@return how many entries of x this map reads: theta and the small network} */
  public int parameters() {
    return length + 2 * hidden * layers.size() + hidden + layers.size();
  }

  @Override
  public void start(Objective task, INDArray x, INDArray start) {
    double[] v = factors(task, x);
    double[] to = written.zeros(length);
    int i = 0;
    for (int k = 0; k < gamma.length; k++) {
      for (int end = i + layers.get(k).parameters(); i < end; i++) {
        to[i] = gamma[k] * v[i];
      }
    }
    Doubles.write(to, start);
  }

  /** Computes gamma; returns x. */
  private double[] factors(Objective task, INDArray x) {
    Slices.require(x, 0, parameters());
    INDArray slice = Slices.of(x, 0, length);
    INDArray point = theta.like(slice).assign(slice);
    double[] g = readGradient.read(task.gradient(x, point, Partial.Y).dy());
    int i = 0;
    for (int k = 0; k < u.length; k++) {
      int count = layers.get(k).parameters();
      double sum = 0;
      for (int end = i + count; i < end; i++) {
        sum += g[i];
      }
      u[k] = sum / count;
    }
    double[] v = read.read(x);
    for (int j = 0; j < hidden; j++) {
      double a = v[b1() + j];
      for (int k = 0; k < u.length; k++) {
        a += v[w1(j, k)] * u[k];
      }
      units[j] = StrictMath.tanh(a);
    }
    for (int k = 0; k < gamma.length; k++) {
      double a = v[b2() + k];
      for (int j = 0; j < hidden; j++) {
        a += v[w2(k, j)] * units[j];
      }
      gamma[k] = 1 / (1 + StrictMath.exp(-a));
    }
    return v;
  }

  @Override
  public void pullback(Objective task, INDArray x, INDArray p, INDArray addToX) {
    double[] v = factors(task, x);
    double[] c = readCotangent.read(p);
    double[] add = sums.zeros((int) x.length());
    double[] dUnits = new double[hidden];
    int i = 0;
    for (int k = 0; k < gamma.length; k++) {
      double inner = 0; // derivative by gamma_k
      for (int end = i + layers.get(k).parameters(); i < end; i++) {
        add[i] += gamma[k] * c[i];
        inner += v[i] * c[i];
      }
      double da = inner * gamma[k] * (1 - gamma[k]);
      add[b2() + k] += da;
      for (int j = 0; j < hidden; j++) {
        add[w2(k, j)] += da * units[j];
        dUnits[j] += da * v[w2(k, j)];
      }
    }
    double[] du = new double[u.length];
    for (int j = 0; j < hidden; j++) {
      double da = dUnits[j] * (1 - units[j] * units[j]);
      add[b1() + j] += da;
      for (int k = 0; k < u.length; k++) {
        add[w1(j, k)] += da * u[k];
        du[k] += da * v[w1(j, k)];
      }
    }
    double[] d = written.zeros(length);
    i = 0;
    for (int k = 0; k < du.length; k++) {
      int count = layers.get(k).parameters();
      for (int end = i + count; i < end; i++) {
        d[i] = du[k] / count;
      }
    }
    INDArray point = theta.like(p); // factors() wrote it
    Gradient product =
        task.along(x, point, null, Doubles.write(d, direction.like(p)), Partial.BOTH);
    addToX.addi(product.dx());
    Slices.of(addToX, 0, length).addi(product.dy());
    addToX.addi(Doubles.write(add, total.like(addToX)));
  }

  private int w1(int unit, int layer) {
    return length + unit * layers.size() + layer;
  }

  private int b1() {
    return length + hidden * layers.size();
  }

  private int w2(int layer, int unit) {
    return b1() + hidden + layer * hidden + unit;
  }

  private int b2() {
    return b1() + hidden + hidden * layers.size();
  }
}
