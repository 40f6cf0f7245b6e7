package io.github.oche.engine.kernel;

import static io.github.oche.engine.kernel.Lanes.FLOAT;
import static io.github.oche.engine.kernel.Lanes.FLOATS;
import static io.github.oche.engine.kernel.Lanes.INT;
import static io.github.oche.engine.kernel.Lanes.INTS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Loops of the poolings. A cell's value is compared with the largest by integers, {@code ~((d | -d)
 * >> 31)} with d their difference: all ones where they have the same bits.
 */
final class PoolLoops {
  private PoolLoops() {}

  /** One row of 3 x 3 windows at stride 1; a column outside counts as the nearest inside. */
  static void max3(
      float[] x,
      int p0,
      int p1,
      int p2,
      int pixel,
      int width,
      float[] y,
      int o,
      int pitch,
      int columns) {
    FloatVector middle =
        FLOAT
            .cast(FloatVector.fromArray(FLOATS, x, p0))
            .max(FloatVector.fromArray(FLOATS, x, p1))
            .max(FloatVector.fromArray(FLOATS, x, p2));
    FloatVector left = middle;
    for (int j = 0; j < columns; j++) {
      int k = Math.min(j + 1, width - 1) * pixel;
      FloatVector right =
          FLOAT
              .cast(FloatVector.fromArray(FLOATS, x, p0 + k))
              .max(FloatVector.fromArray(FLOATS, x, p1 + k))
              .max(FloatVector.fromArray(FLOATS, x, p2 + k));
      right.max(middle).max(left).intoArray(y, o + j * pitch);
      left = middle;
      middle = right;
    }
  }

  /** One row of 3 x 3 windows at stride 2. */
  static void max3stride2(
      float[] x,
      int p0,
      int p1,
      int p2,
      int pixel,
      int width,
      float[] y,
      int o,
      int pitch,
      int columns) {
    FloatVector left =
        FLOAT
            .cast(FloatVector.fromArray(FLOATS, x, p0))
            .max(FloatVector.fromArray(FLOATS, x, p1))
            .max(FloatVector.fromArray(FLOATS, x, p2));
    for (int j = 0; j < columns; j++) {
      int i = 2 * j * pixel;
      int k = Math.min(2 * j + 1, width - 1) * pixel;
      FloatVector middle =
          FLOAT
              .cast(FloatVector.fromArray(FLOATS, x, p0 + i))
              .max(FloatVector.fromArray(FLOATS, x, p1 + i))
              .max(FloatVector.fromArray(FLOATS, x, p2 + i));
      FloatVector right =
          FLOAT
              .cast(FloatVector.fromArray(FLOATS, x, p0 + k))
              .max(FloatVector.fromArray(FLOATS, x, p1 + k))
              .max(FloatVector.fromArray(FLOATS, x, p2 + k));
      right.max(middle).max(left).intoArray(y, o + j * pitch);
      left = right;
    }
  }

  /** The largest of one window of any size. */
  static void max(float[] x, int at, int pixel, int row, int columns, int cells, float[] y, int o) {
    FloatVector m = FloatVector.fromArray(FLOATS, x, at);
    int skip = row - columns * pixel;
    int p = at;
    int k = 0;
    for (int i = 0; i < cells; i++) {
      m = FLOAT.cast(m).max(FloatVector.fromArray(FLOATS, x, p));
      p += pixel;
      if (++k == columns) {
        k = 0;
        p += skip;
      }
    }
    FLOAT.cast(m).intoArray(y, o);
  }

