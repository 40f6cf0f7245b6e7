package io.github.oche.darts;

import static com.google.common.base.Preconditions.checkArgument;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An ND4J vector that is filled from a Java array, always the same one; about a millisecond for two
 * million floats.
 */
final class Mirror {
  private @Nullable INDArray array;

  /** Returns a {@code FLOAT} vector with these values, valid until the next call. */
  INDArray of(float[] values) {
    INDArray kept = array;
    if (kept == null || kept.length() != values.length) {
      kept = Nd4j.createUninitialized(DataType.FLOAT, values.length);
      array = kept;
    }
    kept.data().asNioFloat().put(values);
    return kept;
  }

  /** Copies a vector of that length into {@code values}. */
  static void read(String name, INDArray vector, float[] values) {
    checkArgument(
        vector.dataType() == DataType.FLOAT && vector.length() == values.length,
        "%s is %s of %s entries, expected FLOAT of %s",
        name,
        vector.dataType(),
        vector.length(),
        values.length);
    INDArray dense = vector.isView() || vector.ordering() != 'c' ? vector.dup('c') : vector;
    dense.data().asNioFloat().get(values);
  }
}
