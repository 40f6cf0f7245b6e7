package io.github.oche.engine.kernel;

import static io.github.oche.engine.kernel.Lanes.DOUBLE;
import static io.github.oche.engine.kernel.Lanes.DOUBLES;
import static io.github.oche.engine.kernel.Lanes.FLOAT;
import static io.github.oche.engine.kernel.Lanes.FLOATS;
import static io.github.oche.engine.kernel.Lanes.INT;
import static io.github.oche.engine.kernel.Lanes.V;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Loops over the pixels of a row: batch sums and the gradient through a ReLU. And one over none.
 */
final class RowLoops {
  private RowLoops() {}

  /**
   * One run of {@link Kernels#moments}, four pixels a trip, none of which straddles the end of a
   * row.
   */
  static void moments4(
      float[] x,
      int at,
      int xSkip,
      float[] y,
      int yAt,
      int ySkip,
      int column,
      int columns,
      int count,
      double[] sums,
      int to) {
    FloatVector a0 = FloatVector.zero(FLOATS);
    FloatVector a1 = FloatVector.zero(FLOATS);
    FloatVector a2 = FloatVector.zero(FLOATS);
    FloatVector a3 = FloatVector.zero(FLOATS);
    FloatVector b0 = FloatVector.zero(FLOATS);
    FloatVector b1 = FloatVector.zero(FLOATS);
    FloatVector b2 = FloatVector.zero(FLOATS);
    FloatVector b3 = FloatVector.zero(FLOATS);
    int p = at;
    int q = yAt;
    int j = column;
    for (int i = 0; i < count - 3; i += 4) {
      FloatVector s0 = FloatVector.fromArray(FLOATS, x, p);
      FloatVector s1 = FloatVector.fromArray(FLOATS, x, p + V);
      FloatVector s2 = FloatVector.fromArray(FLOATS, x, p + 2 * V);
      FloatVector s3 = FloatVector.fromArray(FLOATS, x, p + 3 * V);
      a0 = FLOAT.cast(a0).add(s0);
      a1 = FLOAT.cast(a1).add(s1);
      a2 = FLOAT.cast(a2).add(s2);
      a3 = FLOAT.cast(a3).add(s3);
      b0 = FLOAT.cast(FloatVector.fromArray(FLOATS, y, q)).fma(s0, b0);
      b1 = FLOAT.cast(FloatVector.fromArray(FLOATS, y, q + V)).fma(s1, b1);
      b2 = FLOAT.cast(FloatVector.fromArray(FLOATS, y, q + 2 * V)).fma(s2, b2);
      b3 = FLOAT.cast(FloatVector.fromArray(FLOATS, y, q + 3 * V)).fma(s3, b3);
      p += 4 * V;
      q += 4 * V;
      j += 4;
      if (j == columns) {
        j = 0;
        p += xSkip;
        q += ySkip;
      }
    }
    int rest = count & 3;
    if (rest > 0) {
      FloatVector s = FloatVector.fromArray(FLOATS, x, p);
      a0 = FLOAT.cast(a0).add(s);
      b0 = FLOAT.cast(FloatVector.fromArray(FLOATS, y, q)).fma(s, b0);
    }
    if (rest > 1) {
      FloatVector s = FloatVector.fromArray(FLOATS, x, p + V);
      a1 = FLOAT.cast(a1).add(s);
      b1 = FLOAT.cast(FloatVector.fromArray(FLOATS, y, q + V)).fma(s, b1);
    }
    if (rest > 2) {
      FloatVector s = FloatVector.fromArray(FLOATS, x, p + 2 * V);
      a2 = FLOAT.cast(a2).add(s);
      b2 = FLOAT.cast(FloatVector.fromArray(FLOATS, y, q + 2 * V)).fma(s, b2);
    }
    FloatVector a = FLOAT.cast(a0).add(a1).add(FLOAT.cast(a2).add(a3));
    FloatVector b = FLOAT.cast(b0).add(b1).add(FLOAT.cast(b2).add(b3));
    DoubleVector low = (DoubleVector) FLOAT.cast(a).convertShape(VectorOperators.F2D, DOUBLES, 0);
    DoubleVector high = (DoubleVector) FLOAT.cast(a).convertShape(VectorOperators.F2D, DOUBLES, 1);
    DOUBLE
        .cast(DOUBLE.cast(DoubleVector.fromArray(DOUBLES, sums, to)).add(low))
        .intoArray(sums, to);
    DOUBLE
        .cast(DOUBLE.cast(DoubleVector.fromArray(DOUBLES, sums, to + V / 2)).add(high))
        .intoArray(sums, to + V / 2);
    low = (DoubleVector) FLOAT.cast(b).convertShape(VectorOperators.F2D, DOUBLES, 0);
    high = (DoubleVector) FLOAT.cast(b).convertShape(VectorOperators.F2D, DOUBLES, 1);
    DOUBLE
        .cast(DOUBLE.cast(DoubleVector.fromArray(DOUBLES, sums, to + V)).add(low))
        .intoArray(sums, to + V);
    DOUBLE
        .cast(DOUBLE.cast(DoubleVector.fromArray(DOUBLES, sums, to + V + V / 2)).add(high))
        .intoArray(sums, to + V + V / 2);
  }

