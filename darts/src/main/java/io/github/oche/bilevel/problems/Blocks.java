package io.github.oche.bilevel.problems;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Matrices that lie in a vector of weights, column by column. */
final class Blocks {
  private Blocks() {}

  /** A view of the entries from {@code offset} as a matrix in column order. */
  static INDArray of(INDArray y, int offset, int rows, int columns) {
    return y.get(NDArrayIndex.interval(offset, offset + (long) rows * columns))
        .reshape('f', rows, columns);
  }

  /** A fresh matrix in column order. */
  static INDArray columns(DataType type, int rows, int columns) {
    return Nd4j.createUninitialized(type, new long[] {rows, columns}, 'f');
  }
}
