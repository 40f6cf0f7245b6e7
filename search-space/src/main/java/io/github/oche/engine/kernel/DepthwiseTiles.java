package io.github.oche.engine.kernel;

import static io.github.oche.engine.kernel.Lanes.FENCES;
import static io.github.oche.engine.kernel.Lanes.FLOAT;
import static io.github.oche.engine.kernel.Lanes.FLOATS;
import static io.github.oche.engine.kernel.Lanes.V;

import jdk.incubator.vector.FloatVector;

// Written by src/kernels/tiles.py. Change that, not this.

/**
 * Depthwise convolution: a few output pixels, all taps, tile after tile.
 *
 * <p>{@code taps5x8d2s1} has 5 columns of taps, 8 output pixels a tile, dilation 2 and stride 1;
 * tiles overlap at the end of a row, which must hold at least one. {@code add} says whether to add
 * to y. The innermost loop runs over rows of taps: it loads their weights once, and each pixel once
 * for all taps that read it. Nobody reads what goes to {@code fence}.
 */
final class DepthwiseTiles {
  private DepthwiseTiles() {}

  static void taps2x8d1s1(
      float[] x,
      int at,
      int xRow,
      int tapRow,
      int taps,
      float[] w,
      int wAt,
      boolean add,
      float[] y,
      int to,
      int yRow,
      int rows,
      int columns,
      float[] fence) {
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < columns; t += 8) {
        int j = Math.min(t, columns - 8);
        int p = at + r * xRow + j * V;
        int o = to + r * yRow + j * V;
        int q = wAt;
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = FloatVector.zero(FLOATS);
        FloatVector a2 = FloatVector.zero(FLOATS);
        FloatVector a3 = FloatVector.zero(FLOATS);
        FloatVector a4 = FloatVector.zero(FLOATS);
        FloatVector a5 = FloatVector.zero(FLOATS);
        FloatVector a6 = FloatVector.zero(FLOATS);
        FloatVector a7 = FloatVector.zero(FLOATS);
        for (int i = 0; i < taps; i++) {
          FloatVector w0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q));
          FloatVector w1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + V));
          FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
          a0 = v.fma(w0, a0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
          a0 = v.fma(w1, a0);
          a1 = v.fma(w0, a1);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
          a1 = v.fma(w1, a1);
          a2 = v.fma(w0, a2);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * V));
          a2 = v.fma(w1, a2);
          a3 = v.fma(w0, a3);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
          a3 = v.fma(w1, a3);
          a4 = v.fma(w0, a4);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 5 * V));
          a4 = v.fma(w1, a4);
          a5 = v.fma(w0, a5);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
          a5 = v.fma(w1, a5);
          a6 = v.fma(w0, a6);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 7 * V));
          a6 = v.fma(w1, a6);
          a7 = v.fma(w0, a7);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 8 * V));
          a7 = v.fma(w1, a7);
          p += tapRow;
          q += 2 * V;
        }
        if (add) {
          FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o)).add(a0)).intoArray(y, o);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + V)).add(a1))
              .intoArray(y, o + V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 2 * V)).add(a2))
              .intoArray(y, o + 2 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 3 * V)).add(a3))
              .intoArray(y, o + 3 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 4 * V)).add(a4))
              .intoArray(y, o + 4 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 5 * V)).add(a5))
              .intoArray(y, o + 5 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 6 * V)).add(a6))
              .intoArray(y, o + 6 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 7 * V)).add(a7))
              .intoArray(y, o + 7 * V);
        } else {
          FLOAT.cast(a0).intoArray(y, o);
          FLOAT.cast(a1).intoArray(y, o + V);
          FLOAT.cast(a2).intoArray(y, o + 2 * V);
          FLOAT.cast(a3).intoArray(y, o + 3 * V);
          FLOAT.cast(a4).intoArray(y, o + 4 * V);
          FLOAT.cast(a5).intoArray(y, o + 5 * V);
          FLOAT.cast(a6).intoArray(y, o + 6 * V);
          FLOAT.cast(a7).intoArray(y, o + 7 * V);
        }
      }
    }
  }

  static void taps2x4d1s1(
      float[] x,
      int at,
      int xRow,
      int tapRow,
      int taps,
      float[] w,
      int wAt,
      boolean add,
      float[] y,
      int to,
      int yRow,
      int rows,
      int columns,
      float[] fence) {
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < columns; t += 4) {
        int j = Math.min(t, columns - 4);
        int p = at + r * xRow + j * V;
        int o = to + r * yRow + j * V;
        int q = wAt;
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = FloatVector.zero(FLOATS);
        FloatVector a2 = FloatVector.zero(FLOATS);
        FloatVector a3 = FloatVector.zero(FLOATS);
        for (int i = 0; i < taps; i++) {
          FloatVector w0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q));
          FloatVector w1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + V));
          FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
          a0 = v.fma(w0, a0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
          a0 = v.fma(w1, a0);
          a1 = v.fma(w0, a1);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
          a1 = v.fma(w1, a1);
          a2 = v.fma(w0, a2);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * V));
          a2 = v.fma(w1, a2);
          a3 = v.fma(w0, a3);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
          a3 = v.fma(w1, a3);
          p += tapRow;
          q += 2 * V;
        }
        if (add) {
          FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o)).add(a0)).intoArray(y, o);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + V)).add(a1))
              .intoArray(y, o + V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 2 * V)).add(a2))
              .intoArray(y, o + 2 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 3 * V)).add(a3))
              .intoArray(y, o + 3 * V);
        } else {
          FLOAT.cast(a0).intoArray(y, o);
          FLOAT.cast(a1).intoArray(y, o + V);
          FLOAT.cast(a2).intoArray(y, o + 2 * V);
          FLOAT.cast(a3).intoArray(y, o + 3 * V);
        }
      }
    }
  }

  static void taps3x8d1s1(
      float[] x,
      int at,
      int xRow,
      int tapRow,
      int taps,
      float[] w,
      int wAt,
      boolean add,
      float[] y,
      int to,
      int yRow,
      int rows,
      int columns,
      float[] fence) {
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < columns; t += 8) {
        int j = Math.min(t, columns - 8);
        int p = at + r * xRow + j * V;
        int o = to + r * yRow + j * V;
        int q = wAt;
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = FloatVector.zero(FLOATS);
        FloatVector a2 = FloatVector.zero(FLOATS);
        FloatVector a3 = FloatVector.zero(FLOATS);
        FloatVector a4 = FloatVector.zero(FLOATS);
        FloatVector a5 = FloatVector.zero(FLOATS);
        FloatVector a6 = FloatVector.zero(FLOATS);
        FloatVector a7 = FloatVector.zero(FLOATS);
        for (int i = 0; i < taps; i++) {
          FloatVector w0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q));
          FloatVector w1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + V));
          FloatVector w2 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 2 * V));
          FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
          a0 = v.fma(w0, a0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
          a0 = v.fma(w1, a0);
          a1 = v.fma(w0, a1);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
          a0 = v.fma(w2, a0);
          a1 = v.fma(w1, a1);
          a2 = v.fma(w0, a2);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * V));
          a1 = v.fma(w2, a1);
          a2 = v.fma(w1, a2);
          a3 = v.fma(w0, a3);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
          a2 = v.fma(w2, a2);
          a3 = v.fma(w1, a3);
          a4 = v.fma(w0, a4);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 5 * V));
          a3 = v.fma(w2, a3);
          a4 = v.fma(w1, a4);
          a5 = v.fma(w0, a5);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
          a4 = v.fma(w2, a4);
          a5 = v.fma(w1, a5);
          a6 = v.fma(w0, a6);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 7 * V));
          a5 = v.fma(w2, a5);
          a6 = v.fma(w1, a6);
          a7 = v.fma(w0, a7);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 8 * V));
          a6 = v.fma(w2, a6);
          a7 = v.fma(w1, a7);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 9 * V));
          a7 = v.fma(w2, a7);
          p += tapRow;
          q += 3 * V;
        }
        if (add) {
          FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o)).add(a0)).intoArray(y, o);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + V)).add(a1))
              .intoArray(y, o + V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 2 * V)).add(a2))
              .intoArray(y, o + 2 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 3 * V)).add(a3))
              .intoArray(y, o + 3 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 4 * V)).add(a4))
              .intoArray(y, o + 4 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 5 * V)).add(a5))
              .intoArray(y, o + 5 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 6 * V)).add(a6))
              .intoArray(y, o + 6 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 7 * V)).add(a7))
              .intoArray(y, o + 7 * V);
        } else {
          FLOAT.cast(a0).intoArray(y, o);
          FLOAT.cast(a1).intoArray(y, o + V);
          FLOAT.cast(a2).intoArray(y, o + 2 * V);
          FLOAT.cast(a3).intoArray(y, o + 3 * V);
          FLOAT.cast(a4).intoArray(y, o + 4 * V);
          FLOAT.cast(a5).intoArray(y, o + 5 * V);
          FLOAT.cast(a6).intoArray(y, o + 6 * V);
          FLOAT.cast(a7).intoArray(y, o + 7 * V);
        }
      }
    }
  }

  static void taps3x4d1s1(
      float[] x,
      int at,
      int xRow,
      int tapRow,
      int taps,
      float[] w,
      int wAt,
      boolean add,
      float[] y,
      int to,
      int yRow,
      int rows,
      int columns,
      float[] fence) {
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < columns; t += 4) {
        int j = Math.min(t, columns - 4);
        int p = at + r * xRow + j * V;
        int o = to + r * yRow + j * V;
        int q = wAt;
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = FloatVector.zero(FLOATS);
        FloatVector a2 = FloatVector.zero(FLOATS);
        FloatVector a3 = FloatVector.zero(FLOATS);
        for (int i = 0; i < taps; i++) {
          FloatVector w0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q));
          FloatVector w1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + V));
          FloatVector w2 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 2 * V));
          FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
          a0 = v.fma(w0, a0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
          a0 = v.fma(w1, a0);
          a1 = v.fma(w0, a1);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
          a0 = v.fma(w2, a0);
          a1 = v.fma(w1, a1);
          a2 = v.fma(w0, a2);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * V));
          a1 = v.fma(w2, a1);
          a2 = v.fma(w1, a2);
          a3 = v.fma(w0, a3);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
          a2 = v.fma(w2, a2);
          a3 = v.fma(w1, a3);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 5 * V));
          a3 = v.fma(w2, a3);
          p += tapRow;
          q += 3 * V;
        }
        if (add) {
          FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o)).add(a0)).intoArray(y, o);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + V)).add(a1))
              .intoArray(y, o + V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 2 * V)).add(a2))
              .intoArray(y, o + 2 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 3 * V)).add(a3))
              .intoArray(y, o + 3 * V);
        } else {
          FLOAT.cast(a0).intoArray(y, o);
          FLOAT.cast(a1).intoArray(y, o + V);
          FLOAT.cast(a2).intoArray(y, o + 2 * V);
          FLOAT.cast(a3).intoArray(y, o + 3 * V);
        }
      }
    }
  }

  static void taps3x8d1s2(
      float[] x,
      int at,
      int xRow,
      int tapRow,
      int taps,
      float[] w,
      int wAt,
      boolean add,
      float[] y,
      int to,
      int yRow,
      int rows,
      int columns,
      float[] fence) {
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < columns; t += 8) {
        int j = Math.min(t, columns - 8);
        int p = at + r * xRow + 2 * j * V;
        int o = to + r * yRow + j * V;
        int q = wAt;
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = FloatVector.zero(FLOATS);
        FloatVector a2 = FloatVector.zero(FLOATS);
        FloatVector a3 = FloatVector.zero(FLOATS);
        FloatVector a4 = FloatVector.zero(FLOATS);
        FloatVector a5 = FloatVector.zero(FLOATS);
        FloatVector a6 = FloatVector.zero(FLOATS);
        FloatVector a7 = FloatVector.zero(FLOATS);
        for (int i = 0; i < taps; i++) {
          FloatVector w0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q));
          FloatVector w1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + V));
          FloatVector w2 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 2 * V));
          FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
          a0 = v.fma(w0, a0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
          a0 = v.fma(w1, a0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
          a0 = v.fma(w2, a0);
          a1 = v.fma(w0, a1);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * V));
          a1 = v.fma(w1, a1);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
          a1 = v.fma(w2, a1);
          a2 = v.fma(w0, a2);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 5 * V));
          a2 = v.fma(w1, a2);
          if (FENCES) FLOAT.cast(a2).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
          a2 = v.fma(w2, a2);
          a3 = v.fma(w0, a3);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 7 * V));
          a3 = v.fma(w1, a3);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 8 * V));
          a3 = v.fma(w2, a3);
          a4 = v.fma(w0, a4);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 9 * V));
          a4 = v.fma(w1, a4);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 10 * V));
          a4 = v.fma(w2, a4);
          a5 = v.fma(w0, a5);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 11 * V));
          a5 = v.fma(w1, a5);
          if (FENCES) FLOAT.cast(a5).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 12 * V));
          a5 = v.fma(w2, a5);
          a6 = v.fma(w0, a6);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 13 * V));
          a6 = v.fma(w1, a6);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 14 * V));
          a6 = v.fma(w2, a6);
          a7 = v.fma(w0, a7);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 15 * V));
          a7 = v.fma(w1, a7);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 16 * V));
          a7 = v.fma(w2, a7);
          p += tapRow;
          q += 3 * V;
        }
        if (add) {
          FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o)).add(a0)).intoArray(y, o);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + V)).add(a1))
              .intoArray(y, o + V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 2 * V)).add(a2))
              .intoArray(y, o + 2 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 3 * V)).add(a3))
              .intoArray(y, o + 3 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 4 * V)).add(a4))
              .intoArray(y, o + 4 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 5 * V)).add(a5))
              .intoArray(y, o + 5 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 6 * V)).add(a6))
              .intoArray(y, o + 6 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 7 * V)).add(a7))
              .intoArray(y, o + 7 * V);
        } else {
          FLOAT.cast(a0).intoArray(y, o);
          FLOAT.cast(a1).intoArray(y, o + V);
          FLOAT.cast(a2).intoArray(y, o + 2 * V);
          FLOAT.cast(a3).intoArray(y, o + 3 * V);
          FLOAT.cast(a4).intoArray(y, o + 4 * V);
          FLOAT.cast(a5).intoArray(y, o + 5 * V);
          FLOAT.cast(a6).intoArray(y, o + 6 * V);
          FLOAT.cast(a7).intoArray(y, o + 7 * V);
        }
      }
    }
  }

  static void taps3x4d1s2(
      float[] x,
      int at,
      int xRow,
      int tapRow,
      int taps,
      float[] w,
      int wAt,
      boolean add,
      float[] y,
      int to,
      int yRow,
      int rows,
      int columns,
      float[] fence) {
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < columns; t += 4) {
        int j = Math.min(t, columns - 4);
        int p = at + r * xRow + 2 * j * V;
        int o = to + r * yRow + j * V;
        int q = wAt;
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = FloatVector.zero(FLOATS);
        FloatVector a2 = FloatVector.zero(FLOATS);
        FloatVector a3 = FloatVector.zero(FLOATS);
        for (int i = 0; i < taps; i++) {
          FloatVector w0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q));
          FloatVector w1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + V));
          FloatVector w2 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 2 * V));
          FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
          a0 = v.fma(w0, a0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
          a0 = v.fma(w1, a0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
          a0 = v.fma(w2, a0);
          a1 = v.fma(w0, a1);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * V));
          a1 = v.fma(w1, a1);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
          a1 = v.fma(w2, a1);
          a2 = v.fma(w0, a2);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 5 * V));
          a2 = v.fma(w1, a2);
          if (FENCES) FLOAT.cast(a2).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
          a2 = v.fma(w2, a2);
          a3 = v.fma(w0, a3);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 7 * V));
          a3 = v.fma(w1, a3);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 8 * V));
          a3 = v.fma(w2, a3);
          p += tapRow;
          q += 3 * V;
        }
        if (add) {
          FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o)).add(a0)).intoArray(y, o);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + V)).add(a1))
              .intoArray(y, o + V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 2 * V)).add(a2))
              .intoArray(y, o + 2 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 3 * V)).add(a3))
              .intoArray(y, o + 3 * V);
        } else {
          FLOAT.cast(a0).intoArray(y, o);
          FLOAT.cast(a1).intoArray(y, o + V);
          FLOAT.cast(a2).intoArray(y, o + 2 * V);
          FLOAT.cast(a3).intoArray(y, o + 3 * V);
        }
      }
    }
  }

  static void taps3x8d2s1(
      float[] x,
      int at,
      int xRow,
      int tapRow,
      int taps,
      float[] w,
      int wAt,
      boolean add,
      float[] y,
      int to,
      int yRow,
      int rows,
      int columns,
      float[] fence) {
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < columns; t += 8) {
        int j = Math.min(t, columns - 8);
        int p = at + r * xRow + j * V;
        int o = to + r * yRow + j * V;
        int q = wAt;
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = FloatVector.zero(FLOATS);
        FloatVector a2 = FloatVector.zero(FLOATS);
        FloatVector a3 = FloatVector.zero(FLOATS);
        FloatVector a4 = FloatVector.zero(FLOATS);
        FloatVector a5 = FloatVector.zero(FLOATS);
        FloatVector a6 = FloatVector.zero(FLOATS);
        FloatVector a7 = FloatVector.zero(FLOATS);
        for (int i = 0; i < taps; i++) {
          FloatVector w0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q));
          FloatVector w1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + V));
          FloatVector w2 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 2 * V));
          FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
          a0 = v.fma(w0, a0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
          a1 = v.fma(w0, a1);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
          a0 = v.fma(w1, a0);
          a2 = v.fma(w0, a2);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * V));
          a1 = v.fma(w1, a1);
          a3 = v.fma(w0, a3);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
          a0 = v.fma(w2, a0);
          a2 = v.fma(w1, a2);
          a4 = v.fma(w0, a4);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 5 * V));
          a1 = v.fma(w2, a1);
          a3 = v.fma(w1, a3);
          a5 = v.fma(w0, a5);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
          a2 = v.fma(w2, a2);
          a4 = v.fma(w1, a4);
          a6 = v.fma(w0, a6);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 7 * V));
          a3 = v.fma(w2, a3);
          a5 = v.fma(w1, a5);
          a7 = v.fma(w0, a7);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 8 * V));
          a4 = v.fma(w2, a4);
          a6 = v.fma(w1, a6);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 9 * V));
          a5 = v.fma(w2, a5);
          a7 = v.fma(w1, a7);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 10 * V));
          a6 = v.fma(w2, a6);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 11 * V));
          a7 = v.fma(w2, a7);
          p += tapRow;
          q += 3 * V;
        }
        if (add) {
          FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o)).add(a0)).intoArray(y, o);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + V)).add(a1))
              .intoArray(y, o + V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 2 * V)).add(a2))
              .intoArray(y, o + 2 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 3 * V)).add(a3))
              .intoArray(y, o + 3 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 4 * V)).add(a4))
              .intoArray(y, o + 4 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 5 * V)).add(a5))
              .intoArray(y, o + 5 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 6 * V)).add(a6))
              .intoArray(y, o + 6 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 7 * V)).add(a7))
              .intoArray(y, o + 7 * V);
        } else {
          FLOAT.cast(a0).intoArray(y, o);
          FLOAT.cast(a1).intoArray(y, o + V);
          FLOAT.cast(a2).intoArray(y, o + 2 * V);
          FLOAT.cast(a3).intoArray(y, o + 3 * V);
          FLOAT.cast(a4).intoArray(y, o + 4 * V);
          FLOAT.cast(a5).intoArray(y, o + 5 * V);
          FLOAT.cast(a6).intoArray(y, o + 6 * V);
          FLOAT.cast(a7).intoArray(y, o + 7 * V);
        }
      }
    }
  }

  static void taps3x4d2s1(
      float[] x,
      int at,
      int xRow,
      int tapRow,
      int taps,
      float[] w,
      int wAt,
      boolean add,
      float[] y,
      int to,
      int yRow,
      int rows,
      int columns,
      float[] fence) {
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < columns; t += 4) {
        int j = Math.min(t, columns - 4);
        int p = at + r * xRow + j * V;
        int o = to + r * yRow + j * V;
        int q = wAt;
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = FloatVector.zero(FLOATS);
        FloatVector a2 = FloatVector.zero(FLOATS);
        FloatVector a3 = FloatVector.zero(FLOATS);
        for (int i = 0; i < taps; i++) {
          FloatVector w0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q));
          FloatVector w1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + V));
          FloatVector w2 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 2 * V));
          FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
          a0 = v.fma(w0, a0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
          a1 = v.fma(w0, a1);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
          a0 = v.fma(w1, a0);
          a2 = v.fma(w0, a2);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * V));
          a1 = v.fma(w1, a1);
          a3 = v.fma(w0, a3);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
          a0 = v.fma(w2, a0);
          a2 = v.fma(w1, a2);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 5 * V));
          a1 = v.fma(w2, a1);
          a3 = v.fma(w1, a3);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
          a2 = v.fma(w2, a2);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 7 * V));
          a3 = v.fma(w2, a3);
          p += tapRow;
          q += 3 * V;
        }
        if (add) {
          FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o)).add(a0)).intoArray(y, o);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + V)).add(a1))
              .intoArray(y, o + V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 2 * V)).add(a2))
              .intoArray(y, o + 2 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 3 * V)).add(a3))
              .intoArray(y, o + 3 * V);
        } else {
          FLOAT.cast(a0).intoArray(y, o);
          FLOAT.cast(a1).intoArray(y, o + V);
          FLOAT.cast(a2).intoArray(y, o + 2 * V);
          FLOAT.cast(a3).intoArray(y, o + 3 * V);
        }
      }
    }
  }

  static void taps3x8d2s2(
      float[] x,
      int at,
      int xRow,
      int tapRow,
      int taps,
      float[] w,
      int wAt,
      boolean add,
      float[] y,
      int to,
      int yRow,
      int rows,
      int columns,
      float[] fence) {
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < columns; t += 8) {
        int j = Math.min(t, columns - 8);
        int p = at + r * xRow + 2 * j * V;
        int o = to + r * yRow + j * V;
        int q = wAt;
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = FloatVector.zero(FLOATS);
        FloatVector a2 = FloatVector.zero(FLOATS);
        FloatVector a3 = FloatVector.zero(FLOATS);
        FloatVector a4 = FloatVector.zero(FLOATS);
        FloatVector a5 = FloatVector.zero(FLOATS);
        FloatVector a6 = FloatVector.zero(FLOATS);
        FloatVector a7 = FloatVector.zero(FLOATS);
        for (int i = 0; i < taps; i++) {
          FloatVector w0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q));
          FloatVector w1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + V));
          FloatVector w2 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 2 * V));
          FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
          a0 = v.fma(w0, a0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
          a0 = v.fma(w1, a0);
          a1 = v.fma(w0, a1);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
          a0 = v.fma(w2, a0);
          a1 = v.fma(w1, a1);
          a2 = v.fma(w0, a2);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
          a1 = v.fma(w2, a1);
          a2 = v.fma(w1, a2);
          a3 = v.fma(w0, a3);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 8 * V));
          a2 = v.fma(w2, a2);
          a3 = v.fma(w1, a3);
          a4 = v.fma(w0, a4);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 10 * V));
          a3 = v.fma(w2, a3);
          a4 = v.fma(w1, a4);
          a5 = v.fma(w0, a5);
          if (FENCES) FLOAT.cast(a3).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 12 * V));
          a4 = v.fma(w2, a4);
          a5 = v.fma(w1, a5);
          a6 = v.fma(w0, a6);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 14 * V));
          a5 = v.fma(w2, a5);
          a6 = v.fma(w1, a6);
          a7 = v.fma(w0, a7);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 16 * V));
          a6 = v.fma(w2, a6);
          a7 = v.fma(w1, a7);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 18 * V));
          a7 = v.fma(w2, a7);
          p += tapRow;
          q += 3 * V;
        }
        if (add) {
          FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o)).add(a0)).intoArray(y, o);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + V)).add(a1))
              .intoArray(y, o + V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 2 * V)).add(a2))
              .intoArray(y, o + 2 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 3 * V)).add(a3))
              .intoArray(y, o + 3 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 4 * V)).add(a4))
              .intoArray(y, o + 4 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 5 * V)).add(a5))
              .intoArray(y, o + 5 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 6 * V)).add(a6))
              .intoArray(y, o + 6 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 7 * V)).add(a7))
              .intoArray(y, o + 7 * V);
        } else {
          FLOAT.cast(a0).intoArray(y, o);
          FLOAT.cast(a1).intoArray(y, o + V);
          FLOAT.cast(a2).intoArray(y, o + 2 * V);
          FLOAT.cast(a3).intoArray(y, o + 3 * V);
          FLOAT.cast(a4).intoArray(y, o + 4 * V);
          FLOAT.cast(a5).intoArray(y, o + 5 * V);
          FLOAT.cast(a6).intoArray(y, o + 6 * V);
          FLOAT.cast(a7).intoArray(y, o + 7 * V);
        }
      }
    }
  }

  static void taps3x4d2s2(
      float[] x,
      int at,
      int xRow,
      int tapRow,
      int taps,
      float[] w,
      int wAt,
      boolean add,
      float[] y,
      int to,
      int yRow,
      int rows,
      int columns,
      float[] fence) {
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < columns; t += 4) {
        int j = Math.min(t, columns - 4);
        int p = at + r * xRow + 2 * j * V;
        int o = to + r * yRow + j * V;
        int q = wAt;
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = FloatVector.zero(FLOATS);
        FloatVector a2 = FloatVector.zero(FLOATS);
        FloatVector a3 = FloatVector.zero(FLOATS);
        for (int i = 0; i < taps; i++) {
          FloatVector w0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q));
          FloatVector w1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + V));
          FloatVector w2 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 2 * V));
          FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
          a0 = v.fma(w0, a0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
          a0 = v.fma(w1, a0);
          a1 = v.fma(w0, a1);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
          a0 = v.fma(w2, a0);
          a1 = v.fma(w1, a1);
          a2 = v.fma(w0, a2);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
          a1 = v.fma(w2, a1);
          a2 = v.fma(w1, a2);
          a3 = v.fma(w0, a3);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 8 * V));
          a2 = v.fma(w2, a2);
          a3 = v.fma(w1, a3);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 10 * V));
          a3 = v.fma(w2, a3);
          p += tapRow;
          q += 3 * V;
        }
        if (add) {
          FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o)).add(a0)).intoArray(y, o);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + V)).add(a1))
              .intoArray(y, o + V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 2 * V)).add(a2))
              .intoArray(y, o + 2 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 3 * V)).add(a3))
              .intoArray(y, o + 3 * V);
        } else {
          FLOAT.cast(a0).intoArray(y, o);
          FLOAT.cast(a1).intoArray(y, o + V);
          FLOAT.cast(a2).intoArray(y, o + 2 * V);
          FLOAT.cast(a3).intoArray(y, o + 3 * V);
        }
      }
    }
  }

  static void taps4x8d1s1(
      float[] x,
      int at,
      int xRow,
      int tapRow,
      int taps,
      float[] w,
      int wAt,
      boolean add,
      float[] y,
      int to,
      int yRow,
      int rows,
      int columns,
      float[] fence) {
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < columns; t += 8) {
        int j = Math.min(t, columns - 8);
        int p = at + r * xRow + j * V;
        int o = to + r * yRow + j * V;
        int q = wAt;
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = FloatVector.zero(FLOATS);
        FloatVector a2 = FloatVector.zero(FLOATS);
        FloatVector a3 = FloatVector.zero(FLOATS);
        FloatVector a4 = FloatVector.zero(FLOATS);
        FloatVector a5 = FloatVector.zero(FLOATS);
        FloatVector a6 = FloatVector.zero(FLOATS);
        FloatVector a7 = FloatVector.zero(FLOATS);
        for (int i = 0; i < taps; i++) {
          FloatVector w0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q));
          FloatVector w1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + V));
          FloatVector w2 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 2 * V));
          FloatVector w3 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 3 * V));
          FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
          a0 = v.fma(w0, a0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
          a0 = v.fma(w1, a0);
          a1 = v.fma(w0, a1);
          if (FENCES) FLOAT.cast(a0).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
          a0 = v.fma(w2, a0);
          a1 = v.fma(w1, a1);
          a2 = v.fma(w0, a2);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * V));
          a0 = v.fma(w3, a0);
          a1 = v.fma(w2, a1);
          a2 = v.fma(w1, a2);
          a3 = v.fma(w0, a3);
          if (FENCES) FLOAT.cast(a0).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
          a1 = v.fma(w3, a1);
          a2 = v.fma(w2, a2);
          a3 = v.fma(w1, a3);
          a4 = v.fma(w0, a4);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 5 * V));
          a2 = v.fma(w3, a2);
          a3 = v.fma(w2, a3);
          a4 = v.fma(w1, a4);
          a5 = v.fma(w0, a5);
          if (FENCES) FLOAT.cast(a2).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
          a3 = v.fma(w3, a3);
          a4 = v.fma(w2, a4);
          a5 = v.fma(w1, a5);
          a6 = v.fma(w0, a6);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 7 * V));
          a4 = v.fma(w3, a4);
          a5 = v.fma(w2, a5);
          a6 = v.fma(w1, a6);
          a7 = v.fma(w0, a7);
          if (FENCES) FLOAT.cast(a4).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 8 * V));
          a5 = v.fma(w3, a5);
          a6 = v.fma(w2, a6);
          a7 = v.fma(w1, a7);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 9 * V));
          a6 = v.fma(w3, a6);
          a7 = v.fma(w2, a7);
          if (FENCES) FLOAT.cast(a6).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 10 * V));
          a7 = v.fma(w3, a7);
          p += tapRow;
          q += 4 * V;
        }
        if (add) {
          FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o)).add(a0)).intoArray(y, o);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + V)).add(a1))
              .intoArray(y, o + V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 2 * V)).add(a2))
              .intoArray(y, o + 2 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 3 * V)).add(a3))
              .intoArray(y, o + 3 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 4 * V)).add(a4))
              .intoArray(y, o + 4 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 5 * V)).add(a5))
              .intoArray(y, o + 5 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 6 * V)).add(a6))
              .intoArray(y, o + 6 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 7 * V)).add(a7))
              .intoArray(y, o + 7 * V);
        } else {
          FLOAT.cast(a0).intoArray(y, o);
          FLOAT.cast(a1).intoArray(y, o + V);
          FLOAT.cast(a2).intoArray(y, o + 2 * V);
          FLOAT.cast(a3).intoArray(y, o + 3 * V);
          FLOAT.cast(a4).intoArray(y, o + 4 * V);
          FLOAT.cast(a5).intoArray(y, o + 5 * V);
          FLOAT.cast(a6).intoArray(y, o + 6 * V);
          FLOAT.cast(a7).intoArray(y, o + 7 * V);
        }
      }
    }
  }

  static void taps4x4d1s1(
      float[] x,
      int at,
      int xRow,
      int tapRow,
      int taps,
      float[] w,
      int wAt,
      boolean add,
      float[] y,
      int to,
      int yRow,
      int rows,
      int columns,
      float[] fence) {
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < columns; t += 4) {
        int j = Math.min(t, columns - 4);
        int p = at + r * xRow + j * V;
        int o = to + r * yRow + j * V;
        int q = wAt;
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = FloatVector.zero(FLOATS);
        FloatVector a2 = FloatVector.zero(FLOATS);
        FloatVector a3 = FloatVector.zero(FLOATS);
        for (int i = 0; i < taps; i++) {
          FloatVector w0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q));
          FloatVector w1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + V));
          FloatVector w2 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 2 * V));
          FloatVector w3 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 3 * V));
          FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
          a0 = v.fma(w0, a0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
          a0 = v.fma(w1, a0);
          a1 = v.fma(w0, a1);
          if (FENCES) FLOAT.cast(a0).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
          a0 = v.fma(w2, a0);
          a1 = v.fma(w1, a1);
          a2 = v.fma(w0, a2);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * V));
          a0 = v.fma(w3, a0);
          a1 = v.fma(w2, a1);
          a2 = v.fma(w1, a2);
          a3 = v.fma(w0, a3);
          if (FENCES) FLOAT.cast(a0).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
          a1 = v.fma(w3, a1);
          a2 = v.fma(w2, a2);
          a3 = v.fma(w1, a3);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 5 * V));
          a2 = v.fma(w3, a2);
          a3 = v.fma(w2, a3);
          if (FENCES) FLOAT.cast(a2).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
          a3 = v.fma(w3, a3);
          p += tapRow;
          q += 4 * V;
        }
        if (add) {
          FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o)).add(a0)).intoArray(y, o);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + V)).add(a1))
              .intoArray(y, o + V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 2 * V)).add(a2))
              .intoArray(y, o + 2 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 3 * V)).add(a3))
              .intoArray(y, o + 3 * V);
        } else {
          FLOAT.cast(a0).intoArray(y, o);
          FLOAT.cast(a1).intoArray(y, o + V);
          FLOAT.cast(a2).intoArray(y, o + 2 * V);
          FLOAT.cast(a3).intoArray(y, o + 3 * V);
        }
      }
    }
  }

  static void taps5x8d1s1(
      float[] x,
      int at,
      int xRow,
      int tapRow,
      int taps,
      float[] w,
      int wAt,
      boolean add,
      float[] y,
      int to,
      int yRow,
      int rows,
      int columns,
      float[] fence) {
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < columns; t += 8) {
        int j = Math.min(t, columns - 8);
        int p = at + r * xRow + j * V;
        int o = to + r * yRow + j * V;
        int q = wAt;
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = FloatVector.zero(FLOATS);
        FloatVector a2 = FloatVector.zero(FLOATS);
        FloatVector a3 = FloatVector.zero(FLOATS);
        FloatVector a4 = FloatVector.zero(FLOATS);
        FloatVector a5 = FloatVector.zero(FLOATS);
        FloatVector a6 = FloatVector.zero(FLOATS);
        FloatVector a7 = FloatVector.zero(FLOATS);
        for (int i = 0; i < taps; i++) {
          FloatVector w0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q));
          FloatVector w1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + V));
          FloatVector w2 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 2 * V));
          FloatVector w3 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 3 * V));
          FloatVector w4 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 4 * V));
          FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
          a0 = v.fma(w0, a0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
          a0 = v.fma(w1, a0);
          a1 = v.fma(w0, a1);
          if (FENCES) FLOAT.cast(a0).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
          a0 = v.fma(w2, a0);
          a1 = v.fma(w1, a1);
          a2 = v.fma(w0, a2);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * V));
          a0 = v.fma(w3, a0);
          a1 = v.fma(w2, a1);
          a2 = v.fma(w1, a2);
          a3 = v.fma(w0, a3);
          if (FENCES) FLOAT.cast(a0).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
          a0 = v.fma(w4, a0);
          a1 = v.fma(w3, a1);
          a2 = v.fma(w2, a2);
          a3 = v.fma(w1, a3);
          a4 = v.fma(w0, a4);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 5 * V));
          a1 = v.fma(w4, a1);
          a2 = v.fma(w3, a2);
          a3 = v.fma(w2, a3);
          a4 = v.fma(w1, a4);
          a5 = v.fma(w0, a5);
          if (FENCES) FLOAT.cast(a1).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
          a2 = v.fma(w4, a2);
          a3 = v.fma(w3, a3);
          a4 = v.fma(w2, a4);
          a5 = v.fma(w1, a5);
          a6 = v.fma(w0, a6);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 7 * V));
          a3 = v.fma(w4, a3);
          a4 = v.fma(w3, a4);
          a5 = v.fma(w2, a5);
          a6 = v.fma(w1, a6);
          a7 = v.fma(w0, a7);
          if (FENCES) FLOAT.cast(a3).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 8 * V));
          a4 = v.fma(w4, a4);
          a5 = v.fma(w3, a5);
          a6 = v.fma(w2, a6);
          a7 = v.fma(w1, a7);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 9 * V));
          a5 = v.fma(w4, a5);
          a6 = v.fma(w3, a6);
          a7 = v.fma(w2, a7);
          if (FENCES) FLOAT.cast(a5).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 10 * V));
          a6 = v.fma(w4, a6);
          a7 = v.fma(w3, a7);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 11 * V));
          a7 = v.fma(w4, a7);
          p += tapRow;
          q += 5 * V;
        }
        if (add) {
          FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o)).add(a0)).intoArray(y, o);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + V)).add(a1))
              .intoArray(y, o + V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 2 * V)).add(a2))
              .intoArray(y, o + 2 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 3 * V)).add(a3))
              .intoArray(y, o + 3 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 4 * V)).add(a4))
              .intoArray(y, o + 4 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 5 * V)).add(a5))
              .intoArray(y, o + 5 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 6 * V)).add(a6))
              .intoArray(y, o + 6 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 7 * V)).add(a7))
              .intoArray(y, o + 7 * V);
        } else {
          FLOAT.cast(a0).intoArray(y, o);
          FLOAT.cast(a1).intoArray(y, o + V);
          FLOAT.cast(a2).intoArray(y, o + 2 * V);
          FLOAT.cast(a3).intoArray(y, o + 3 * V);
          FLOAT.cast(a4).intoArray(y, o + 4 * V);
          FLOAT.cast(a5).intoArray(y, o + 5 * V);
          FLOAT.cast(a6).intoArray(y, o + 6 * V);
          FLOAT.cast(a7).intoArray(y, o + 7 * V);
        }
      }
    }
  }

  static void taps5x4d1s1(
      float[] x,
      int at,
      int xRow,
      int tapRow,
      int taps,
      float[] w,
      int wAt,
      boolean add,
      float[] y,
      int to,
      int yRow,
      int rows,
      int columns,
      float[] fence) {
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < columns; t += 4) {
        int j = Math.min(t, columns - 4);
        int p = at + r * xRow + j * V;
        int o = to + r * yRow + j * V;
        int q = wAt;
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = FloatVector.zero(FLOATS);
        FloatVector a2 = FloatVector.zero(FLOATS);
        FloatVector a3 = FloatVector.zero(FLOATS);
        for (int i = 0; i < taps; i++) {
          FloatVector w0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q));
          FloatVector w1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + V));
          FloatVector w2 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 2 * V));
          FloatVector w3 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 3 * V));
          FloatVector w4 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 4 * V));
          FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
          a0 = v.fma(w0, a0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
          a0 = v.fma(w1, a0);
          a1 = v.fma(w0, a1);
          if (FENCES) FLOAT.cast(a0).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
          a0 = v.fma(w2, a0);
          a1 = v.fma(w1, a1);
          a2 = v.fma(w0, a2);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * V));
          a0 = v.fma(w3, a0);
          a1 = v.fma(w2, a1);
          a2 = v.fma(w1, a2);
          a3 = v.fma(w0, a3);
          if (FENCES) FLOAT.cast(a0).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
          a0 = v.fma(w4, a0);
          a1 = v.fma(w3, a1);
          a2 = v.fma(w2, a2);
          a3 = v.fma(w1, a3);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 5 * V));
          a1 = v.fma(w4, a1);
          a2 = v.fma(w3, a2);
          a3 = v.fma(w2, a3);
          if (FENCES) FLOAT.cast(a1).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
          a2 = v.fma(w4, a2);
          a3 = v.fma(w3, a3);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 7 * V));
          a3 = v.fma(w4, a3);
          p += tapRow;
          q += 5 * V;
        }
        if (add) {
          FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o)).add(a0)).intoArray(y, o);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + V)).add(a1))
              .intoArray(y, o + V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 2 * V)).add(a2))
              .intoArray(y, o + 2 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 3 * V)).add(a3))
              .intoArray(y, o + 3 * V);
        } else {
          FLOAT.cast(a0).intoArray(y, o);
          FLOAT.cast(a1).intoArray(y, o + V);
          FLOAT.cast(a2).intoArray(y, o + 2 * V);
          FLOAT.cast(a3).intoArray(y, o + 3 * V);
        }
      }
    }
  }

  static void taps5x8d1s2(
      float[] x,
      int at,
      int xRow,
      int tapRow,
      int taps,
      float[] w,
      int wAt,
      boolean add,
      float[] y,
      int to,
      int yRow,
      int rows,
      int columns,
      float[] fence) {
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < columns; t += 8) {
        int j = Math.min(t, columns - 8);
        int p = at + r * xRow + 2 * j * V;
        int o = to + r * yRow + j * V;
        int q = wAt;
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = FloatVector.zero(FLOATS);
        FloatVector a2 = FloatVector.zero(FLOATS);
        FloatVector a3 = FloatVector.zero(FLOATS);
        FloatVector a4 = FloatVector.zero(FLOATS);
        FloatVector a5 = FloatVector.zero(FLOATS);
        FloatVector a6 = FloatVector.zero(FLOATS);
        FloatVector a7 = FloatVector.zero(FLOATS);
        for (int i = 0; i < taps; i++) {
          FloatVector w0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q));
          FloatVector w1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + V));
          FloatVector w2 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 2 * V));
          FloatVector w3 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 3 * V));
          FloatVector w4 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 4 * V));
          FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
          a0 = v.fma(w0, a0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
          a0 = v.fma(w1, a0);
          if (FENCES) FLOAT.cast(a0).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
          a0 = v.fma(w2, a0);
          a1 = v.fma(w0, a1);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * V));
          a0 = v.fma(w3, a0);
          a1 = v.fma(w1, a1);
          if (FENCES) FLOAT.cast(a0).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
          a0 = v.fma(w4, a0);
          a1 = v.fma(w2, a1);
          a2 = v.fma(w0, a2);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 5 * V));
          a1 = v.fma(w3, a1);
          a2 = v.fma(w1, a2);
          if (FENCES) FLOAT.cast(a1).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
          a1 = v.fma(w4, a1);
          a2 = v.fma(w2, a2);
          a3 = v.fma(w0, a3);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 7 * V));
          a2 = v.fma(w3, a2);
          a3 = v.fma(w1, a3);
          if (FENCES) FLOAT.cast(a2).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 8 * V));
          a2 = v.fma(w4, a2);
          a3 = v.fma(w2, a3);
          a4 = v.fma(w0, a4);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 9 * V));
          a3 = v.fma(w3, a3);
          a4 = v.fma(w1, a4);
          if (FENCES) FLOAT.cast(a3).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 10 * V));
          a3 = v.fma(w4, a3);
          a4 = v.fma(w2, a4);
          a5 = v.fma(w0, a5);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 11 * V));
          a4 = v.fma(w3, a4);
          a5 = v.fma(w1, a5);
          if (FENCES) FLOAT.cast(a4).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 12 * V));
          a4 = v.fma(w4, a4);
          a5 = v.fma(w2, a5);
          a6 = v.fma(w0, a6);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 13 * V));
          a5 = v.fma(w3, a5);
          a6 = v.fma(w1, a6);
          if (FENCES) FLOAT.cast(a5).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 14 * V));
          a5 = v.fma(w4, a5);
          a6 = v.fma(w2, a6);
          a7 = v.fma(w0, a7);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 15 * V));
          a6 = v.fma(w3, a6);
          a7 = v.fma(w1, a7);
          if (FENCES) FLOAT.cast(a6).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 16 * V));
          a6 = v.fma(w4, a6);
          a7 = v.fma(w2, a7);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 17 * V));
          a7 = v.fma(w3, a7);
          if (FENCES) FLOAT.cast(a7).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 18 * V));
          a7 = v.fma(w4, a7);
          p += tapRow;
          q += 5 * V;
        }
        if (add) {
          FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o)).add(a0)).intoArray(y, o);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + V)).add(a1))
              .intoArray(y, o + V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 2 * V)).add(a2))
              .intoArray(y, o + 2 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 3 * V)).add(a3))
              .intoArray(y, o + 3 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 4 * V)).add(a4))
              .intoArray(y, o + 4 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 5 * V)).add(a5))
              .intoArray(y, o + 5 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 6 * V)).add(a6))
              .intoArray(y, o + 6 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 7 * V)).add(a7))
              .intoArray(y, o + 7 * V);
        } else {
          FLOAT.cast(a0).intoArray(y, o);
          FLOAT.cast(a1).intoArray(y, o + V);
          FLOAT.cast(a2).intoArray(y, o + 2 * V);
          FLOAT.cast(a3).intoArray(y, o + 3 * V);
          FLOAT.cast(a4).intoArray(y, o + 4 * V);
          FLOAT.cast(a5).intoArray(y, o + 5 * V);
          FLOAT.cast(a6).intoArray(y, o + 6 * V);
          FLOAT.cast(a7).intoArray(y, o + 7 * V);
        }
      }
    }
  }

  static void taps5x4d1s2(
      float[] x,
      int at,
      int xRow,
      int tapRow,
      int taps,
      float[] w,
      int wAt,
      boolean add,
      float[] y,
      int to,
      int yRow,
      int rows,
      int columns,
      float[] fence) {
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < columns; t += 4) {
        int j = Math.min(t, columns - 4);
        int p = at + r * xRow + 2 * j * V;
        int o = to + r * yRow + j * V;
        int q = wAt;
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = FloatVector.zero(FLOATS);
        FloatVector a2 = FloatVector.zero(FLOATS);
        FloatVector a3 = FloatVector.zero(FLOATS);
        for (int i = 0; i < taps; i++) {
          FloatVector w0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q));
          FloatVector w1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + V));
          FloatVector w2 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 2 * V));
          FloatVector w3 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 3 * V));
          FloatVector w4 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 4 * V));
          FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
          a0 = v.fma(w0, a0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
          a0 = v.fma(w1, a0);
          if (FENCES) FLOAT.cast(a0).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
          a0 = v.fma(w2, a0);
          a1 = v.fma(w0, a1);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * V));
          a0 = v.fma(w3, a0);
          a1 = v.fma(w1, a1);
          if (FENCES) FLOAT.cast(a0).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
          a0 = v.fma(w4, a0);
          a1 = v.fma(w2, a1);
          a2 = v.fma(w0, a2);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 5 * V));
          a1 = v.fma(w3, a1);
          a2 = v.fma(w1, a2);
          if (FENCES) FLOAT.cast(a1).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
          a1 = v.fma(w4, a1);
          a2 = v.fma(w2, a2);
          a3 = v.fma(w0, a3);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 7 * V));
          a2 = v.fma(w3, a2);
          a3 = v.fma(w1, a3);
          if (FENCES) FLOAT.cast(a2).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 8 * V));
          a2 = v.fma(w4, a2);
          a3 = v.fma(w2, a3);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 9 * V));
          a3 = v.fma(w3, a3);
          if (FENCES) FLOAT.cast(a3).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 10 * V));
          a3 = v.fma(w4, a3);
          p += tapRow;
          q += 5 * V;
        }
        if (add) {
          FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o)).add(a0)).intoArray(y, o);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + V)).add(a1))
              .intoArray(y, o + V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 2 * V)).add(a2))
              .intoArray(y, o + 2 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 3 * V)).add(a3))
              .intoArray(y, o + 3 * V);
        } else {
          FLOAT.cast(a0).intoArray(y, o);
          FLOAT.cast(a1).intoArray(y, o + V);
          FLOAT.cast(a2).intoArray(y, o + 2 * V);
          FLOAT.cast(a3).intoArray(y, o + 3 * V);
        }
      }
    }
  }

  static void taps5x8d2s1(
      float[] x,
      int at,
      int xRow,
      int tapRow,
      int taps,
      float[] w,
      int wAt,
      boolean add,
      float[] y,
      int to,
      int yRow,
      int rows,
      int columns,
      float[] fence) {
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < columns; t += 8) {
        int j = Math.min(t, columns - 8);
        int p = at + r * xRow + j * V;
        int o = to + r * yRow + j * V;
        int q = wAt;
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = FloatVector.zero(FLOATS);
        FloatVector a2 = FloatVector.zero(FLOATS);
        FloatVector a3 = FloatVector.zero(FLOATS);
        FloatVector a4 = FloatVector.zero(FLOATS);
        FloatVector a5 = FloatVector.zero(FLOATS);
        FloatVector a6 = FloatVector.zero(FLOATS);
        FloatVector a7 = FloatVector.zero(FLOATS);
        for (int i = 0; i < taps; i++) {
          FloatVector w0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q));
          FloatVector w1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + V));
          FloatVector w2 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 2 * V));
          FloatVector w3 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 3 * V));
          FloatVector w4 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 4 * V));
          FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
          a0 = v.fma(w0, a0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
          a1 = v.fma(w0, a1);
          if (FENCES) FLOAT.cast(a1).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
          a0 = v.fma(w1, a0);
          a2 = v.fma(w0, a2);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * V));
          a1 = v.fma(w1, a1);
          a3 = v.fma(w0, a3);
          if (FENCES) FLOAT.cast(a1).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
          a0 = v.fma(w2, a0);
          a2 = v.fma(w1, a2);
          a4 = v.fma(w0, a4);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 5 * V));
          a1 = v.fma(w2, a1);
          a3 = v.fma(w1, a3);
          a5 = v.fma(w0, a5);
          if (FENCES) FLOAT.cast(a1).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
          a0 = v.fma(w3, a0);
          a2 = v.fma(w2, a2);
          a4 = v.fma(w1, a4);
          a6 = v.fma(w0, a6);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 7 * V));
          a1 = v.fma(w3, a1);
          a3 = v.fma(w2, a3);
          a5 = v.fma(w1, a5);
          a7 = v.fma(w0, a7);
          if (FENCES) FLOAT.cast(a1).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 8 * V));
          a0 = v.fma(w4, a0);
          a2 = v.fma(w3, a2);
          a4 = v.fma(w2, a4);
          a6 = v.fma(w1, a6);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 9 * V));
          a1 = v.fma(w4, a1);
          a3 = v.fma(w3, a3);
          a5 = v.fma(w2, a5);
          a7 = v.fma(w1, a7);
          if (FENCES) FLOAT.cast(a1).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 10 * V));
          a2 = v.fma(w4, a2);
          a4 = v.fma(w3, a4);
          a6 = v.fma(w2, a6);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 11 * V));
          a3 = v.fma(w4, a3);
          a5 = v.fma(w3, a5);
          a7 = v.fma(w2, a7);
          if (FENCES) FLOAT.cast(a3).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 12 * V));
          a4 = v.fma(w4, a4);
          a6 = v.fma(w3, a6);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 13 * V));
          a5 = v.fma(w4, a5);
          a7 = v.fma(w3, a7);
          if (FENCES) FLOAT.cast(a5).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 14 * V));
          a6 = v.fma(w4, a6);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 15 * V));
          a7 = v.fma(w4, a7);
          p += tapRow;
          q += 5 * V;
        }
        if (add) {
          FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o)).add(a0)).intoArray(y, o);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + V)).add(a1))
              .intoArray(y, o + V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 2 * V)).add(a2))
              .intoArray(y, o + 2 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 3 * V)).add(a3))
              .intoArray(y, o + 3 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 4 * V)).add(a4))
              .intoArray(y, o + 4 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 5 * V)).add(a5))
              .intoArray(y, o + 5 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 6 * V)).add(a6))
              .intoArray(y, o + 6 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 7 * V)).add(a7))
              .intoArray(y, o + 7 * V);
        } else {
          FLOAT.cast(a0).intoArray(y, o);
          FLOAT.cast(a1).intoArray(y, o + V);
          FLOAT.cast(a2).intoArray(y, o + 2 * V);
          FLOAT.cast(a3).intoArray(y, o + 3 * V);
          FLOAT.cast(a4).intoArray(y, o + 4 * V);
          FLOAT.cast(a5).intoArray(y, o + 5 * V);
          FLOAT.cast(a6).intoArray(y, o + 6 * V);
          FLOAT.cast(a7).intoArray(y, o + 7 * V);
        }
      }
    }
  }

  static void taps5x4d2s1(
      float[] x,
      int at,
      int xRow,
      int tapRow,
      int taps,
      float[] w,
      int wAt,
      boolean add,
      float[] y,
      int to,
      int yRow,
      int rows,
      int columns,
      float[] fence) {
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < columns; t += 4) {
        int j = Math.min(t, columns - 4);
        int p = at + r * xRow + j * V;
        int o = to + r * yRow + j * V;
        int q = wAt;
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = FloatVector.zero(FLOATS);
        FloatVector a2 = FloatVector.zero(FLOATS);
        FloatVector a3 = FloatVector.zero(FLOATS);
        for (int i = 0; i < taps; i++) {
          FloatVector w0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q));
          FloatVector w1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + V));
          FloatVector w2 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 2 * V));
          FloatVector w3 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 3 * V));
          FloatVector w4 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 4 * V));
          FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
          a0 = v.fma(w0, a0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
          a1 = v.fma(w0, a1);
          if (FENCES) FLOAT.cast(a1).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
          a0 = v.fma(w1, a0);
          a2 = v.fma(w0, a2);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * V));
          a1 = v.fma(w1, a1);
          a3 = v.fma(w0, a3);
          if (FENCES) FLOAT.cast(a1).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
          a0 = v.fma(w2, a0);
          a2 = v.fma(w1, a2);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 5 * V));
          a1 = v.fma(w2, a1);
          a3 = v.fma(w1, a3);
          if (FENCES) FLOAT.cast(a1).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
          a0 = v.fma(w3, a0);
          a2 = v.fma(w2, a2);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 7 * V));
          a1 = v.fma(w3, a1);
          a3 = v.fma(w2, a3);
          if (FENCES) FLOAT.cast(a1).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 8 * V));
          a0 = v.fma(w4, a0);
          a2 = v.fma(w3, a2);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 9 * V));
          a1 = v.fma(w4, a1);
          a3 = v.fma(w3, a3);
          if (FENCES) FLOAT.cast(a1).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 10 * V));
          a2 = v.fma(w4, a2);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 11 * V));
          a3 = v.fma(w4, a3);
          p += tapRow;
          q += 5 * V;
        }
        if (add) {
          FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o)).add(a0)).intoArray(y, o);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + V)).add(a1))
              .intoArray(y, o + V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 2 * V)).add(a2))
              .intoArray(y, o + 2 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 3 * V)).add(a3))
              .intoArray(y, o + 3 * V);
        } else {
          FLOAT.cast(a0).intoArray(y, o);
          FLOAT.cast(a1).intoArray(y, o + V);
          FLOAT.cast(a2).intoArray(y, o + 2 * V);
          FLOAT.cast(a3).intoArray(y, o + 3 * V);
        }
      }
    }
  }

  static void taps5x8d2s2(
      float[] x,
      int at,
      int xRow,
      int tapRow,
      int taps,
      float[] w,
      int wAt,
      boolean add,
      float[] y,
      int to,
      int yRow,
      int rows,
      int columns,
      float[] fence) {
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < columns; t += 8) {
        int j = Math.min(t, columns - 8);
        int p = at + r * xRow + 2 * j * V;
        int o = to + r * yRow + j * V;
        int q = wAt;
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = FloatVector.zero(FLOATS);
        FloatVector a2 = FloatVector.zero(FLOATS);
        FloatVector a3 = FloatVector.zero(FLOATS);
        FloatVector a4 = FloatVector.zero(FLOATS);
        FloatVector a5 = FloatVector.zero(FLOATS);
        FloatVector a6 = FloatVector.zero(FLOATS);
        FloatVector a7 = FloatVector.zero(FLOATS);
        for (int i = 0; i < taps; i++) {
          FloatVector w0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q));
          FloatVector w1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + V));
          FloatVector w2 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 2 * V));
          FloatVector w3 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 3 * V));
          FloatVector w4 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 4 * V));
          FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
          a0 = v.fma(w0, a0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
          a0 = v.fma(w1, a0);
          a1 = v.fma(w0, a1);
          if (FENCES) FLOAT.cast(a0).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
          a0 = v.fma(w2, a0);
          a1 = v.fma(w1, a1);
          a2 = v.fma(w0, a2);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
          a0 = v.fma(w3, a0);
          a1 = v.fma(w2, a1);
          a2 = v.fma(w1, a2);
          a3 = v.fma(w0, a3);
          if (FENCES) FLOAT.cast(a0).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 8 * V));
          a0 = v.fma(w4, a0);
          a1 = v.fma(w3, a1);
          a2 = v.fma(w2, a2);
          a3 = v.fma(w1, a3);
          a4 = v.fma(w0, a4);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 10 * V));
          a1 = v.fma(w4, a1);
          a2 = v.fma(w3, a2);
          a3 = v.fma(w2, a3);
          a4 = v.fma(w1, a4);
          a5 = v.fma(w0, a5);
          if (FENCES) FLOAT.cast(a1).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 12 * V));
          a2 = v.fma(w4, a2);
          a3 = v.fma(w3, a3);
          a4 = v.fma(w2, a4);
          a5 = v.fma(w1, a5);
          a6 = v.fma(w0, a6);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 14 * V));
          a3 = v.fma(w4, a3);
          a4 = v.fma(w3, a4);
          a5 = v.fma(w2, a5);
          a6 = v.fma(w1, a6);
          a7 = v.fma(w0, a7);
          if (FENCES) FLOAT.cast(a3).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 16 * V));
          a4 = v.fma(w4, a4);
          a5 = v.fma(w3, a5);
          a6 = v.fma(w2, a6);
          a7 = v.fma(w1, a7);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 18 * V));
          a5 = v.fma(w4, a5);
          a6 = v.fma(w3, a6);
          a7 = v.fma(w2, a7);
          if (FENCES) FLOAT.cast(a5).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 20 * V));
          a6 = v.fma(w4, a6);
          a7 = v.fma(w3, a7);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 22 * V));
          a7 = v.fma(w4, a7);
          p += tapRow;
          q += 5 * V;
        }
        if (add) {
          FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o)).add(a0)).intoArray(y, o);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + V)).add(a1))
              .intoArray(y, o + V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 2 * V)).add(a2))
              .intoArray(y, o + 2 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 3 * V)).add(a3))
              .intoArray(y, o + 3 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 4 * V)).add(a4))
              .intoArray(y, o + 4 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 5 * V)).add(a5))
              .intoArray(y, o + 5 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 6 * V)).add(a6))
              .intoArray(y, o + 6 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 7 * V)).add(a7))
              .intoArray(y, o + 7 * V);
        } else {
          FLOAT.cast(a0).intoArray(y, o);
          FLOAT.cast(a1).intoArray(y, o + V);
          FLOAT.cast(a2).intoArray(y, o + 2 * V);
          FLOAT.cast(a3).intoArray(y, o + 3 * V);
          FLOAT.cast(a4).intoArray(y, o + 4 * V);
          FLOAT.cast(a5).intoArray(y, o + 5 * V);
          FLOAT.cast(a6).intoArray(y, o + 6 * V);
          FLOAT.cast(a7).intoArray(y, o + 7 * V);
        }
      }
    }
  }

  static void taps5x4d2s2(
      float[] x,
      int at,
      int xRow,
      int tapRow,
      int taps,
      float[] w,
      int wAt,
      boolean add,
      float[] y,
      int to,
      int yRow,
      int rows,
      int columns,
      float[] fence) {
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < columns; t += 4) {
        int j = Math.min(t, columns - 4);
        int p = at + r * xRow + 2 * j * V;
        int o = to + r * yRow + j * V;
        int q = wAt;
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = FloatVector.zero(FLOATS);
        FloatVector a2 = FloatVector.zero(FLOATS);
        FloatVector a3 = FloatVector.zero(FLOATS);
        for (int i = 0; i < taps; i++) {
          FloatVector w0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q));
          FloatVector w1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + V));
          FloatVector w2 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 2 * V));
          FloatVector w3 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 3 * V));
          FloatVector w4 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 4 * V));
          FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
          a0 = v.fma(w0, a0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
          a0 = v.fma(w1, a0);
          a1 = v.fma(w0, a1);
          if (FENCES) FLOAT.cast(a0).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
          a0 = v.fma(w2, a0);
          a1 = v.fma(w1, a1);
          a2 = v.fma(w0, a2);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
          a0 = v.fma(w3, a0);
          a1 = v.fma(w2, a1);
          a2 = v.fma(w1, a2);
          a3 = v.fma(w0, a3);
          if (FENCES) FLOAT.cast(a0).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 8 * V));
          a0 = v.fma(w4, a0);
          a1 = v.fma(w3, a1);
          a2 = v.fma(w2, a2);
          a3 = v.fma(w1, a3);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 10 * V));
          a1 = v.fma(w4, a1);
          a2 = v.fma(w3, a2);
          a3 = v.fma(w2, a3);
          if (FENCES) FLOAT.cast(a1).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 12 * V));
          a2 = v.fma(w4, a2);
          a3 = v.fma(w3, a3);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 14 * V));
          a3 = v.fma(w4, a3);
          p += tapRow;
          q += 5 * V;
        }
        if (add) {
          FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o)).add(a0)).intoArray(y, o);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + V)).add(a1))
              .intoArray(y, o + V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 2 * V)).add(a2))
              .intoArray(y, o + 2 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 3 * V)).add(a3))
              .intoArray(y, o + 3 * V);
        } else {
          FLOAT.cast(a0).intoArray(y, o);
          FLOAT.cast(a1).intoArray(y, o + V);
          FLOAT.cast(a2).intoArray(y, o + 2 * V);
          FLOAT.cast(a3).intoArray(y, o + 3 * V);
        }
      }
    }
  }

  static void taps7x8d1s1(
      float[] x,
      int at,
      int xRow,
      int tapRow,
      int taps,
      float[] w,
      int wAt,
      boolean add,
      float[] y,
      int to,
      int yRow,
      int rows,
      int columns,
      float[] fence) {
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < columns; t += 8) {
        int j = Math.min(t, columns - 8);
        int p = at + r * xRow + j * V;
        int o = to + r * yRow + j * V;
        int q = wAt;
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = FloatVector.zero(FLOATS);
        FloatVector a2 = FloatVector.zero(FLOATS);
        FloatVector a3 = FloatVector.zero(FLOATS);
        FloatVector a4 = FloatVector.zero(FLOATS);
        FloatVector a5 = FloatVector.zero(FLOATS);
        FloatVector a6 = FloatVector.zero(FLOATS);
        FloatVector a7 = FloatVector.zero(FLOATS);
        for (int i = 0; i < taps; i++) {
          FloatVector w0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q));
          FloatVector w1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + V));
          FloatVector w2 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 2 * V));
          FloatVector w3 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 3 * V));
          FloatVector w4 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 4 * V));
          FloatVector w5 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 5 * V));
          FloatVector w6 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 6 * V));
          FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
          a0 = v.fma(w0, a0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
          a0 = v.fma(w1, a0);
          a1 = v.fma(w0, a1);
          if (FENCES) FLOAT.cast(a0).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
          a0 = v.fma(w2, a0);
          a1 = v.fma(w1, a1);
          a2 = v.fma(w0, a2);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * V));
          a0 = v.fma(w3, a0);
          a1 = v.fma(w2, a1);
          a2 = v.fma(w1, a2);
          a3 = v.fma(w0, a3);
          if (FENCES) FLOAT.cast(a0).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
          a0 = v.fma(w4, a0);
          a1 = v.fma(w3, a1);
          a2 = v.fma(w2, a2);
          a3 = v.fma(w1, a3);
          a4 = v.fma(w0, a4);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 5 * V));
          a0 = v.fma(w5, a0);
          a1 = v.fma(w4, a1);
          a2 = v.fma(w3, a2);
          a3 = v.fma(w2, a3);
          a4 = v.fma(w1, a4);
          a5 = v.fma(w0, a5);
          if (FENCES) FLOAT.cast(a0).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
          a0 = v.fma(w6, a0);
          a1 = v.fma(w5, a1);
          a2 = v.fma(w4, a2);
          a3 = v.fma(w3, a3);
          a4 = v.fma(w2, a4);
          a5 = v.fma(w1, a5);
          a6 = v.fma(w0, a6);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 7 * V));
          a1 = v.fma(w6, a1);
          a2 = v.fma(w5, a2);
          a3 = v.fma(w4, a3);
          a4 = v.fma(w3, a4);
          a5 = v.fma(w2, a5);
          a6 = v.fma(w1, a6);
          a7 = v.fma(w0, a7);
          if (FENCES) FLOAT.cast(a1).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 8 * V));
          a2 = v.fma(w6, a2);
          a3 = v.fma(w5, a3);
          a4 = v.fma(w4, a4);
          a5 = v.fma(w3, a5);
          a6 = v.fma(w2, a6);
          a7 = v.fma(w1, a7);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 9 * V));
          a3 = v.fma(w6, a3);
          a4 = v.fma(w5, a4);
          a5 = v.fma(w4, a5);
          a6 = v.fma(w3, a6);
          a7 = v.fma(w2, a7);
          if (FENCES) FLOAT.cast(a3).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 10 * V));
          a4 = v.fma(w6, a4);
          a5 = v.fma(w5, a5);
          a6 = v.fma(w4, a6);
          a7 = v.fma(w3, a7);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 11 * V));
          a5 = v.fma(w6, a5);
          a6 = v.fma(w5, a6);
          a7 = v.fma(w4, a7);
          if (FENCES) FLOAT.cast(a5).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 12 * V));
          a6 = v.fma(w6, a6);
          a7 = v.fma(w5, a7);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 13 * V));
          a7 = v.fma(w6, a7);
          p += tapRow;
          q += 7 * V;
        }
        if (add) {
          FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o)).add(a0)).intoArray(y, o);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + V)).add(a1))
              .intoArray(y, o + V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 2 * V)).add(a2))
              .intoArray(y, o + 2 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 3 * V)).add(a3))
              .intoArray(y, o + 3 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 4 * V)).add(a4))
              .intoArray(y, o + 4 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 5 * V)).add(a5))
              .intoArray(y, o + 5 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 6 * V)).add(a6))
              .intoArray(y, o + 6 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 7 * V)).add(a7))
              .intoArray(y, o + 7 * V);
        } else {
          FLOAT.cast(a0).intoArray(y, o);
          FLOAT.cast(a1).intoArray(y, o + V);
          FLOAT.cast(a2).intoArray(y, o + 2 * V);
          FLOAT.cast(a3).intoArray(y, o + 3 * V);
          FLOAT.cast(a4).intoArray(y, o + 4 * V);
          FLOAT.cast(a5).intoArray(y, o + 5 * V);
          FLOAT.cast(a6).intoArray(y, o + 6 * V);
          FLOAT.cast(a7).intoArray(y, o + 7 * V);
        }
      }
    }
  }

  static void taps7x4d1s1(
      float[] x,
      int at,
      int xRow,
      int tapRow,
      int taps,
      float[] w,
      int wAt,
      boolean add,
      float[] y,
      int to,
      int yRow,
      int rows,
      int columns,
      float[] fence) {
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < columns; t += 4) {
        int j = Math.min(t, columns - 4);
        int p = at + r * xRow + j * V;
        int o = to + r * yRow + j * V;
        int q = wAt;
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = FloatVector.zero(FLOATS);
        FloatVector a2 = FloatVector.zero(FLOATS);
        FloatVector a3 = FloatVector.zero(FLOATS);
        for (int i = 0; i < taps; i++) {
          FloatVector w0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q));
          FloatVector w1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + V));
          FloatVector w2 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 2 * V));
          FloatVector w3 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 3 * V));
          FloatVector w4 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 4 * V));
          FloatVector w5 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 5 * V));
          FloatVector w6 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 6 * V));
          FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
          a0 = v.fma(w0, a0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
          a0 = v.fma(w1, a0);
          a1 = v.fma(w0, a1);
          if (FENCES) FLOAT.cast(a0).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
          a0 = v.fma(w2, a0);
          a1 = v.fma(w1, a1);
          a2 = v.fma(w0, a2);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * V));
          a0 = v.fma(w3, a0);
          a1 = v.fma(w2, a1);
          a2 = v.fma(w1, a2);
          a3 = v.fma(w0, a3);
          if (FENCES) FLOAT.cast(a0).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
          a0 = v.fma(w4, a0);
          a1 = v.fma(w3, a1);
          a2 = v.fma(w2, a2);
          a3 = v.fma(w1, a3);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 5 * V));
          a0 = v.fma(w5, a0);
          a1 = v.fma(w4, a1);
          a2 = v.fma(w3, a2);
          a3 = v.fma(w2, a3);
          if (FENCES) FLOAT.cast(a0).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
          a0 = v.fma(w6, a0);
          a1 = v.fma(w5, a1);
          a2 = v.fma(w4, a2);
          a3 = v.fma(w3, a3);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 7 * V));
          a1 = v.fma(w6, a1);
          a2 = v.fma(w5, a2);
          a3 = v.fma(w4, a3);
          if (FENCES) FLOAT.cast(a1).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 8 * V));
          a2 = v.fma(w6, a2);
          a3 = v.fma(w5, a3);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 9 * V));
          a3 = v.fma(w6, a3);
          p += tapRow;
          q += 7 * V;
        }
        if (add) {
          FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o)).add(a0)).intoArray(y, o);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + V)).add(a1))
              .intoArray(y, o + V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 2 * V)).add(a2))
              .intoArray(y, o + 2 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 3 * V)).add(a3))
              .intoArray(y, o + 3 * V);
        } else {
          FLOAT.cast(a0).intoArray(y, o);
          FLOAT.cast(a1).intoArray(y, o + V);
          FLOAT.cast(a2).intoArray(y, o + 2 * V);
          FLOAT.cast(a3).intoArray(y, o + 3 * V);
        }
      }
    }
  }

  static void taps7x4d1s2(
      float[] x,
      int at,
      int xRow,
      int tapRow,
      int taps,
      float[] w,
      int wAt,
      boolean add,
      float[] y,
      int to,
      int yRow,
      int rows,
      int columns,
      float[] fence) {
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < columns; t += 4) {
        int j = Math.min(t, columns - 4);
        int p = at + r * xRow + 2 * j * V;
        int o = to + r * yRow + j * V;
        int q = wAt;
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = FloatVector.zero(FLOATS);
        FloatVector a2 = FloatVector.zero(FLOATS);
        FloatVector a3 = FloatVector.zero(FLOATS);
        for (int i = 0; i < taps; i++) {
          FloatVector w0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q));
          FloatVector w1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + V));
          FloatVector w2 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 2 * V));
          FloatVector w3 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 3 * V));
          FloatVector w4 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 4 * V));
          FloatVector w5 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 5 * V));
          FloatVector w6 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q + 6 * V));
          FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
          a0 = v.fma(w0, a0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
          a0 = v.fma(w1, a0);
          if (FENCES) FLOAT.cast(a0).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
          a0 = v.fma(w2, a0);
          a1 = v.fma(w0, a1);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * V));
          a0 = v.fma(w3, a0);
          a1 = v.fma(w1, a1);
          if (FENCES) FLOAT.cast(a0).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
          a0 = v.fma(w4, a0);
          a1 = v.fma(w2, a1);
          a2 = v.fma(w0, a2);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 5 * V));
          a0 = v.fma(w5, a0);
          a1 = v.fma(w3, a1);
          a2 = v.fma(w1, a2);
          if (FENCES) FLOAT.cast(a0).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
          a0 = v.fma(w6, a0);
          a1 = v.fma(w4, a1);
          a2 = v.fma(w2, a2);
          a3 = v.fma(w0, a3);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 7 * V));
          a1 = v.fma(w5, a1);
          a2 = v.fma(w3, a2);
          a3 = v.fma(w1, a3);
          if (FENCES) FLOAT.cast(a1).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 8 * V));
          a1 = v.fma(w6, a1);
          a2 = v.fma(w4, a2);
          a3 = v.fma(w2, a3);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 9 * V));
          a2 = v.fma(w5, a2);
          a3 = v.fma(w3, a3);
          if (FENCES) FLOAT.cast(a2).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 10 * V));
          a2 = v.fma(w6, a2);
          a3 = v.fma(w4, a3);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 11 * V));
          a3 = v.fma(w5, a3);
          if (FENCES) FLOAT.cast(a3).intoArray(fence, 0);
          v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 12 * V));
          a3 = v.fma(w6, a3);
          p += tapRow;
          q += 7 * V;
        }
        if (add) {
          FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o)).add(a0)).intoArray(y, o);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + V)).add(a1))
              .intoArray(y, o + V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 2 * V)).add(a2))
              .intoArray(y, o + 2 * V);
          FLOAT
              .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 3 * V)).add(a3))
              .intoArray(y, o + 3 * V);
        } else {
          FLOAT.cast(a0).intoArray(y, o);
          FLOAT.cast(a1).intoArray(y, o + V);
          FLOAT.cast(a2).intoArray(y, o + 2 * V);
          FLOAT.cast(a3).intoArray(y, o + 3 * V);
        }
      }
    }
  }

  /**
   * Any taps: 8 pixels, a tap a trip; {@code step} floats from an output's first tap to the next's,
   * {@code gap} from a tap to the next.
   */
  static void anyx8(
      float[] x,
      int at,
      int row,
      int gap,
      int step,
      int tapRows,
      int tapColumns,
      float[] w,
      int wAt,
      boolean add,
      float[] y,
      int o,
      int pitch) {
    int p = at;
    int skip = row - tapColumns * gap;
    int b = 0;
    int end = wAt + tapRows * tapColumns * V;
    FloatVector a0 = FloatVector.zero(FLOATS);
    FloatVector a1 = FloatVector.zero(FLOATS);
    FloatVector a2 = FloatVector.zero(FLOATS);
    FloatVector a3 = FloatVector.zero(FLOATS);
    FloatVector a4 = FloatVector.zero(FLOATS);
    FloatVector a5 = FloatVector.zero(FLOATS);
    FloatVector a6 = FloatVector.zero(FLOATS);
    FloatVector a7 = FloatVector.zero(FLOATS);
    for (int q = wAt; q < end; q += V) {
      FloatVector u = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q));
      a0 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p)).fma(u, a0);
      a1 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + step)).fma(u, a1);
      a2 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * step)).fma(u, a2);
      a3 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * step)).fma(u, a3);
      a4 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * step)).fma(u, a4);
      a5 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 5 * step)).fma(u, a5);
      a6 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * step)).fma(u, a6);
      a7 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 7 * step)).fma(u, a7);
      p += gap;
      if (++b == tapColumns) {
        b = 0;
        p += skip;
      }
    }
    if (add) {
      FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o)).add(a0)).intoArray(y, o);
      FLOAT
          .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + pitch)).add(a1))
          .intoArray(y, o + pitch);
      FLOAT
          .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 2 * pitch)).add(a2))
          .intoArray(y, o + 2 * pitch);
      FLOAT
          .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 3 * pitch)).add(a3))
          .intoArray(y, o + 3 * pitch);
      FLOAT
          .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 4 * pitch)).add(a4))
          .intoArray(y, o + 4 * pitch);
      FLOAT
          .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 5 * pitch)).add(a5))
          .intoArray(y, o + 5 * pitch);
      FLOAT
          .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 6 * pitch)).add(a6))
          .intoArray(y, o + 6 * pitch);
      FLOAT
          .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o + 7 * pitch)).add(a7))
          .intoArray(y, o + 7 * pitch);
    } else {
      FLOAT.cast(a0).intoArray(y, o);
      FLOAT.cast(a1).intoArray(y, o + pitch);
      FLOAT.cast(a2).intoArray(y, o + 2 * pitch);
      FLOAT.cast(a3).intoArray(y, o + 3 * pitch);
      FLOAT.cast(a4).intoArray(y, o + 4 * pitch);
      FLOAT.cast(a5).intoArray(y, o + 5 * pitch);
      FLOAT.cast(a6).intoArray(y, o + 6 * pitch);
      FLOAT.cast(a7).intoArray(y, o + 7 * pitch);
    }
  }

  /** Any taps: 1 pixel, a tap a trip; {@code gap} from a tap to the next. */
  static void anyx1(
      float[] x,
      int at,
      int row,
      int gap,
      int tapRows,
      int tapColumns,
      float[] w,
      int wAt,
      boolean add,
      float[] y,
      int o) {
    int p = at;
    int skip = row - tapColumns * gap;
    int b = 0;
    int end = wAt + tapRows * tapColumns * V;
    FloatVector a0 = FloatVector.zero(FLOATS);
    for (int q = wAt; q < end; q += V) {
      FloatVector u = FLOAT.cast(FloatVector.fromArray(FLOATS, w, q));
      a0 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p)).fma(u, a0);
      p += gap;
      if (++b == tapColumns) {
        b = 0;
        p += skip;
      }
    }
    if (add) {
      FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, y, o)).add(a0)).intoArray(y, o);
    } else {
      FLOAT.cast(a0).intoArray(y, o);
    }
  }
}
