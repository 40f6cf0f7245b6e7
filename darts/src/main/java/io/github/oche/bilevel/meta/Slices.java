package io.github.oche.bilevel.meta;

import static com.google.common.base.Preconditions.checkArgument;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Parts of the upper variable. */
final class Slices {
  private Slices() {}

  /** A view of entries; writing to it writes to x. */
  static INDArray of(INDArray x, int from, int length) {
    require(x, from, length);
    return x.get(NDArrayIndex.interval(from, from + length));
  }

  /** Checks that x has these entries. */
  static void require(INDArray x, int from, int length) {
    checkArgument(
        x.length() >= from + (long) length,
        "x has %s entries, expected %s from %s on",
        x.length(),
        length,
        from);
  }
}
