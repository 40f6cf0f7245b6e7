package io.github.oche.bilevel.problems;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.DenseLayer;
import io.github.oche.bilevel.Gradient;
import io.github.oche.bilevel.Objective;
import io.github.oche.bilevel.Partial;
import io.github.oche.bilevel.linear.Doubles;
import io.github.oche.bilevel.linear.Scratch;
import io.github.oche.bilevel.linear.Vectors;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The mean squared error of a small fully connected network on a batch of samples, with exact
 * products:
 *
 * <pre>{@code
 * u_k = W_k h_(k-1) + b_k,   a_k = T_k u_k,   h_k = activation(a_k) but for the last layer
 * value = sum over samples and outputs of (a_K - target)^2 / samples
 * }</pre>
 *
 * <p>y holds the layers {@code (W_k, b_k)} one after the other. The transforms {@code T_k [outputs,
 * outputs]} are optional, one a layer, and lie one after the other in x: layers that the lower
 * level does not move, as MT-net and WarpGrad have them. Other entries of x have no influence.
 *
 * <p>Arithmetic is in double over Java arrays, whatever the type of x and y, and in one fixed
 * order. A gradient costs about three values, a product about two gradients. The derivative of a
 * ReLU at its kink is taken as 0.
 */
public final class Perceptron implements Objective {
  /** The nonlinearity between layers. */
  public enum Activation {
    /** {@code max(a, 0)}. */
    RELU,
    /** The hyperbolic tangent, which is smooth. */
    TANH
  }

  private static final int NONE = -1;

  private final ImmutableList<DenseLayer> layers;
  private final Activation activation;
  private final int transformsAt; // in x; NONE without
  private final int parameters;
  private final int transforms; // how many numbers
  private final Layer[] memory;
  private final Doubles weights = new Doubles();
  private final Doubles upper = new Doubles();
  private final Doubles tangents = new Doubles();
  private final Doubles upperTangents = new Doubles();
  private final Doubles sumsX = new Doubles();
  private final Doubles sumsY = new Doubles();
  private final Scratch resultX = new Scratch();
  private final Scratch resultY = new Scratch();
  private @Nullable INDArray zeros;
  private double[] inputs = new double[0];
  private double[] targets = new double[0];
  private int samples;

  /** What one layer keeps of one pass, unit by unit; with an r the tangents of the same. */
  private static final class Layer {
    final double[] u;
    final double[] ru;
    final double[] a;
    final double[] ra;
    final double[] h;
    final double[] rh;
    final double[] slope;
    final double[] rslope;
    final double[] da; // cotangent of a, first that of h
    final double[] rda;
    final double[] du;
    final double[] rdu;
    final int at; // where the layer's parameters start
    final int transformAt; // where its transform starts among the transforms

    Layer(int units, int at, int transformAt) {
      u = new double[units];
      ru = new double[units];
      a = new double[units];
      ra = new double[units];
      h = new double[units];
      rh = new double[units];
      slope = new double[units];
      rslope = new double[units];
      da = new double[units];
      rda = new double[units];
      du = new double[units];
      rdu = new double[units];
      this.at = at;
      this.transformAt = transformAt;
    }
  }

  private Perceptron(ImmutableList<DenseLayer> layers, Activation activation, int transformsAt) {
    checkArgument(!layers.isEmpty(), "a perceptron needs at least one layer");
    this.layers = layers;
    this.activation = checkNotNull(activation, "activation");
    this.transformsAt = transformsAt;
    memory = new Layer[layers.size()];
    int at = 0;
    int square = 0;
    for (int k = 0; k < memory.length; k++) {
      DenseLayer layer = layers.get(k);
      checkArgument(
          k == 0 || layer.inputs() == layers.get(k - 1).outputs(),
          "layer %s takes %s numbers, expected %s",
          k,
          layer.inputs(),
          k == 0 ? 0 : layers.get(k - 1).outputs());
      memory[k] = new Layer(layer.outputs(), at, square);
      at += layer.parameters();
      square += layer.outputs() * layer.outputs();
    }
    parameters = at;
    transforms = square;
  }

  /**
   * A network without transforms, on no batch yet; x has no influence.
   *
   * @param layers from the first to the last, at least one
   * @param activation between them
   * @return the objective
   */
  public static Perceptron of(ImmutableList<DenseLayer> layers, Activation activation) {
    return new Perceptron(layers, activation, NONE);
  }

