package io.github.oche.bilevel.linear;

import static com.google.common.base.Preconditions.checkArgument;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The entries of a vector as Java doubles, in memory that is kept between calls: for loops over
 * small matrices, which are quicker so than as ND4J operations and add in one order everywhere.
 */
public final class Doubles {
  private double[] values = new double[0];

  /** Creates memory for no entry yet. */
  public Doubles() {}

  /**
   * Reads a vector.
   *
   * @param from {@code FLOAT} or {@code DOUBLE}, of any shape
   * @return its entries in C order; valid until the next call
   */
  public double[] read(INDArray from) {
    double[] to = zeros((int) from.length(), false);
    INDArray dense = from.isView() || from.ordering() != 'c' ? from.dup('c') : from;
    if (dense.dataType() == DataType.DOUBLE) {
      dense.data().asNioDouble().get(to, 0, to.length);
    } else {
      FloatBuffer buffer = floats(dense);
      for (int i = 0; i < to.length; i++) {
        to[i] = buffer.get(i);
      }
    }
    return to;
  }

  /**
   * An array of zeros.
   *
   * @param length how many
   * @return the memory, filled with zeros; valid until the next call
   */
  public double[] zeros(int length) {
    return zeros(length, true);
  }

  /**
   * The memory as it is.
   *
   * @return what {@link #read} or {@link #zeros} gave last
   */
  public double[] last() {
    return values;
  }

  private double[] zeros(int length, boolean clear) {
    if (values.length != length) {
      values = new double[length];
    } else if (clear) {
      Arrays.fill(values, 0);
    }
    return values;
  }

  /**
   * Writes a whole vector.
   *
   * @param from the entries
   * @param to {@code FLOAT} or {@code DOUBLE}, of as many entries; overwritten
   * @return {@code to}
   */
  public static INDArray write(double[] from, INDArray to) {
    checkArgument(
        from.length == to.length(), "cannot write %s entries into %s", from.length, to.length());
    if (to.isView() || to.ordering() != 'c') {
      INDArray dense = to.dup('c');
      return to.assign(write(from, dense));
    }
    if (to.dataType() == DataType.DOUBLE) {
      to.data().asNioDouble().put(from, 0, from.length);
    } else {
      FloatBuffer buffer = floats(to);
      for (int i = 0; i < from.length; i++) {
        buffer.put(i, (float) from[i]);
      }
    }
    return to;
  }

  private static FloatBuffer floats(INDArray array) {
    checkArgument(
        array.dataType() == DataType.FLOAT,
        "expected FLOAT or DOUBLE arrays, not %s",
        array.dataType());
    return array.data().asNioFloat();
  }
}