  /** The same of x with itself. */
  static void squares4(
      float[] x, int at, int xSkip, int column, int columns, int count, double[] sums, int to) {
    FloatVector a0 = FloatVector.zero(FLOATS);
    FloatVector a1 = FloatVector.zero(FLOATS);
    FloatVector a2 = FloatVector.zero(FLOATS);
    FloatVector a3 = FloatVector.zero(FLOATS);
    FloatVector b0 = FloatVector.zero(FLOATS);
    FloatVector b1 = FloatVector.zero(FLOATS);
    FloatVector b2 = FloatVector.zero(FLOATS);
    FloatVector b3 = FloatVector.zero(FLOATS);
    int p = at;
    int j = column;
    for (int i = 0; i < count - 3; i += 4) {
      FloatVector s0 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
      FloatVector s1 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
      FloatVector s2 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
      FloatVector s3 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * V));
      a0 = FLOAT.cast(a0).add(s0);
      a1 = FLOAT.cast(a1).add(s1);
      a2 = FLOAT.cast(a2).add(s2);
      a3 = FLOAT.cast(a3).add(s3);
      b0 = s0.fma(s0, b0);
      b1 = s1.fma(s1, b1);
      b2 = s2.fma(s2, b2);
      b3 = s3.fma(s3, b3);
      p += 4 * V;
      j += 4;
      if (j == columns) {
        j = 0;
        p += xSkip;
      }
    }
    int rest = count & 3;
    if (rest > 0) {
      FloatVector s = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
      a0 = FLOAT.cast(a0).add(s);
      b0 = s.fma(s, b0);
    }
    if (rest > 1) {
      FloatVector s = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
      a1 = FLOAT.cast(a1).add(s);
      b1 = s.fma(s, b1);
    }
    if (rest > 2) {
      FloatVector s = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
      a2 = FLOAT.cast(a2).add(s);
      b2 = s.fma(s, b2);
    }
    FloatVector a = FLOAT.cast(a0).add(a1).add(FLOAT.cast(a2).add(a3));
    FloatVector b = FLOAT.cast(b0).add(b1).add(FLOAT.cast(b2).add(b3));
    DoubleVector low = (DoubleVector) FLOAT.cast(a).convertShape(VectorOperators.F2D, DOUBLES, 0);
    DoubleVector high = (DoubleVector) FLOAT.cast(a).convertShape(VectorOperators.F2D, DOUBLES, 1);
    DOUBLE
        .cast(DOUBLE.cast(DoubleVector.fromArray(DOUBLES, sums, to)).add(low))
        .intoArray(sums, to);
    DOUBLE
        .cast(DOUBLE.cast(DoubleVector.fromArray(DOUBLES, sums, to + V / 2)).add(high))
        .intoArray(sums, to + V / 2);
    low = (DoubleVector) FLOAT.cast(b).convertShape(VectorOperators.F2D, DOUBLES, 0);
    high = (DoubleVector) FLOAT.cast(b).convertShape(VectorOperators.F2D, DOUBLES, 1);
    DOUBLE
        .cast(DOUBLE.cast(DoubleVector.fromArray(DOUBLES, sums, to + V)).add(low))
        .intoArray(sums, to + V);
    DOUBLE
        .cast(DOUBLE.cast(DoubleVector.fromArray(DOUBLES, sums, to + V + V / 2)).add(high))
        .intoArray(sums, to + V + V / 2);
  }

  /**
   * One run of {@link Kernels#moments}, one pixel a trip: the accumulators take turns. After the
   * run they stand rotated by the number of pixels, which matters to the final tree only where that
   * is odd.
   */
  static void moments1(
      float[] x,
      int at,
      int xPixel,
      int xSkip,
      float[] y,
      int yAt,
      int yPixel,
      int ySkip,
      int column,
      int columns,
      int count,
      double[] sums,
      int to) {
    FloatVector a0 = FloatVector.zero(FLOATS);
    FloatVector a1 = FloatVector.zero(FLOATS);
    FloatVector a2 = FloatVector.zero(FLOATS);
    FloatVector a3 = FloatVector.zero(FLOATS);
    FloatVector b0 = FloatVector.zero(FLOATS);
    FloatVector b1 = FloatVector.zero(FLOATS);
    FloatVector b2 = FloatVector.zero(FLOATS);
    FloatVector b3 = FloatVector.zero(FLOATS);
    int p = at;
    int q = yAt;
    int j = column;
    for (int i = 0; i < count; i++) {
      FloatVector s = FloatVector.fromArray(FLOATS, x, p);
      FloatVector a = FLOAT.cast(a0).add(s);
      FloatVector b = FLOAT.cast(FloatVector.fromArray(FLOATS, y, q)).fma(s, b0);
      a0 = a1;
      a1 = a2;
      a2 = a3;
      a3 = a;
      b0 = b1;
      b1 = b2;
      b2 = b3;
      b3 = b;
      p += xPixel;
      q += yPixel;
      if (++j == columns) {
        j = 0;
        p += xSkip;
        q += ySkip;
      }
    }
    // two ends, because a vector that a branch has chosen would be put into an object
    if ((count & 1) != 0) {
      FloatVector a = FLOAT.cast(a0).add(a3).add(FLOAT.cast(a1).add(a2));
      FloatVector b = FLOAT.cast(b0).add(b3).add(FLOAT.cast(b1).add(b2));
      DoubleVector low = (DoubleVector) FLOAT.cast(a).convertShape(VectorOperators.F2D, DOUBLES, 0);
      DoubleVector high =
          (DoubleVector) FLOAT.cast(a).convertShape(VectorOperators.F2D, DOUBLES, 1);
      DOUBLE
          .cast(DOUBLE.cast(DoubleVector.fromArray(DOUBLES, sums, to)).add(low))
          .intoArray(sums, to);
      DOUBLE
          .cast(DOUBLE.cast(DoubleVector.fromArray(DOUBLES, sums, to + V / 2)).add(high))
          .intoArray(sums, to + V / 2);
      low = (DoubleVector) FLOAT.cast(b).convertShape(VectorOperators.F2D, DOUBLES, 0);
      high = (DoubleVector) FLOAT.cast(b).convertShape(VectorOperators.F2D, DOUBLES, 1);
      DOUBLE
          .cast(DOUBLE.cast(DoubleVector.fromArray(DOUBLES, sums, to + V)).add(low))
          .intoArray(sums, to + V);
      DOUBLE
          .cast(DOUBLE.cast(DoubleVector.fromArray(DOUBLES, sums, to + V + V / 2)).add(high))
          .intoArray(sums, to + V + V / 2);
    } else {
      FloatVector a = FLOAT.cast(a0).add(a1).add(FLOAT.cast(a2).add(a3));
      FloatVector b = FLOAT.cast(b0).add(b1).add(FLOAT.cast(b2).add(b3));
      DoubleVector low = (DoubleVector) FLOAT.cast(a).convertShape(VectorOperators.F2D, DOUBLES, 0);
      DoubleVector high =
          (DoubleVector) FLOAT.cast(a).convertShape(VectorOperators.F2D, DOUBLES, 1);
      DOUBLE
          .cast(DOUBLE.cast(DoubleVector.fromArray(DOUBLES, sums, to)).add(low))
          .intoArray(sums, to);
      DOUBLE
          .cast(DOUBLE.cast(DoubleVector.fromArray(DOUBLES, sums, to + V / 2)).add(high))
          .intoArray(sums, to + V / 2);
      low = (DoubleVector) FLOAT.cast(b).convertShape(VectorOperators.F2D, DOUBLES, 0);
      high = (DoubleVector) FLOAT.cast(b).convertShape(VectorOperators.F2D, DOUBLES, 1);
      DOUBLE
          .cast(DOUBLE.cast(DoubleVector.fromArray(DOUBLES, sums, to + V)).add(low))
          .intoArray(sums, to + V);
      DOUBLE
          .cast(DOUBLE.cast(DoubleVector.fromArray(DOUBLES, sums, to + V + V / 2)).add(high))
          .intoArray(sums, to + V + V / 2);
    }
  }

  static void rectified(
      float[] x,
      int p,
      int xPixel,
      float[] g,
      int q,
      int gPixel,
      float[] y,
      int o,
      int yPixel,
      int count) {
    for (int i = 0; i < count; i++) {
      IntVector b =
          INT.cast(
              FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + i * xPixel)).reinterpretAsInts());
      IntVector positive = b.neg().and(b.not()).lanewise(VectorOperators.ASHR, 31);
      IntVector t =
          FLOAT.cast(FloatVector.fromArray(FLOATS, g, q + i * gPixel)).reinterpretAsInts();
      FLOAT.cast(INT.cast(t).and(positive).reinterpretAsFloats()).intoArray(y, o + i * yPixel);
    }
  }

  static void addRectified(
      float[] x,
      int p,
      int xPixel,
      float[] g,
      int q,
      int gPixel,
      float[] y,
      int o,
      int yPixel,
      int count) {
    for (int i = 0; i < count; i++) {
      IntVector b =
          INT.cast(
              FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + i * xPixel)).reinterpretAsInts());
      IntVector positive = b.neg().and(b.not()).lanewise(VectorOperators.ASHR, 31);
      IntVector t =
          FLOAT.cast(FloatVector.fromArray(FLOATS, g, q + i * gPixel)).reinterpretAsInts();
      FLOAT
          .cast(
              FLOAT
                  .cast(FloatVector.fromArray(FLOATS, y, o + i * yPixel))
                  .add(INT.cast(t).and(positive).reinterpretAsFloats()))
          .intoArray(y, o + i * yPixel);
    }
  }

  static void multiplyAdds(int rounds, float[] sums, int at) {
    FloatVector b = FLOAT.cast(FloatVector.fromArray(FLOATS, sums, at));
    FloatVector c = FLOAT.cast(FloatVector.fromArray(FLOATS, sums, at + V));
    FloatVector a0 = FLOAT.cast(FloatVector.fromArray(FLOATS, sums, at + 2 * V));
    FloatVector a1 = FLOAT.cast(FloatVector.fromArray(FLOATS, sums, at + 3 * V));
    FloatVector a2 = FLOAT.cast(FloatVector.fromArray(FLOATS, sums, at + 4 * V));
    FloatVector a3 = FLOAT.cast(FloatVector.fromArray(FLOATS, sums, at + 5 * V));
    FloatVector a4 = FLOAT.cast(FloatVector.fromArray(FLOATS, sums, at + 6 * V));
    FloatVector a5 = FLOAT.cast(FloatVector.fromArray(FLOATS, sums, at + 7 * V));
    FloatVector a6 = FLOAT.cast(FloatVector.fromArray(FLOATS, sums, at + 8 * V));
    FloatVector a7 = FLOAT.cast(FloatVector.fromArray(FLOATS, sums, at + 9 * V));
    FloatVector a8 = FLOAT.cast(FloatVector.fromArray(FLOATS, sums, at + 10 * V));
    FloatVector a9 = FLOAT.cast(FloatVector.fromArray(FLOATS, sums, at + 11 * V));
    for (int i = 0; i < rounds; i++) {
      a0 = FLOAT.cast(a0).fma(b, c);
      a1 = FLOAT.cast(a1).fma(b, c);
      a2 = FLOAT.cast(a2).fma(b, c);
      a3 = FLOAT.cast(a3).fma(b, c);
      a4 = FLOAT.cast(a4).fma(b, c);
      a5 = FLOAT.cast(a5).fma(b, c);
      a6 = FLOAT.cast(a6).fma(b, c);
      a7 = FLOAT.cast(a7).fma(b, c);
      a8 = FLOAT.cast(a8).fma(b, c);
      a9 = FLOAT.cast(a9).fma(b, c);
    }
    FLOAT.cast(a0).intoArray(sums, at + 2 * V);
    FLOAT.cast(a1).intoArray(sums, at + 3 * V);
    FLOAT.cast(a2).intoArray(sums, at + 4 * V);
    FLOAT.cast(a3).intoArray(sums, at + 5 * V);
    FLOAT.cast(a4).intoArray(sums, at + 6 * V);
    FLOAT.cast(a5).intoArray(sums, at + 7 * V);
    FLOAT.cast(a6).intoArray(sums, at + 8 * V);
    FLOAT.cast(a7).intoArray(sums, at + 9 * V);
    FLOAT.cast(a8).intoArray(sums, at + 10 * V);
    FLOAT.cast(a9).intoArray(sums, at + 11 * V);
  }
}