  /**
   * A network with a transform after each layer, on no batch yet.
   *
   * @param layers from the first to the last, at least one
   * @param activation between them
   * @param at where in x the transforms start, at least 0
   * @return the objective
   */
  public static Perceptron transformed(
      ImmutableList<DenseLayer> layers, Activation activation, int at) {
    checkArgument(at >= 0, "at is %s, expected at least 0", at);
    return new Perceptron(layers, activation, at);
  }

  /**
   * Gives it a batch. It must not change while an estimate is computed.
   *
   * @param batchInputs sample by sample, [samples * inputs]; kept
   * @param batchTargets sample by sample, [samples * outputs]; kept
   * @return this
   */
  public Perceptron batch(double[] batchInputs, double[] batchTargets) {
    int in = layers.get(0).inputs();
    int out = layers.get(layers.size() - 1).outputs();
    checkArgument(
        batchInputs.length > 0 && batchInputs.length % in == 0,
        "%s inputs are no whole number of samples of %s",
        batchInputs.length,
        in);
    int count = batchInputs.length / in;
    checkArgument(
        batchTargets.length == count * out,
        "%s targets do not go with %s samples of %s",
        batchTargets.length,
        count,
        out);
    inputs = batchInputs;
    targets = batchTargets;
    samples = count;
    return this;
  }

  /** {@return how many parameters the layers have together: the least length of y} */
  public int parameters() {
    return parameters;
  }

  @Override
  public double value(INDArray x, INDArray y) {
    double[] t = read(x, y);
    double sum = 0;
    for (int s = 0; s < samples; s++) {
      forward(s, t);
      sum += squares(s);
    }
    return sum / samples;
  }

  @Override
  public Gradient gradient(INDArray x, INDArray y, Partial wanted) {
    double[] t = read(x, y);
    double[] gy = sumsY.zeros(parameters);
    double[] gx = sumsX.zeros(transforms);
    double sum = 0;
    for (int s = 0; s < samples; s++) {
      forward(s, t);
      sum += squares(s);
      backward(s, t, gx, gy);
    }
    return result(sum / samples, x, gx, y, gy, wanted);
  }

  @Override
  public Gradient along(
      INDArray x, INDArray y, @Nullable INDArray dx, @Nullable INDArray dy, Partial wanted) {
    double[] t = read(x, y);
    double[] rw = dy == null ? tangents.zeros(parameters) : tangents.read(dy);
    double[] rt = null;
    if (transformsAt != NONE) {
      rt = dx == null ? upperTangents.zeros((int) x.length()) : upperTangents.read(dx);
    }
    double[] gy = sumsY.zeros(parameters);
    double[] gx = sumsX.zeros(transforms);
    double rise = 0;
    for (int s = 0; s < samples; s++) {
      forward(s, t);
      rise += forwardTangent(s, t, rw, rt);
      backwardTangent(s, t, rw, rt, gx, gy);
    }
    return result(rise, x, gx, y, gy, wanted);
  }

  private double[] read(INDArray x, INDArray y) {
    checkState(samples > 0, "the perceptron has no batch yet");
    checkArgument(
        y.length() == parameters, "y has %s entries, expected %s", y.length(), parameters);
    weights.read(y);
    if (transformsAt == NONE) {
      return new double[0];
    }
    checkArgument(
        x.length() >= transformsAt + transforms,
        "x has %s entries, expected %s transforms from %s on",
        x.length(),
        transforms,
        transformsAt);
    return upper.read(x);
  }

  private Gradient result(
      double value, INDArray x, double[] gx, INDArray y, double[] gy, Partial wanted) {
    INDArray dx = null;
    if (wanted.wantsX()) {
      if (transformsAt == NONE) {
        dx = zerosLike(x);
      } else {
        double[] all = upper.zeros((int) x.length());
        System.arraycopy(gx, 0, all, transformsAt, transforms);
        dx = Doubles.write(all, resultX.like(x));
      }
    }
    INDArray dy = wanted.wantsY() ? Doubles.write(gy, resultY.like(y)) : null;
    return Gradient.exact(value, dx, dy);
  }

  /** Filled once: nobody may change it. */
  private INDArray zerosLike(INDArray x) {
    INDArray kept = zeros;
    if (kept == null || !Vectors.alike(kept, x)) {
      kept = Nd4j.zeros(x.dataType(), x.shape());
      zeros = kept;
    }
    return kept;
  }

