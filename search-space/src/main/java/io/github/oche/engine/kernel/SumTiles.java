package io.github.oche.engine.kernel;

import static io.github.oche.engine.kernel.Lanes.FLOAT;
import static io.github.oche.engine.kernel.Lanes.FLOATS;
import static io.github.oche.engine.kernel.Lanes.V;

import jdk.incubator.vector.FloatVector;

// Written by src/kernels/tiles.py. Change that, not this.

/**
 * Sums of streams: {@code combine8} makes 8 pixels, the loop runs over streams; {@code few2} makes
 * all pixels of 2 streams whose pixels are V apart, the loop runs over pixels.
 */
final class SumTiles {
  private SumTiles() {}

  static void few1(
      float[] x0,
      int p0,
      float[] c,
      int cAt,
      float floor,
      float[] y,
      int o,
      int pitch,
      int pixels) {
    FloatVector u0 = FLOAT.cast(FloatVector.fromArray(FLOATS, c, cAt));
    FloatVector constant = FLOAT.cast(FloatVector.fromArray(FLOATS, c, cAt + V));
    FloatVector low = FLOAT.cast(FloatVector.broadcast(FLOATS, floor));
    for (int i = 0; i < pixels; i++) {
      FloatVector a = FLOAT.cast(FloatVector.fromArray(FLOATS, x0, p0 + i * V)).fma(u0, constant);
      FLOAT.cast(low.max(a)).intoArray(y, o + i * pitch);
    }
  }

  static void few2(
      float[] x0,
      int p0,
      float[] x1,
      int p1,
      float[] c,
      int cAt,
      float floor,
      float[] y,
      int o,
      int pitch,
      int pixels) {
    FloatVector u0 = FLOAT.cast(FloatVector.fromArray(FLOATS, c, cAt));
    FloatVector u1 = FLOAT.cast(FloatVector.fromArray(FLOATS, c, cAt + V));
    FloatVector constant = FLOAT.cast(FloatVector.fromArray(FLOATS, c, cAt + 2 * V));
    FloatVector low = FLOAT.cast(FloatVector.broadcast(FLOATS, floor));
    for (int i = 0; i < pixels; i++) {
      FloatVector a = FLOAT.cast(FloatVector.fromArray(FLOATS, x0, p0 + i * V)).fma(u0, constant);
      a = FLOAT.cast(FloatVector.fromArray(FLOATS, x1, p1 + i * V)).fma(u1, a);
      FLOAT.cast(low.max(a)).intoArray(y, o + i * pitch);
    }
  }

  static void few3(
      float[] x0,
      int p0,
      float[] x1,
      int p1,
      float[] x2,
      int p2,
      float[] c,
      int cAt,
      float floor,
      float[] y,
      int o,
      int pitch,
      int pixels) {
    FloatVector u0 = FLOAT.cast(FloatVector.fromArray(FLOATS, c, cAt));
    FloatVector u1 = FLOAT.cast(FloatVector.fromArray(FLOATS, c, cAt + V));
    FloatVector u2 = FLOAT.cast(FloatVector.fromArray(FLOATS, c, cAt + 2 * V));
    FloatVector constant = FLOAT.cast(FloatVector.fromArray(FLOATS, c, cAt + 3 * V));
    FloatVector low = FLOAT.cast(FloatVector.broadcast(FLOATS, floor));
    for (int i = 0; i < pixels; i++) {
      FloatVector a = FLOAT.cast(FloatVector.fromArray(FLOATS, x0, p0 + i * V)).fma(u0, constant);
      a = FLOAT.cast(FloatVector.fromArray(FLOATS, x1, p1 + i * V)).fma(u1, a);
      a = FLOAT.cast(FloatVector.fromArray(FLOATS, x2, p2 + i * V)).fma(u2, a);
      FLOAT.cast(low.max(a)).intoArray(y, o + i * pitch);
    }
  }

