package io.github.oche.bilevel.meta;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.DenseLayer;
import io.github.oche.bilevel.linear.Doubles;
import io.github.oche.bilevel.linear.Scratch;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A preconditioner of the gradient of a network, with parameters for each layer that lie one after
 * the other in x: it reads and writes both as Java arrays, in memory of its own.
 */
abstract class LayerPreconditioner implements Preconditioner {
  private final int at;
  private final int parameters;
  private final int length;
  private final Doubles readX = new Doubles();
  private final Doubles readG = new Doubles();
  private final Doubles readOther = new Doubles();
  private final Doubles sums = new Doubles();
  private final Scratch result = new Scratch();

  /**
   * Creates the map.
   *
   * @param layers of the network that y holds, one after the other
   * @param at where in x the parameters start, at least 0
   * @param parameters how many it reads
   */
  LayerPreconditioner(ImmutableList<DenseLayer> layers, int at, int parameters) {
    checkArgument(!layers.isEmpty(), "a preconditioner needs at least one layer");
    checkArgument(at >= 0, "at is %s, expected at least 0", at);
    this.at = at;
    this.parameters = parameters;
    length = layers.stream().mapToInt(DenseLayer::parameters).sum();
  }

  /** {@return how many entries of x it reads} */
  public int parameters() {
    return parameters;
  }

  /** {@return where in x they start} */
  final int at() {
    return at;
  }

  /** {@return how many entries y has} */
  final int length() {
    return length;
  }

  /** All of x, valid until the next call. */
  final double[] readX(INDArray x) {
    Slices.require(x, at, parameters);
    return readX.read(x);
  }

  /** A gradient by y, valid until the next call. */
  final double[] readGradient(INDArray g) {
    checkArgument(g.length() == length, "y has %s entries, expected %s", g.length(), length);
    return readG.read(g);
  }

  /** A cotangent or a direction of x, valid until the next call. */
  final double[] readOther(INDArray v) {
    return readOther.read(v);
  }

  /** Zeros for each entry of y, valid until the next call of this method or the other. */
  final double[] zerosOfY() {
    return sums.zeros(length);
  }

  /** Zeros for each parameter, valid until the next call of this method or the other. */
  final double[] zerosOfParameters() {
    return sums.zeros(parameters);
  }

  /** Adds numbers to the parameters in x. */
  final void addToParameters(double[] sum, INDArray x) {
    INDArray to = Slices.of(x, at, parameters);
    to.addi(Doubles.write(sum, result.like(to)));
  }

  /** Adds numbers to a vector of the length of y. */
  final void add(double[] sum, INDArray to) {
    to.addi(Doubles.write(sum, result.like(to)));
  }
}
