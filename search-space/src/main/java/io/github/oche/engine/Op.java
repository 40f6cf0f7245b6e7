package io.github.oche.engine;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/**
 * What a node computes from its inputs. The set is closed: an own operation is built from these.
 */
public sealed interface Op {
  /** The images. */
  record Input() implements Op {}

  /** All zeros. */
  record Zeros() implements Op {}

  /** max(0, x). */
  record Relu() implements Op {}

  /** A dense convolution without bias; weight [out, in, rows, columns]. */
  record Convolution(Window window, Parameter weight) implements Op {}

  /**
   * A convolution of each channel with a kernel of its own; weight [channels, 1, rows, columns].
   */
  record Depthwise(Window window, Parameter weight) implements Op {}

  /**
   * Half of the channels from each of two pointwise convolutions with stride 2, the second of the
   * image without its first row and column.
   */
  record FactorizedReduce(Parameter first, Parameter second) implements Op {}

  /**
   * (x - mean) / sqrt(variance + 1e-5) over the batch, a channel at a time; times scale plus bias
   * where it has them.
   */
  record BatchNorm(
      @Nullable Parameter scale, @Nullable Parameter bias, Parameter mean, Parameter variance)
      implements Op {}

  /** The largest value of each window; padding is ignored. */
  record MaxPool(int size, int stride, int padding) implements Op {}

  /** The mean of each window; padding is not counted. */
  record AveragePool(int size, int stride, int padding) implements Op {}

  /** The sum of all inputs, each times its weight. */
  record WeightedSum(ImmutableList<MixtureWeight> weights) implements Op {}

  /** The channels of all inputs, one after the other. */
  record Concat() implements Op {}

  /** x times a number of its own for each image, in slot {@code slot} of the masks of a step. */
  record DropPath(int slot) implements Op {}

  /** The mean of each channel, [channels, 1, 1]. */
  record GlobalAverage() implements Op {}

  /** An affine map of [in, 1, 1]; weight [out, in], bias [out]. */
  record Linear(Parameter weight, Parameter bias) implements Op {}
}