  /** The last outputs of sample s lie in the last layer's a afterwards. */
  private void forward(int s, double[] t) {
    double[] w = weights.last();
    for (int k = 0; k < memory.length; k++) {
      DenseLayer shape = layers.get(k);
      Layer layer = memory[k];
      double[] before = k == 0 ? inputs : memory[k - 1].h;
      int from = k == 0 ? s * shape.inputs() : 0;
      int bias = layer.at + shape.weights();
      double[] u = transformsAt == NONE ? layer.a : layer.u;
      for (int o = 0; o < u.length; o++) {
        u[o] = w[bias + o] + dot(w, layer.at + o * shape.inputs(), before, from, shape.inputs());
      }
      if (transformsAt != NONE) {
        multiply(t, transformsAt + layer.transformAt, u, layer.a);
      }
      if (k + 1 < memory.length) {
        activate(layer);
      }
    }
  }

  private void activate(Layer layer) {
    for (int o = 0; o < layer.a.length; o++) {
      double a = layer.a[o];
      if (activation == Activation.RELU) {
        layer.h[o] = a > 0 || Double.isNaN(a) ? a : 0;
        layer.slope[o] = a > 0 ? 1 : 0;
      } else {
        double h = StrictMath.tanh(a);
        layer.h[o] = h;
        layer.slope[o] = 1 - h * h;
      }
    }
  }

  private double squares(int s) {
    double[] out = memory[memory.length - 1].a;
    double sum = 0;
    for (int o = 0; o < out.length; o++) {
      double away = out[o] - targets[s * out.length + o];
      sum += away * away;
    }
    return sum;
  }

  /** Adds the gradient of sample s, which went forward just now. */
  private void backward(int s, double[] t, double[] gx, double[] gy) {
    double[] w = weights.last();
    Layer last = memory[memory.length - 1];
    for (int o = 0; o < last.a.length; o++) {
      last.da[o] = 2 * (last.a[o] - targets[s * last.a.length + o]) / samples;
    }
    for (int k = memory.length - 1; k >= 0; k--) {
      DenseLayer shape = layers.get(k);
      Layer layer = memory[k];
      double[] du = layer.da;
      if (transformsAt != NONE) {
        addOuter(layer.da, layer.u, gx, layer.transformAt);
        du = layer.du;
        Arrays.fill(du, 0);
        addTransposed(t, transformsAt + layer.transformAt, layer.da, du);
      }
      double[] before = k == 0 ? inputs : memory[k - 1].h;
      int from = k == 0 ? s * shape.inputs() : 0;
      int bias = layer.at + shape.weights();
      double[] back = k == 0 ? null : memory[k - 1].da;
      if (back != null) {
        Arrays.fill(back, 0);
      }
      for (int o = 0; o < du.length; o++) {
        double d = du[o];
        if (d == 0) {
          continue;
        }
        gy[bias + o] += d;
        int row = layer.at + o * shape.inputs();
        add(d, before, from, gy, row, shape.inputs());
        if (back != null) {
          add(d, w, row, back, 0, shape.inputs());
        }
      }
      if (back != null) {
        double[] slope = memory[k - 1].slope;
        for (int i = 0; i < back.length; i++) {
          back[i] *= slope[i];
        }
      }
    }
  }

  /** The derivative of everything that went forward just now; returns that of the value. */
  private double forwardTangent(int s, double[] t, double[] rw, double @Nullable [] rt) {
    double[] w = weights.last();
    for (int k = 0; k < memory.length; k++) {
      DenseLayer shape = layers.get(k);
      Layer layer = memory[k];
      double[] before = k == 0 ? inputs : memory[k - 1].h;
      int from = k == 0 ? s * shape.inputs() : 0;
      int bias = layer.at + shape.weights();
      double[] ru = rt == null ? layer.ra : layer.ru;
      for (int o = 0; o < ru.length; o++) {
        int row = layer.at + o * shape.inputs();
        double sum = rw[bias + o] + dot(rw, row, before, from, shape.inputs());
        ru[o] = k == 0 ? sum : sum + dot(w, row, memory[k - 1].rh, 0, shape.inputs());
      }
      if (rt != null) {
        int square = transformsAt + layer.transformAt;
        multiply(t, square, ru, layer.ra);
        for (int o = 0; o < ru.length; o++) {
          layer.ra[o] += dot(rt, square + o * ru.length, layer.u, 0, ru.length);
        }
      }
      if (k + 1 < memory.length) {
        for (int o = 0; o < layer.ra.length; o++) {
          layer.rh[o] = layer.slope[o] * layer.ra[o];
          layer.rslope[o] =
              activation == Activation.RELU ? 0 : -2 * layer.h[o] * layer.rh[o]; // tanh''
        }
      }
    }
    Layer last = memory[memory.length - 1];
    double rise = 0;
    for (int o = 0; o < last.a.length; o++) {
      rise += 2 * (last.a[o] - targets[s * last.a.length + o]) * last.ra[o] / samples;
    }
    return rise;
  }

