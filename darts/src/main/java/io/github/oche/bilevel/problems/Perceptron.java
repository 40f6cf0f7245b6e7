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
  private final int transformsAt; // in x; NONE without
  private final int parameters;
  private final int transforms; // how many numbers
  private final PerceptronLayer[] passes;
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

  private Perceptron(ImmutableList<DenseLayer> layers, Activation activation, int transformsAt) {
    checkArgument(!layers.isEmpty(), "a perceptron needs at least one layer");
    this.layers = layers;
    checkNotNull(activation, "activation");
    this.transformsAt = transformsAt;
    passes = new PerceptronLayer[layers.size()];
    int at = 0;
    int square = 0;
    for (int k = 0; k < passes.length; k++) {
      DenseLayer layer = layers.get(k);
      checkArgument(
          k == 0 || layer.inputs() == layers.get(k - 1).outputs(),
          "layer %s takes %s numbers, expected %s",
          k,
          layer.inputs(),
          k == 0 ? 0 : layers.get(k - 1).outputs());
      passes[k] =
          new PerceptronLayer(
              layer,
              k == 0 ? null : passes[k - 1],
              k + 1 == passes.length ? null : activation,
              at,
              transformsAt,
              square);
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
      sum += forward(s, t).squares(targets, s);
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
      PerceptronLayer last = forward(s, t);
      sum += last.squares(targets, s);
      last.begin(targets, s, samples);
      for (int k = passes.length - 1; k >= 0; k--) {
        passes[k].backward(weights.last(), t, gx, gy);
      }
    }
    return result(sum / samples, x, gx, y, gy, wanted);
  }

  @Override
  public Gradient along(
      INDArray x, INDArray y, @Nullable INDArray dx, @Nullable INDArray dy, Partial wanted) {
    double[] t = read(x, y);
    double[] rw = dy == null ? tangents.zeros(parameters) : tangents.read(dy);
    double[] rt = dx == null ? upperTangents.zeros((int) x.length()) : upperTangents.read(dx);
    double[] gy = sumsY.zeros(parameters);
    double[] gx = sumsX.zeros(transforms);
    double rise = 0;
    for (int s = 0; s < samples; s++) {
      PerceptronLayer last = forward(s, t);
      for (PerceptronLayer pass : passes) {
        pass.forwardTangent(weights.last(), t, rw, rt);
      }
      rise += last.rise(targets, s, samples);
      last.begin(targets, s, samples);
      last.beginTangent(samples);
      for (int k = passes.length - 1; k >= 0; k--) {
        passes[k].backwardTangent(weights.last(), t, rw, rt, gx, gy);
      }
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

  /** Takes sample s through all layers; returns the last one. */
  private PerceptronLayer forward(int s, double[] t) {
    for (PerceptronLayer pass : passes) {
      pass.forward(weights.last(), t, inputs, s);
    }
    return passes[passes.length - 1];
  }
}
