package io.github.oche.bilevel.problems;

import io.github.oche.bilevel.DenseLayer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One layer of a {@link Perceptron} on one sample at a time: forward, backward, and the derivative
 * of both along a direction. It keeps what the passes need of each other, unit by unit; with an r
 * the tangents of the same.
 *
 * <p>w and rw are all weights and their tangents, t and rt all of x and its tangents, of which the
 * layer knows its part; gy and gx are sums over the weights and over the transforms. A layer
 * without a transform reads no t, rt and gx.
 */
final class PerceptronLayer {
  private final DenseLayer shape;
  private final @Nullable PerceptronLayer below; // null: the batch is
  private final Perceptron.@Nullable Activation activation; // null: none follows
  private final boolean transformed;
  private final int weights; // where they start
  private final int biases;
  private final int transform; // where it starts in x
  private final int transformSum; // and in gx
  private final double[] u;
  private final double[] ru;
  private final double[] a;
  private final double[] ra;
  private final double[] h;
  private final double[] rh;
  private final double[] slope;
  private final double[] rslope;
  private final double[] da; // cotangent of a, first that of h
  private final double[] rda;
  private final double[] du;
  private final double[] rdu;
  private double[] in = new double[0]; // what it read last
  private int from;

  /**
   * Creates a layer.
   *
   * @param weights where its weights start in y; its biases follow
   * @param transformsAt where the transforms start in x, negative without
   * @param transformSum where the layer's own starts among them
   */
  PerceptronLayer(
      DenseLayer shape,
      @Nullable PerceptronLayer below,
      Perceptron.@Nullable Activation activation,
      int weights,
      int transformsAt,
      int transformSum) {
    this.shape = shape;
    this.below = below;
    this.activation = activation;
    this.weights = weights;
    this.transformSum = transformSum;
    biases = weights + shape.weights();
    transformed = transformsAt >= 0;
    transform = transformsAt + transformSum;
    int units = shape.outputs();
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
  }

  private int row(int unit) {
    return weights + unit * shape.inputs();
  }

  /** Reads the layer below, or the batch from an entry on where there is none. */
  void forward(double[] w, double[] t, double[] batch, int sample) {
    in = below == null ? batch : below.h;
    from = below == null ? sample * shape.inputs() : 0;
    double[] sums = transformed ? u : a;
    for (int o = 0; o < sums.length; o++) {
      sums[o] = w[biases + o] + Rows.dot(w, row(o), in, from, shape.inputs());
    }
    if (transformed) {
      Rows.multiply(t, transform, u, a);
    }
    if (activation != null) {
      activate(activation);
    }
  }

  private void activate(Perceptron.Activation by) {
    for (int o = 0; o < a.length; o++) {
      if (by == Perceptron.Activation.RELU) {
        h[o] = a[o] > 0 || Double.isNaN(a[o]) ? a[o] : 0;
        slope[o] = a[o] > 0 ? 1 : 0;
      } else {
        h[o] = StrictMath.tanh(a[o]);
        slope[o] = 1 - h[o] * h[o];
      }
    }
  }

  /** The derivative of {@link #forward}, which ran just now. */
  void forwardTangent(double[] w, double[] t, double[] rw, double[] rt) {
    double[] sums = transformed ? ru : ra;
    for (int o = 0; o < sums.length; o++) {
      double sum = rw[biases + o] + Rows.dot(rw, row(o), in, from, shape.inputs());
      sums[o] = below == null ? sum : sum + Rows.dot(w, row(o), below.rh, 0, shape.inputs());
    }
    if (transformed) {
      Rows.multiply(t, transform, ru, ra);
      for (int o = 0; o < ra.length; o++) {
        ra[o] += Rows.dot(rt, transform + o * u.length, u, 0, u.length);
      }
    }
    if (activation != null) {
      for (int o = 0; o < ra.length; o++) {
        rh[o] = slope[o] * ra[o];
        rslope[o] = activation == Perceptron.Activation.RELU ? 0 : -2 * h[o] * rh[o]; // tanh''
      }
    }
  }

  /** The squared distance of the last layer's outputs from their targets. */
  double squares(double[] targets, int sample) {
    double sum = 0;
    for (int o = 0; o < a.length; o++) {
      double away = away(targets, sample, o);
      sum += away * away;
    }
    return sum;
  }

  private double away(double[] targets, int sample, int output) {
    return a[output] - targets[sample * a.length + output];
  }

  /** The derivative of the squares along the tangents, over the number of samples. */
  double rise(double[] targets, int sample, int samples) {
    double rise = 0;
    for (int o = 0; o < a.length; o++) {
      rise += 2 * away(targets, sample, o) * ra[o] / samples;
    }
    return rise;
  }

  /** Begins the way back at the last layer. */
  void begin(double[] targets, int sample, int samples) {
    for (int o = 0; o < a.length; o++) {
      da[o] = 2 * away(targets, sample, o) / samples;
    }
  }

  /** The derivative of {@link #begin}. */
  void beginTangent(int samples) {
    for (int o = 0; o < a.length; o++) {
      rda[o] = 2 * ra[o] / samples;
    }
  }

  /** Adds the layer's gradient, and gives the layer below its cotangents. */
  void backward(double[] w, double[] t, double[] gx, double[] gy) {
    double[] d = da;
    if (transformed) {
      Rows.addOuter(da, u, gx, transformSum);
      d = du;
      Arrays.fill(du, 0);
      Rows.addTransposed(t, transform, da, du);
    }
    if (below != null) {
      Arrays.fill(below.da, 0);
    }
    for (int o = 0; o < d.length; o++) {
      if (d[o] == 0) {
        continue;
      }
      gy[biases + o] += d[o];
      Rows.add(d[o], in, from, gy, row(o), shape.inputs());
      if (below != null) {
        Rows.add(d[o], w, row(o), below.da, 0, shape.inputs());
      }
    }
    if (below != null) {
      for (int i = 0; i < below.da.length; i++) {
        below.da[i] *= below.slope[i];
      }
    }
  }

  /** Adds the derivative of the gradient, and gives the layer below its cotangents and theirs. */
  void backwardTangent(double[] w, double[] t, double[] rw, double[] rt, double[] gx, double[] gy) {
    double[] d = da;
    double[] rd = rda;
    if (transformed) {
      Rows.addOuter(rda, u, gx, transformSum);
      Rows.addOuter(da, ru, gx, transformSum);
      d = du;
      rd = rdu;
      Arrays.fill(du, 0);
      Arrays.fill(rdu, 0);
      Rows.addTransposed(t, transform, da, du);
      Rows.addTransposed(t, transform, rda, rdu);
      Rows.addTransposed(rt, transform, da, rdu);
    }
    if (below != null) {
      Arrays.fill(below.da, 0);
      Arrays.fill(below.rda, 0);
    }
    for (int o = 0; o < d.length; o++) {
      gy[biases + o] += rd[o];
      Rows.add(rd[o], in, from, gy, row(o), shape.inputs());
      if (below != null) {
        Rows.add(d[o], below.rh, 0, gy, row(o), shape.inputs());
        Rows.add(d[o], w, row(o), below.da, 0, shape.inputs());
        Rows.add(rd[o], w, row(o), below.rda, 0, shape.inputs());
        Rows.add(d[o], rw, row(o), below.rda, 0, shape.inputs());
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