  /** Adds the derivative of the gradient of sample s. */
  private void backwardTangent(
      int s, double[] t, double[] rw, double @Nullable [] rt, double[] gx, double[] gy) {
    double[] w = weights.last();
    Layer last = memory[memory.length - 1];
    for (int o = 0; o < last.a.length; o++) {
      last.da[o] = 2 * (last.a[o] - targets[s * last.a.length + o]) / samples;
      last.rda[o] = 2 * last.ra[o] / samples;
    }
    for (int k = memory.length - 1; k >= 0; k--) {
      DenseLayer shape = layers.get(k);
      Layer layer = memory[k];
      double[] du = layer.da;
      double[] rdu = layer.rda;
      if (rt != null) {
        addOuter(layer.rda, layer.u, gx, layer.transformAt);
        addOuter(layer.da, layer.ru, gx, layer.transformAt);
        int square = transformsAt + layer.transformAt;
        du = layer.du;
        rdu = layer.rdu;
        Arrays.fill(du, 0);
        Arrays.fill(rdu, 0);
        addTransposed(t, square, layer.da, du);
        addTransposed(t, square, layer.rda, rdu);
        addTransposed(rt, square, layer.da, rdu);
      }
      Layer below = k == 0 ? null : memory[k - 1];
      double[] before = below == null ? inputs : below.h;
      int from = below == null ? s * shape.inputs() : 0;
      int bias = layer.at + shape.weights();
      if (below != null) {
        Arrays.fill(below.da, 0);
        Arrays.fill(below.rda, 0);
      }
      for (int o = 0; o < du.length; o++) {
        double d = du[o];
        double rd = rdu[o];
        gy[bias + o] += rd;
        int row = layer.at + o * shape.inputs();
        add(rd, before, from, gy, row, shape.inputs());
        if (below != null) {
          add(d, below.rh, 0, gy, row, shape.inputs());
          add(d, w, row, below.da, 0, shape.inputs());
          add(rd, w, row, below.rda, 0, shape.inputs());
          add(d, rw, row, below.rda, 0, shape.inputs());
        }
      }
      if (below != null) {
        for (int i = 0; i < below.da.length; i++) {
          below.rda[i] = below.rda[i] * below.slope[i] + below.da[i] * below.rslope[i];
          below.da[i] *= below.slope[i];
        }
      }
    }
  }

  private static double dot(double[] a, int i, double[] b, int j, int count) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int k = 0;
    for (; k + 3 < count; k += 4) { // four sums, which need not wait for each other
      s0 += a[i + k] * b[j + k];
      s1 += a[i + k + 1] * b[j + k + 1];
      s2 += a[i + k + 2] * b[j + k + 2];
      s3 += a[i + k + 3] * b[j + k + 3];
    }
    for (; k < count; k++) {
      s0 += a[i + k] * b[j + k];
    }
    return s0 + s1 + (s2 + s3);
  }

  private static void add(double factor, double[] a, int i, double[] to, int j, int count) {
    for (int k = 0; k < count; k++) {
      to[j + k] += factor * a[i + k];
    }
  }

  /** to = M v. */
  private static void multiply(double[] m, int at, double[] v, double[] to) {
    for (int o = 0; o < to.length; o++) {
      to[o] = dot(m, at + o * v.length, v, 0, v.length);
    }
  }

  /** Adds M' v. */
  private static void addTransposed(double[] m, int at, double[] v, double[] to) {
    for (int o = 0; o < v.length; o++) {
      add(v[o], m, at + o * to.length, to, 0, to.length);
    }
  }

  /** Adds a b'. */
  private static void addOuter(double[] a, double[] b, double[] to, int at) {
    for (int o = 0; o < a.length; o++) {
      add(a[o], b, 0, to, at + o * b.length, b.length);
    }
  }
}
