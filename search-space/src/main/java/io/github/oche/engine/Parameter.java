package io.github.oche.engine;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;

/**
 * A named range of the flat weight vector (or of the flat vector of running statistics).
 *
 * @param name as in the published PyTorch code, {@code cells.0._ops.3._ops.4.op.1.weight}
 * @param shape PyTorch's: convolution [out, in / groups, rows, columns], linear [out, in], else
 *     [channels]
 * @param offset of its first value
 * @param bound initial values are uniform in [-bound, bound]; 0 where they are all {@code start}
 * @param start the constant initial value where {@code bound} is 0
 */
public record Parameter(
    String name, ImmutableIntArray shape, int offset, double bound, float start) {
  /** Number of values. */
  public int size() {
    long size = 1;
    for (int i = 0; i < shape.length(); i++) {
      size *= shape.get(i);
      checkArgument(
          size <= Integer.MAX_VALUE, "%s of %s has more values than an array holds", name, shape);
    }
    return (int) size;
  }

  /** One past its last value. */
  public int end() {
    return offset + size();
  }
}
