package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkArgument;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What the estimators need of vectors beyond elementwise arithmetic. ND4J's own reductions add in
 * an order that depends on the machine and its threads; a hypergradient must not.
 */
final class Vectors {
  private static final int LANES =
      16; // partial sums, whatever the machine; added pairwise at the end
  private static final int CHUNK = 4096; // a multiple of LANES

  private Vectors() {}

  static void requireShape(String name, INDArray array, INDArray model) {
    if (!Arrays.equals(array.shape(), model.shape())) {
      throw new IllegalArgumentException(
          name
              + " has shape "
              + Arrays.toString(array.shape())
              + ", expected "
              + Arrays.toString(model.shape()));
    }
  }

  /** Returns the sum of the squares, in double, in one fixed order. */
  static double sumOfSquares(INDArray a) {
    double[] sums = new double[LANES];
    if (a.dataType() == DataType.DOUBLE) {
      double[] chunk = new double[(int) Math.min(CHUNK, a.length())];
      DoubleBuffer buffer = dense(a).data().asNioDouble();
      for (long left = a.length(); left > 0; left -= CHUNK) {
        int count = (int) Math.min(CHUNK, left);
        buffer.get(chunk, 0, count);
        for (int i = 0; i < count; i++) {
          sums[i % LANES] += chunk[i] * chunk[i];
        }
      }
    } else {
      checkArgument(
          a.dataType() == DataType.FLOAT, "expected FLOAT or DOUBLE arrays, not %s", a.dataType());
      float[] chunk = new float[(int) Math.min(CHUNK, a.length())];
      FloatBuffer buffer = dense(a).data().asNioFloat();
      for (long left = a.length(); left > 0; left -= CHUNK) {
        int count = (int) Math.min(CHUNK, left);
        buffer.get(chunk, 0, count);
        for (int i = 0; i < count; i++) {
          sums[i % LANES] += (double) chunk[i] * chunk[i];
        }
      }
    }
    for (int width = LANES / 2; width > 0; width /= 2) {
      for (int i = 0; i < width; i++) {
        sums[i] += sums[i + width];
      }
    }
    return sums[0];
  }

  /**
   * Says whether every entry is finite. A sum of squares of doubles may overflow although they are,
   * and then this looks.
   */
  static boolean isFinite(INDArray a) {
    if (Double.isFinite(sumOfSquares(a))) {
      return true;
    }
    for (long i = 0; i < a.length(); i++) {
      if (!Double.isFinite(a.getDouble(i))) {
        return false;
      }
    }
    return true;
  }

  private static INDArray dense(INDArray a) {
    return a.isView() || a.ordering() != 'c' ? a.dup('c') : a;
  }
}