  /** One window of any size: the gradient is carried from cell to cell until one takes it. */
  static void maxBackward(
      float[] x,
      int at,
      int pixel,
      int row,
      int columns,
      int cells,
      float[] g,
      int q,
      float[] gx,
      int to,
      int gPixel,
      int gRow) {
    FloatVector largest = FloatVector.fromArray(FLOATS, x, at);
    int skip = row - columns * pixel;
    int p = at;
    int k = 0;
    for (int i = 0; i < cells; i++) {
      largest = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p)).max(largest);
      p += pixel;
      if (++k == columns) {
        k = 0;
        p += skip;
      }
    }
    IntVector m = FLOAT.cast(FloatVector.fromArray(FLOATS, x, at)).max(largest).reinterpretAsInts();
    IntVector zero = INT.cast(IntVector.zero(INTS));
    IntVector free = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q)).reinterpretAsInts();
    int gSkip = gRow - columns * gPixel;
    int o = to;
    p = at;
    k = 0;
    for (int i = 0; i < cells; i++) {
      IntVector d =
          INT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, x, p)).reinterpretAsInts()).sub(m);
      IntVector next = d.or(zero.sub(d)).lanewise(VectorOperators.ASHR, 31).and(free);
      FLOAT
          .cast(FloatVector.fromArray(FLOATS, gx, o))
          .add(INT.cast(next.lanewise(VectorOperators.XOR, free)).reinterpretAsFloats())
          .intoArray(gx, o);
      free = next;
      p += pixel;
      o += gPixel;
      if (++k == columns) {
        k = 0;
        p += skip;
        o += gSkip;
      }
    }
  }

  /**
   * One window of up to three columns: the second {@code second} after the first, the third {@code
   * third}. Where there are only two or one, the last is named again; it never is the first of the
   * largest, and what is stored there is overwritten by the column itself.
   */
  static void maxBackward3(
      float[] x,
      int at,
      int second,
      int third,
      int row,
      int rows,
      float[] g,
      int q,
      float[] gx,
      int to,
      int gSecond,
      int gThird,
      int gRow) {
    FloatVector largest = FloatVector.fromArray(FLOATS, x, at);
    int p = at;
    for (int i = 0; i < rows; i++) {
      largest =
          FLOAT
              .cast(FloatVector.fromArray(FLOATS, x, p))
              .max(FloatVector.fromArray(FLOATS, x, p + second))
              .max(FloatVector.fromArray(FLOATS, x, p + third))
              .max(largest);
      p += row;
    }
    IntVector m = FLOAT.cast(FloatVector.fromArray(FLOATS, x, at)).max(largest).reinterpretAsInts();
    IntVector zero = INT.cast(IntVector.zero(INTS));
    IntVector free = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q)).reinterpretAsInts();
    int o = to;
    p = at;
    for (int i = 0; i < rows; i++) {
      IntVector a =
          INT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, x, p)).reinterpretAsInts()).sub(m);
      IntVector b =
          INT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + second)).reinterpretAsInts())
              .sub(m);
      IntVector c =
          INT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + third)).reinterpretAsInts())
              .sub(m);
      IntVector first = a.or(zero.sub(a)).lanewise(VectorOperators.ASHR, 31).and(free);
      IntVector next = b.or(zero.sub(b)).lanewise(VectorOperators.ASHR, 31).and(first);
      IntVector last = c.or(zero.sub(c)).lanewise(VectorOperators.ASHR, 31).and(next);
      FloatVector left =
          FLOAT
              .cast(FloatVector.fromArray(FLOATS, gx, o))
              .add(INT.cast(first.lanewise(VectorOperators.XOR, free)).reinterpretAsFloats());
      FloatVector middle =
          FLOAT
              .cast(FloatVector.fromArray(FLOATS, gx, o + gSecond))
              .add(INT.cast(next.lanewise(VectorOperators.XOR, first)).reinterpretAsFloats());
      FloatVector right =
          FLOAT
              .cast(FloatVector.fromArray(FLOATS, gx, o + gThird))
              .add(INT.cast(last.lanewise(VectorOperators.XOR, next)).reinterpretAsFloats());
      FLOAT.cast(right).intoArray(gx, o + gThird);
      FLOAT.cast(middle).intoArray(gx, o + gSecond);
      FLOAT.cast(left).intoArray(gx, o);
      free = last;
      p += row;
      o += gRow;
    }
  }

  /** The derivative of the largest value of one window of any size. */
  static void maxAlong(
      float[] x,
      int at,
      int pixel,
      int row,
      int columns,
      int cells,
      float[] dx,
      int from,
      int dPixel,
      int dRow,
      float[] dy,
      int q) {
    FloatVector largest = FloatVector.fromArray(FLOATS, x, at);
    int skip = row - columns * pixel;
    int p = at;
    int k = 0;
    for (int i = 0; i < cells; i++) {
      largest = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p)).max(largest);
      p += pixel;
      if (++k == columns) {
        k = 0;
        p += skip;
      }
    }
    IntVector m = FLOAT.cast(FloatVector.fromArray(FLOATS, x, at)).max(largest).reinterpretAsInts();
    IntVector zero = INT.cast(IntVector.zero(INTS));
    IntVector free = IntVector.broadcast(INTS, -1);
    IntVector sum = IntVector.zero(INTS);
    int dSkip = dRow - columns * dPixel;
    int o = from;
    p = at;
    k = 0;
    for (int i = 0; i < cells; i++) {
      IntVector d =
          INT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, x, p)).reinterpretAsInts()).sub(m);
      IntVector next = d.or(zero.sub(d)).lanewise(VectorOperators.ASHR, 31).and(free);
      IntVector t = INT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, dx, o)).reinterpretAsInts());
      sum = t.and(next.lanewise(VectorOperators.XOR, free)).or(sum);
      free = next;
      p += pixel;
      o += dPixel;
      if (++k == columns) {
        k = 0;
        p += skip;
        o += dSkip;
      }
    }
    FLOAT.cast(zero.or(sum).reinterpretAsFloats()).intoArray(dy, q);
  }

  /** One 3 x 3 window inside the image. */
  static void mean9(float[] x, int p0, int p1, int p2, int pixel, float share, float[] y, int o) {
    FLOAT
        .cast(FloatVector.fromArray(FLOATS, x, p0))
        .add(FloatVector.fromArray(FLOATS, x, p0 + pixel))
        .add(FloatVector.fromArray(FLOATS, x, p0 + 2 * pixel))
        .add(FloatVector.fromArray(FLOATS, x, p1))
        .add(FloatVector.fromArray(FLOATS, x, p1 + pixel))
        .add(FloatVector.fromArray(FLOATS, x, p1 + 2 * pixel))
        .add(FloatVector.fromArray(FLOATS, x, p2))
        .add(FloatVector.fromArray(FLOATS, x, p2 + pixel))
        .add(FloatVector.fromArray(FLOATS, x, p2 + 2 * pixel))
        .mul(FloatVector.broadcast(FLOATS, share))
        .intoArray(y, o);
  }

  /** One window of any size. */
  static void mean(
      float[] x,
      int at,
      int pixel,
      int row,
      int columns,
      int cells,
      float share,
      float[] y,
      int o) {
    FloatVector sum = FloatVector.broadcast(FLOATS, -0f); // -0 + x is x, even for -0
    int skip = row - columns * pixel;
    int p = at;
    int k = 0;
    for (int i = 0; i < cells; i++) {
      sum = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p)).add(sum);
      p += pixel;
      if (++k == columns) {
        k = 0;
        p += skip;
      }
    }
    FLOAT.cast(FloatVector.broadcast(FLOATS, share)).mul(sum).intoArray(y, o);
  }

  /** Adds share * g to all cells of one window. */
  static void meanBackward(
      float[] g,
      int q,
      float share,
      float[] gx,
      int at,
      int pixel,
      int row,
      int columns,
      int cells) {
    FloatVector e = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q));
    FloatVector s = FloatVector.broadcast(FLOATS, share);
    int skip = row - columns * pixel;
    int p = at;
    int k = 0;
    for (int i = 0; i < cells; i++) {
      e.fma(s, FloatVector.fromArray(FLOATS, gx, p)).intoArray(gx, p);
      p += pixel;
      if (++k == columns) {
        k = 0;
        p += skip;
      }
    }
  }
}
