package io.github.oche.bilevel.linear;

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
public final class Vectors {
  private static final int LANES =
      16; // partial sums, whatever the machine; added pairwise at the end
  private static final int CHUNK = 4096; // a multiple of LANES

  private Vectors() {}

  /**
   * Checks a shape.
   *
   * @param name of the array, for the message
   * @param array what is checked
   * @param model has the expected shape
   * @throws IllegalArgumentException if the shapes differ
   */
  public static void requireShape(String name, INDArray array, INDArray model) {
    if (!Arrays.equals(array.shape(), model.shape())) {
      throw new IllegalArgumentException(
          name
              + " has shape "
              + Arrays.toString(array.shape())
              + ", expected "
              + Arrays.toString(model.shape()));
    }
  }

  /**
   * Says whether two arrays have the same shape and type.
   *
   * @param a an array
   * @param b another
   * @return true if one could be assigned to the other as it is
   */
  public static boolean alike(INDArray a, INDArray b) {
    return a.dataType() == b.dataType() && Arrays.equals(a.shape(), b.shape());
  }

  /**
   * The sum of the squares, in double, in one fixed order.
   *
   * @param a {@code FLOAT} or {@code DOUBLE}, of any shape
   * @return the sum
   */
  public static double sumOfSquares(INDArray a) {
    return dot(a, a);
  }

  /**
   * The inner product, in double, in one fixed order. It has no state: any thread may call it.
   *
   * @param a {@code FLOAT} or {@code DOUBLE}, of any shape
   * @param b of the same type and length
   * @return the sum of the products
   */
  public static double dot(INDArray a, INDArray b) {
    checkArgument(
        a.dataType() == b.dataType() && a.length() == b.length(),
        "cannot multiply %s entries of %s with %s of %s",
        a.length(),
        a.dataType(),
        b.length(),
        b.dataType());
    double[] sums = new double[LANES];
    if (a.dataType() == DataType.DOUBLE) {
      double[] first = new double[(int) Math.min(CHUNK, a.length())];
      double[] second = a == b ? first : new double[first.length];
      DoubleBuffer from = dense(a).data().asNioDouble();
      DoubleBuffer with = dense(b).data().asNioDouble();
      for (long left = a.length(); left > 0; left -= CHUNK) {
        int count = (int) Math.min(CHUNK, left);
        from.get(first, 0, count);
        if (a != b) {
          with.get(second, 0, count);
        }
        for (int i = 0; i < count; i++) {
          sums[i % LANES] += first[i] * second[i];
        }
      }
    } else {
      checkArgument(
          a.dataType() == DataType.FLOAT, "expected FLOAT or DOUBLE arrays, not %s", a.dataType());
      float[] first = new float[(int) Math.min(CHUNK, a.length())];
      float[] second = a == b ? first : new float[first.length];
      FloatBuffer from = dense(a).data().asNioFloat();
      FloatBuffer with = dense(b).data().asNioFloat();
      for (long left = a.length(); left > 0; left -= CHUNK) {
        int count = (int) Math.min(CHUNK, left);
        from.get(first, 0, count);
        if (a != b) {
          with.get(second, 0, count);
        }
        for (int i = 0; i < count; i++) {
          sums[i % LANES] += (double) first[i] * second[i];
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
   *
   * @param a {@code FLOAT} or {@code DOUBLE}, of any shape
   * @return false if one is NaN or infinite
   */
  public static boolean isFinite(INDArray a) {
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

  /**
   * The rounding of numbers of a vector's type.
   *
   * @param v {@code FLOAT} or {@code DOUBLE}
   * @return the distance from 1 to the next number
   */
  public static double precision(INDArray v) {
    return v.dataType() == DataType.DOUBLE ? Math.ulp(1.0) : Math.ulp(1f);
  }

  /**
   * What a number that should be zero may be, by rounding: a curvature, a pivot, a gradient.
   *
   * @param v {@code FLOAT} or {@code DOUBLE}
   * @return a bound relative to the largest number that took part
   */
  public static double noise(INDArray v) {
    return 64 * precision(v);
  }
}