  static void combine8(
      Plane[] x,
      int n,
      int r,
      int j,
      float[] c,
      int cAt,
      float floor,
      float[] y,
      int o,
      int pitch) {
    FloatVector a0 = FLOAT.cast(FloatVector.fromArray(FLOATS, c, cAt + n * V));
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    FloatVector a4 = a0;
    FloatVector a5 = a0;
    FloatVector a6 = a0;
    FloatVector a7 = a0;
    for (int k = 0; k < n; k++) {
      Plane s = x[k];
      float[] d = s.data;
      int pixel = s.pixel;
      int p = s.at + r * s.row + j * pixel;
      FloatVector u = FLOAT.cast(FloatVector.fromArray(FLOATS, c, cAt + k * V));
      a0 = FLOAT.cast(FloatVector.fromArray(FLOATS, d, p)).fma(u, a0);
      a1 = FLOAT.cast(FloatVector.fromArray(FLOATS, d, p + pixel)).fma(u, a1);
      a2 = FLOAT.cast(FloatVector.fromArray(FLOATS, d, p + 2 * pixel)).fma(u, a2);
      a3 = FLOAT.cast(FloatVector.fromArray(FLOATS, d, p + 3 * pixel)).fma(u, a3);
      a4 = FLOAT.cast(FloatVector.fromArray(FLOATS, d, p + 4 * pixel)).fma(u, a4);
      a5 = FLOAT.cast(FloatVector.fromArray(FLOATS, d, p + 5 * pixel)).fma(u, a5);
      a6 = FLOAT.cast(FloatVector.fromArray(FLOATS, d, p + 6 * pixel)).fma(u, a6);
      a7 = FLOAT.cast(FloatVector.fromArray(FLOATS, d, p + 7 * pixel)).fma(u, a7);
    }
    FloatVector low = FLOAT.cast(FloatVector.broadcast(FLOATS, floor));
    FLOAT.cast(low.max(a0)).intoArray(y, o);
    FLOAT.cast(low.max(a1)).intoArray(y, o + pitch);
    FLOAT.cast(low.max(a2)).intoArray(y, o + 2 * pitch);
    FLOAT.cast(low.max(a3)).intoArray(y, o + 3 * pitch);
    FLOAT.cast(low.max(a4)).intoArray(y, o + 4 * pitch);
    FLOAT.cast(low.max(a5)).intoArray(y, o + 5 * pitch);
    FLOAT.cast(low.max(a6)).intoArray(y, o + 6 * pitch);
    FLOAT.cast(low.max(a7)).intoArray(y, o + 7 * pitch);
  }

  static void combine4(
      Plane[] x,
      int n,
      int r,
      int j,
      float[] c,
      int cAt,
      float floor,
      float[] y,
      int o,
      int pitch) {
    FloatVector a0 = FLOAT.cast(FloatVector.fromArray(FLOATS, c, cAt + n * V));
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    for (int k = 0; k < n; k++) {
      Plane s = x[k];
      float[] d = s.data;
      int pixel = s.pixel;
      int p = s.at + r * s.row + j * pixel;
      FloatVector u = FLOAT.cast(FloatVector.fromArray(FLOATS, c, cAt + k * V));
      a0 = FLOAT.cast(FloatVector.fromArray(FLOATS, d, p)).fma(u, a0);
      a1 = FLOAT.cast(FloatVector.fromArray(FLOATS, d, p + pixel)).fma(u, a1);
      a2 = FLOAT.cast(FloatVector.fromArray(FLOATS, d, p + 2 * pixel)).fma(u, a2);
      a3 = FLOAT.cast(FloatVector.fromArray(FLOATS, d, p + 3 * pixel)).fma(u, a3);
    }
    FloatVector low = FLOAT.cast(FloatVector.broadcast(FLOATS, floor));
    FLOAT.cast(low.max(a0)).intoArray(y, o);
    FLOAT.cast(low.max(a1)).intoArray(y, o + pitch);
    FLOAT.cast(low.max(a2)).intoArray(y, o + 2 * pitch);
    FLOAT.cast(low.max(a3)).intoArray(y, o + 3 * pitch);
  }

  static void combine1(
      Plane[] x, int n, int r, int j, float[] c, int cAt, float floor, float[] y, int o) {
    FloatVector a0 = FLOAT.cast(FloatVector.fromArray(FLOATS, c, cAt + n * V));
    for (int k = 0; k < n; k++) {
      Plane s = x[k];
      float[] d = s.data;
      int pixel = s.pixel;
      int p = s.at + r * s.row + j * pixel;
      FloatVector u = FLOAT.cast(FloatVector.fromArray(FLOATS, c, cAt + k * V));
      a0 = FLOAT.cast(FloatVector.fromArray(FLOATS, d, p)).fma(u, a0);
    }
    FloatVector low = FLOAT.cast(FloatVector.broadcast(FLOATS, floor));
    FLOAT.cast(low.max(a0)).intoArray(y, o);
  }
}
