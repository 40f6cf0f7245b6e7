package io.github.oche.engine.kernel;

import static io.github.oche.engine.kernel.Lanes.FLOAT;
import static io.github.oche.engine.kernel.Lanes.FLOATS;
import static io.github.oche.engine.kernel.Lanes.V;

import jdk.incubator.vector.FloatVector;

// Written by src/kernels/tiles.py. Change that, not this.

/**
 * Weight gradients of a depthwise convolution: some taps, all pixels, one flat loop.
 *
 * <p>{@code rows2of5d2s1} has 2 rows of 5 columns of taps, dilation 2 and stride 1, and takes 2
 * pixels a trip (4 of 3 columns of taps); {@code columns} must be a multiple of 4. {@code
 * single2of5} takes one pixel a trip and any dilation and stride. {@code skip} is what a row's end
 * adds to the address.
 */
final class DepthwiseWeightTiles {
  private DepthwiseWeightTiles() {}

  static void rows3of3d1s1(
      float[] x,
      int at,
      int row,
      int xSkip,
      float[] g,
      int gAt,
      int gSkip,
      int pixels,
      int columns,
      float[] gw,
      int to) {
    int p = at;
    int q = gAt;
    int j = 0;
    FloatVector a00 = FloatVector.zero(FLOATS);
    FloatVector a01 = FloatVector.zero(FLOATS);
    FloatVector a02 = FloatVector.zero(FLOATS);
    FloatVector a10 = FloatVector.zero(FLOATS);
    FloatVector a11 = FloatVector.zero(FLOATS);
    FloatVector a12 = FloatVector.zero(FLOATS);
    FloatVector a20 = FloatVector.zero(FLOATS);
    FloatVector a21 = FloatVector.zero(FLOATS);
    FloatVector a22 = FloatVector.zero(FLOATS);
    for (int t = 0; t < pixels; t += 4) {
      FloatVector g0 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q));
      FloatVector g1 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q + V));
      FloatVector g2 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q + 2 * V));
      FloatVector g3 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q + 3 * V));
      FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
      a00 = v.fma(g0, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
      a01 = v.fma(g0, a01);
      a00 = v.fma(g1, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
      a02 = v.fma(g0, a02);
      a01 = v.fma(g1, a01);
      a00 = v.fma(g2, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * V));
      a02 = v.fma(g1, a02);
      a01 = v.fma(g2, a01);
      a00 = v.fma(g3, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
      a02 = v.fma(g2, a02);
      a01 = v.fma(g3, a01);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 5 * V));
      a02 = v.fma(g3, a02);
      int p1 = p + row;
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1));
      a10 = v.fma(g0, a10);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + V));
      a11 = v.fma(g0, a11);
      a10 = v.fma(g1, a10);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 2 * V));
      a12 = v.fma(g0, a12);
      a11 = v.fma(g1, a11);
      a10 = v.fma(g2, a10);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 3 * V));
      a12 = v.fma(g1, a12);
      a11 = v.fma(g2, a11);
      a10 = v.fma(g3, a10);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 4 * V));
      a12 = v.fma(g2, a12);
      a11 = v.fma(g3, a11);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 5 * V));
      a12 = v.fma(g3, a12);
      int p2 = p + 2 * row;
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2));
      a20 = v.fma(g0, a20);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2 + V));
      a21 = v.fma(g0, a21);
      a20 = v.fma(g1, a20);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2 + 2 * V));
      a22 = v.fma(g0, a22);
      a21 = v.fma(g1, a21);
      a20 = v.fma(g2, a20);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2 + 3 * V));
      a22 = v.fma(g1, a22);
      a21 = v.fma(g2, a21);
      a20 = v.fma(g3, a20);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2 + 4 * V));
      a22 = v.fma(g2, a22);
      a21 = v.fma(g3, a21);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2 + 5 * V));
      a22 = v.fma(g3, a22);
      p += 4 * V;
      q += 4 * V;
      j += 4;
      if (j == columns) {
        j = 0;
        p += xSkip;
        q += gSkip;
      }
    }
    FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to)).add(a00)).intoArray(gw, to);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + V)).add(a01))
        .intoArray(gw, to + V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 2 * V)).add(a02))
        .intoArray(gw, to + 2 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 3 * V)).add(a10))
        .intoArray(gw, to + 3 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 4 * V)).add(a11))
        .intoArray(gw, to + 4 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 5 * V)).add(a12))
        .intoArray(gw, to + 5 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 6 * V)).add(a20))
        .intoArray(gw, to + 6 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 7 * V)).add(a21))
        .intoArray(gw, to + 7 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 8 * V)).add(a22))
        .intoArray(gw, to + 8 * V);
  }

  static void rows3of3d2s1(
      float[] x,
      int at,
      int row,
      int xSkip,
      float[] g,
      int gAt,
      int gSkip,
      int pixels,
      int columns,
      float[] gw,
      int to) {
    int p = at;
    int q = gAt;
    int j = 0;
    FloatVector a00 = FloatVector.zero(FLOATS);
    FloatVector a01 = FloatVector.zero(FLOATS);
    FloatVector a02 = FloatVector.zero(FLOATS);
    FloatVector a10 = FloatVector.zero(FLOATS);
    FloatVector a11 = FloatVector.zero(FLOATS);
    FloatVector a12 = FloatVector.zero(FLOATS);
    FloatVector a20 = FloatVector.zero(FLOATS);
    FloatVector a21 = FloatVector.zero(FLOATS);
    FloatVector a22 = FloatVector.zero(FLOATS);
    for (int t = 0; t < pixels; t += 4) {
      FloatVector g0 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q));
      FloatVector g1 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q + V));
      FloatVector g2 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q + 2 * V));
      FloatVector g3 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q + 3 * V));
      FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
      a00 = v.fma(g0, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
      a00 = v.fma(g1, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
      a01 = v.fma(g0, a01);
      a00 = v.fma(g2, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * V));
      a01 = v.fma(g1, a01);
      a00 = v.fma(g3, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
      a02 = v.fma(g0, a02);
      a01 = v.fma(g2, a01);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 5 * V));
      a02 = v.fma(g1, a02);
      a01 = v.fma(g3, a01);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
      a02 = v.fma(g2, a02);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 7 * V));
      a02 = v.fma(g3, a02);
      int p1 = p + row;
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1));
      a10 = v.fma(g0, a10);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + V));
      a10 = v.fma(g1, a10);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 2 * V));
      a11 = v.fma(g0, a11);
      a10 = v.fma(g2, a10);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 3 * V));
      a11 = v.fma(g1, a11);
      a10 = v.fma(g3, a10);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 4 * V));
      a12 = v.fma(g0, a12);
      a11 = v.fma(g2, a11);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 5 * V));
      a12 = v.fma(g1, a12);
      a11 = v.fma(g3, a11);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 6 * V));
      a12 = v.fma(g2, a12);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 7 * V));
      a12 = v.fma(g3, a12);
      int p2 = p + 2 * row;
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2));
      a20 = v.fma(g0, a20);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2 + V));
      a20 = v.fma(g1, a20);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2 + 2 * V));
      a21 = v.fma(g0, a21);
      a20 = v.fma(g2, a20);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2 + 3 * V));
      a21 = v.fma(g1, a21);
      a20 = v.fma(g3, a20);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2 + 4 * V));
      a22 = v.fma(g0, a22);
      a21 = v.fma(g2, a21);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2 + 5 * V));
      a22 = v.fma(g1, a22);
      a21 = v.fma(g3, a21);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2 + 6 * V));
      a22 = v.fma(g2, a22);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2 + 7 * V));
      a22 = v.fma(g3, a22);
      p += 4 * V;
      q += 4 * V;
      j += 4;
      if (j == columns) {
        j = 0;
        p += xSkip;
        q += gSkip;
      }
    }
    FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to)).add(a00)).intoArray(gw, to);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + V)).add(a01))
        .intoArray(gw, to + V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 2 * V)).add(a02))
        .intoArray(gw, to + 2 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 3 * V)).add(a10))
        .intoArray(gw, to + 3 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 4 * V)).add(a11))
        .intoArray(gw, to + 4 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 5 * V)).add(a12))
        .intoArray(gw, to + 5 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 6 * V)).add(a20))
        .intoArray(gw, to + 6 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 7 * V)).add(a21))
        .intoArray(gw, to + 7 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 8 * V)).add(a22))
        .intoArray(gw, to + 8 * V);
  }

  static void rows3of3d1s2(
      float[] x,
      int at,
      int row,
      int xSkip,
      float[] g,
      int gAt,
      int gSkip,
      int pixels,
      int columns,
      float[] gw,
      int to) {
    int p = at;
    int q = gAt;
    int j = 0;
    FloatVector a00 = FloatVector.zero(FLOATS);
    FloatVector a01 = FloatVector.zero(FLOATS);
    FloatVector a02 = FloatVector.zero(FLOATS);
    FloatVector a10 = FloatVector.zero(FLOATS);
    FloatVector a11 = FloatVector.zero(FLOATS);
    FloatVector a12 = FloatVector.zero(FLOATS);
    FloatVector a20 = FloatVector.zero(FLOATS);
    FloatVector a21 = FloatVector.zero(FLOATS);
    FloatVector a22 = FloatVector.zero(FLOATS);
    for (int t = 0; t < pixels; t += 4) {
      FloatVector g0 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q));
      FloatVector g1 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q + V));
      FloatVector g2 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q + 2 * V));
      FloatVector g3 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q + 3 * V));
      FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
      a00 = v.fma(g0, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
      a01 = v.fma(g0, a01);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
      a02 = v.fma(g0, a02);
      a00 = v.fma(g1, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * V));
      a01 = v.fma(g1, a01);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
      a02 = v.fma(g1, a02);
      a00 = v.fma(g2, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 5 * V));
      a01 = v.fma(g2, a01);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
      a02 = v.fma(g2, a02);
      a00 = v.fma(g3, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 7 * V));
      a01 = v.fma(g3, a01);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 8 * V));
      a02 = v.fma(g3, a02);
      int p1 = p + row;
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1));
      a10 = v.fma(g0, a10);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + V));
      a11 = v.fma(g0, a11);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 2 * V));
      a12 = v.fma(g0, a12);
      a10 = v.fma(g1, a10);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 3 * V));
      a11 = v.fma(g1, a11);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 4 * V));
      a12 = v.fma(g1, a12);
      a10 = v.fma(g2, a10);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 5 * V));
      a11 = v.fma(g2, a11);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 6 * V));
      a12 = v.fma(g2, a12);
      a10 = v.fma(g3, a10);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 7 * V));
      a11 = v.fma(g3, a11);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 8 * V));
      a12 = v.fma(g3, a12);
      int p2 = p + 2 * row;
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2));
      a20 = v.fma(g0, a20);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2 + V));
      a21 = v.fma(g0, a21);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2 + 2 * V));
      a22 = v.fma(g0, a22);
      a20 = v.fma(g1, a20);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2 + 3 * V));
      a21 = v.fma(g1, a21);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2 + 4 * V));
      a22 = v.fma(g1, a22);
      a20 = v.fma(g2, a20);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2 + 5 * V));
      a21 = v.fma(g2, a21);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2 + 6 * V));
      a22 = v.fma(g2, a22);
      a20 = v.fma(g3, a20);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2 + 7 * V));
      a21 = v.fma(g3, a21);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2 + 8 * V));
      a22 = v.fma(g3, a22);
      p += 8 * V;
      q += 4 * V;
      j += 4;
      if (j == columns) {
        j = 0;
        p += xSkip;
        q += gSkip;
      }
    }
    FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to)).add(a00)).intoArray(gw, to);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + V)).add(a01))
        .intoArray(gw, to + V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 2 * V)).add(a02))
        .intoArray(gw, to + 2 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 3 * V)).add(a10))
        .intoArray(gw, to + 3 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 4 * V)).add(a11))
        .intoArray(gw, to + 4 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 5 * V)).add(a12))
        .intoArray(gw, to + 5 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 6 * V)).add(a20))
        .intoArray(gw, to + 6 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 7 * V)).add(a21))
        .intoArray(gw, to + 7 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 8 * V)).add(a22))
        .intoArray(gw, to + 8 * V);
  }

  static void rows3of3d2s2(
      float[] x,
      int at,
      int row,
      int xSkip,
      float[] g,
      int gAt,
      int gSkip,
      int pixels,
      int columns,
      float[] gw,
      int to) {
    int p = at;
    int q = gAt;
    int j = 0;
    FloatVector a00 = FloatVector.zero(FLOATS);
    FloatVector a01 = FloatVector.zero(FLOATS);
    FloatVector a02 = FloatVector.zero(FLOATS);
    FloatVector a10 = FloatVector.zero(FLOATS);
    FloatVector a11 = FloatVector.zero(FLOATS);
    FloatVector a12 = FloatVector.zero(FLOATS);
    FloatVector a20 = FloatVector.zero(FLOATS);
    FloatVector a21 = FloatVector.zero(FLOATS);
    FloatVector a22 = FloatVector.zero(FLOATS);
    for (int t = 0; t < pixels; t += 4) {
      FloatVector g0 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q));
      FloatVector g1 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q + V));
      FloatVector g2 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q + 2 * V));
      FloatVector g3 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q + 3 * V));
      FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
      a00 = v.fma(g0, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
      a01 = v.fma(g0, a01);
      a00 = v.fma(g1, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
      a02 = v.fma(g0, a02);
      a01 = v.fma(g1, a01);
      a00 = v.fma(g2, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
      a02 = v.fma(g1, a02);
      a01 = v.fma(g2, a01);
      a00 = v.fma(g3, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 8 * V));
      a02 = v.fma(g2, a02);
      a01 = v.fma(g3, a01);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 10 * V));
      a02 = v.fma(g3, a02);
      int p1 = p + row;
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1));
      a10 = v.fma(g0, a10);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 2 * V));
      a11 = v.fma(g0, a11);
      a10 = v.fma(g1, a10);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 4 * V));
      a12 = v.fma(g0, a12);
      a11 = v.fma(g1, a11);
      a10 = v.fma(g2, a10);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 6 * V));
      a12 = v.fma(g1, a12);
      a11 = v.fma(g2, a11);
      a10 = v.fma(g3, a10);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 8 * V));
      a12 = v.fma(g2, a12);
      a11 = v.fma(g3, a11);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 10 * V));
      a12 = v.fma(g3, a12);
      int p2 = p + 2 * row;
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2));
      a20 = v.fma(g0, a20);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2 + 2 * V));
      a21 = v.fma(g0, a21);
      a20 = v.fma(g1, a20);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2 + 4 * V));
      a22 = v.fma(g0, a22);
      a21 = v.fma(g1, a21);
      a20 = v.fma(g2, a20);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2 + 6 * V));
      a22 = v.fma(g1, a22);
      a21 = v.fma(g2, a21);
      a20 = v.fma(g3, a20);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2 + 8 * V));
      a22 = v.fma(g2, a22);
      a21 = v.fma(g3, a21);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2 + 10 * V));
      a22 = v.fma(g3, a22);
      p += 8 * V;
      q += 4 * V;
      j += 4;
      if (j == columns) {
        j = 0;
        p += xSkip;
        q += gSkip;
      }
    }
    FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to)).add(a00)).intoArray(gw, to);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + V)).add(a01))
        .intoArray(gw, to + V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 2 * V)).add(a02))
        .intoArray(gw, to + 2 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 3 * V)).add(a10))
        .intoArray(gw, to + 3 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 4 * V)).add(a11))
        .intoArray(gw, to + 4 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 5 * V)).add(a12))
        .intoArray(gw, to + 5 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 6 * V)).add(a20))
        .intoArray(gw, to + 6 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 7 * V)).add(a21))
        .intoArray(gw, to + 7 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 8 * V)).add(a22))
        .intoArray(gw, to + 8 * V);
  }

  static void rows2of5d1s1(
      float[] x,
      int at,
      int row,
      int xSkip,
      float[] g,
      int gAt,
      int gSkip,
      int pixels,
      int columns,
      float[] gw,
      int to) {
    int p = at;
    int q = gAt;
    int j = 0;
    FloatVector a00 = FloatVector.zero(FLOATS);
    FloatVector a01 = FloatVector.zero(FLOATS);
    FloatVector a02 = FloatVector.zero(FLOATS);
    FloatVector a03 = FloatVector.zero(FLOATS);
    FloatVector a04 = FloatVector.zero(FLOATS);
    FloatVector a10 = FloatVector.zero(FLOATS);
    FloatVector a11 = FloatVector.zero(FLOATS);
    FloatVector a12 = FloatVector.zero(FLOATS);
    FloatVector a13 = FloatVector.zero(FLOATS);
    FloatVector a14 = FloatVector.zero(FLOATS);
    for (int t = 0; t < pixels; t += 2) {
      FloatVector g0 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q));
      FloatVector g1 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q + V));
      FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
      a00 = v.fma(g0, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
      a01 = v.fma(g0, a01);
      a00 = v.fma(g1, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
      a02 = v.fma(g0, a02);
      a01 = v.fma(g1, a01);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * V));
      a03 = v.fma(g0, a03);
      a02 = v.fma(g1, a02);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
      a04 = v.fma(g0, a04);
      a03 = v.fma(g1, a03);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 5 * V));
      a04 = v.fma(g1, a04);
      int p1 = p + row;
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1));
      a10 = v.fma(g0, a10);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + V));
      a11 = v.fma(g0, a11);
      a10 = v.fma(g1, a10);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 2 * V));
      a12 = v.fma(g0, a12);
      a11 = v.fma(g1, a11);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 3 * V));
      a13 = v.fma(g0, a13);
      a12 = v.fma(g1, a12);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 4 * V));
      a14 = v.fma(g0, a14);
      a13 = v.fma(g1, a13);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 5 * V));
      a14 = v.fma(g1, a14);
      p += 2 * V;
      q += 2 * V;
      j += 2;
      if (j == columns) {
        j = 0;
        p += xSkip;
        q += gSkip;
      }
    }
    FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to)).add(a00)).intoArray(gw, to);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + V)).add(a01))
        .intoArray(gw, to + V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 2 * V)).add(a02))
        .intoArray(gw, to + 2 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 3 * V)).add(a03))
        .intoArray(gw, to + 3 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 4 * V)).add(a04))
        .intoArray(gw, to + 4 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 5 * V)).add(a10))
        .intoArray(gw, to + 5 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 6 * V)).add(a11))
        .intoArray(gw, to + 6 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 7 * V)).add(a12))
        .intoArray(gw, to + 7 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 8 * V)).add(a13))
        .intoArray(gw, to + 8 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 9 * V)).add(a14))
        .intoArray(gw, to + 9 * V);
  }

  static void rows2of5d2s1(
      float[] x,
      int at,
      int row,
      int xSkip,
      float[] g,
      int gAt,
      int gSkip,
      int pixels,
      int columns,
      float[] gw,
      int to) {
    int p = at;
    int q = gAt;
    int j = 0;
    FloatVector a00 = FloatVector.zero(FLOATS);
    FloatVector a01 = FloatVector.zero(FLOATS);
    FloatVector a02 = FloatVector.zero(FLOATS);
    FloatVector a03 = FloatVector.zero(FLOATS);
    FloatVector a04 = FloatVector.zero(FLOATS);
    FloatVector a10 = FloatVector.zero(FLOATS);
    FloatVector a11 = FloatVector.zero(FLOATS);
    FloatVector a12 = FloatVector.zero(FLOATS);
    FloatVector a13 = FloatVector.zero(FLOATS);
    FloatVector a14 = FloatVector.zero(FLOATS);
    for (int t = 0; t < pixels; t += 2) {
      FloatVector g0 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q));
      FloatVector g1 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q + V));
      FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
      a00 = v.fma(g0, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
      a00 = v.fma(g1, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
      a01 = v.fma(g0, a01);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * V));
      a01 = v.fma(g1, a01);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
      a02 = v.fma(g0, a02);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 5 * V));
      a02 = v.fma(g1, a02);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
      a03 = v.fma(g0, a03);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 7 * V));
      a03 = v.fma(g1, a03);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 8 * V));
      a04 = v.fma(g0, a04);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 9 * V));
      a04 = v.fma(g1, a04);
      int p1 = p + row;
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1));
      a10 = v.fma(g0, a10);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + V));
      a10 = v.fma(g1, a10);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 2 * V));
      a11 = v.fma(g0, a11);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 3 * V));
      a11 = v.fma(g1, a11);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 4 * V));
      a12 = v.fma(g0, a12);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 5 * V));
      a12 = v.fma(g1, a12);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 6 * V));
      a13 = v.fma(g0, a13);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 7 * V));
      a13 = v.fma(g1, a13);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 8 * V));
      a14 = v.fma(g0, a14);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 9 * V));
      a14 = v.fma(g1, a14);
      p += 2 * V;
      q += 2 * V;
      j += 2;
      if (j == columns) {
        j = 0;
        p += xSkip;
        q += gSkip;
      }
    }
    FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to)).add(a00)).intoArray(gw, to);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + V)).add(a01))
        .intoArray(gw, to + V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 2 * V)).add(a02))
        .intoArray(gw, to + 2 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 3 * V)).add(a03))
        .intoArray(gw, to + 3 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 4 * V)).add(a04))
        .intoArray(gw, to + 4 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 5 * V)).add(a10))
        .intoArray(gw, to + 5 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 6 * V)).add(a11))
        .intoArray(gw, to + 6 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 7 * V)).add(a12))
        .intoArray(gw, to + 7 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 8 * V)).add(a13))
        .intoArray(gw, to + 8 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 9 * V)).add(a14))
        .intoArray(gw, to + 9 * V);
  }

  static void rows2of5d1s2(
      float[] x,
      int at,
      int row,
      int xSkip,
      float[] g,
      int gAt,
      int gSkip,
      int pixels,
      int columns,
      float[] gw,
      int to) {
    int p = at;
    int q = gAt;
    int j = 0;
    FloatVector a00 = FloatVector.zero(FLOATS);
    FloatVector a01 = FloatVector.zero(FLOATS);
    FloatVector a02 = FloatVector.zero(FLOATS);
    FloatVector a03 = FloatVector.zero(FLOATS);
    FloatVector a04 = FloatVector.zero(FLOATS);
    FloatVector a10 = FloatVector.zero(FLOATS);
    FloatVector a11 = FloatVector.zero(FLOATS);
    FloatVector a12 = FloatVector.zero(FLOATS);
    FloatVector a13 = FloatVector.zero(FLOATS);
    FloatVector a14 = FloatVector.zero(FLOATS);
    for (int t = 0; t < pixels; t += 2) {
      FloatVector g0 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q));
      FloatVector g1 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q + V));
      FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
      a00 = v.fma(g0, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
      a01 = v.fma(g0, a01);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
      a02 = v.fma(g0, a02);
      a00 = v.fma(g1, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * V));
      a03 = v.fma(g0, a03);
      a01 = v.fma(g1, a01);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
      a04 = v.fma(g0, a04);
      a02 = v.fma(g1, a02);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 5 * V));
      a03 = v.fma(g1, a03);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
      a04 = v.fma(g1, a04);
      int p1 = p + row;
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1));
      a10 = v.fma(g0, a10);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + V));
      a11 = v.fma(g0, a11);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 2 * V));
      a12 = v.fma(g0, a12);
      a10 = v.fma(g1, a10);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 3 * V));
      a13 = v.fma(g0, a13);
      a11 = v.fma(g1, a11);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 4 * V));
      a14 = v.fma(g0, a14);
      a12 = v.fma(g1, a12);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 5 * V));
      a13 = v.fma(g1, a13);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 6 * V));
      a14 = v.fma(g1, a14);
      p += 4 * V;
      q += 2 * V;
      j += 2;
      if (j == columns) {
        j = 0;
        p += xSkip;
        q += gSkip;
      }
    }
    FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to)).add(a00)).intoArray(gw, to);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + V)).add(a01))
        .intoArray(gw, to + V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 2 * V)).add(a02))
        .intoArray(gw, to + 2 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 3 * V)).add(a03))
        .intoArray(gw, to + 3 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 4 * V)).add(a04))
        .intoArray(gw, to + 4 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 5 * V)).add(a10))
        .intoArray(gw, to + 5 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 6 * V)).add(a11))
        .intoArray(gw, to + 6 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 7 * V)).add(a12))
        .intoArray(gw, to + 7 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 8 * V)).add(a13))
        .intoArray(gw, to + 8 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 9 * V)).add(a14))
        .intoArray(gw, to + 9 * V);
  }

  static void rows2of5d2s2(
      float[] x,
      int at,
      int row,
      int xSkip,
      float[] g,
      int gAt,
      int gSkip,
      int pixels,
      int columns,
      float[] gw,
      int to) {
    int p = at;
    int q = gAt;
    int j = 0;
    FloatVector a00 = FloatVector.zero(FLOATS);
    FloatVector a01 = FloatVector.zero(FLOATS);
    FloatVector a02 = FloatVector.zero(FLOATS);
    FloatVector a03 = FloatVector.zero(FLOATS);
    FloatVector a04 = FloatVector.zero(FLOATS);
    FloatVector a10 = FloatVector.zero(FLOATS);
    FloatVector a11 = FloatVector.zero(FLOATS);
    FloatVector a12 = FloatVector.zero(FLOATS);
    FloatVector a13 = FloatVector.zero(FLOATS);
    FloatVector a14 = FloatVector.zero(FLOATS);
    for (int t = 0; t < pixels; t += 2) {
      FloatVector g0 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q));
      FloatVector g1 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q + V));
      FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
      a00 = v.fma(g0, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
      a01 = v.fma(g0, a01);
      a00 = v.fma(g1, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
      a02 = v.fma(g0, a02);
      a01 = v.fma(g1, a01);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
      a03 = v.fma(g0, a03);
      a02 = v.fma(g1, a02);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 8 * V));
      a04 = v.fma(g0, a04);
      a03 = v.fma(g1, a03);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 10 * V));
      a04 = v.fma(g1, a04);
      int p1 = p + row;
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1));
      a10 = v.fma(g0, a10);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 2 * V));
      a11 = v.fma(g0, a11);
      a10 = v.fma(g1, a10);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 4 * V));
      a12 = v.fma(g0, a12);
      a11 = v.fma(g1, a11);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 6 * V));
      a13 = v.fma(g0, a13);
      a12 = v.fma(g1, a12);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 8 * V));
      a14 = v.fma(g0, a14);
      a13 = v.fma(g1, a13);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 10 * V));
      a14 = v.fma(g1, a14);
      p += 4 * V;
      q += 2 * V;
      j += 2;
      if (j == columns) {
        j = 0;
        p += xSkip;
        q += gSkip;
      }
    }
    FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to)).add(a00)).intoArray(gw, to);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + V)).add(a01))
        .intoArray(gw, to + V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 2 * V)).add(a02))
        .intoArray(gw, to + 2 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 3 * V)).add(a03))
        .intoArray(gw, to + 3 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 4 * V)).add(a04))
        .intoArray(gw, to + 4 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 5 * V)).add(a10))
        .intoArray(gw, to + 5 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 6 * V)).add(a11))
        .intoArray(gw, to + 6 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 7 * V)).add(a12))
        .intoArray(gw, to + 7 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 8 * V)).add(a13))
        .intoArray(gw, to + 8 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 9 * V)).add(a14))
        .intoArray(gw, to + 9 * V);
  }

  static void rows1of5d1s1(
      float[] x,
      int at,
      int xSkip,
      float[] g,
      int gAt,
      int gSkip,
      int pixels,
      int columns,
      float[] gw,
      int to) {
    int p = at;
    int q = gAt;
    int j = 0;
    FloatVector a00 = FloatVector.zero(FLOATS);
    FloatVector a01 = FloatVector.zero(FLOATS);
    FloatVector a02 = FloatVector.zero(FLOATS);
    FloatVector a03 = FloatVector.zero(FLOATS);
    FloatVector a04 = FloatVector.zero(FLOATS);
    for (int t = 0; t < pixels; t += 2) {
      FloatVector g0 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q));
      FloatVector g1 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q + V));
      FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
      a00 = v.fma(g0, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
      a01 = v.fma(g0, a01);
      a00 = v.fma(g1, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
      a02 = v.fma(g0, a02);
      a01 = v.fma(g1, a01);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * V));
      a03 = v.fma(g0, a03);
      a02 = v.fma(g1, a02);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
      a04 = v.fma(g0, a04);
      a03 = v.fma(g1, a03);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 5 * V));
      a04 = v.fma(g1, a04);
      p += 2 * V;
      q += 2 * V;
      j += 2;
      if (j == columns) {
        j = 0;
        p += xSkip;
        q += gSkip;
      }
    }
    FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to)).add(a00)).intoArray(gw, to);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + V)).add(a01))
        .intoArray(gw, to + V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 2 * V)).add(a02))
        .intoArray(gw, to + 2 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 3 * V)).add(a03))
        .intoArray(gw, to + 3 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 4 * V)).add(a04))
        .intoArray(gw, to + 4 * V);
  }

  static void rows1of5d2s1(
      float[] x,
      int at,
      int xSkip,
      float[] g,
      int gAt,
      int gSkip,
      int pixels,
      int columns,
      float[] gw,
      int to) {
    int p = at;
    int q = gAt;
    int j = 0;
    FloatVector a00 = FloatVector.zero(FLOATS);
    FloatVector a01 = FloatVector.zero(FLOATS);
    FloatVector a02 = FloatVector.zero(FLOATS);
    FloatVector a03 = FloatVector.zero(FLOATS);
    FloatVector a04 = FloatVector.zero(FLOATS);
    for (int t = 0; t < pixels; t += 2) {
      FloatVector g0 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q));
      FloatVector g1 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q + V));
      FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
      a00 = v.fma(g0, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
      a00 = v.fma(g1, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
      a01 = v.fma(g0, a01);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * V));
      a01 = v.fma(g1, a01);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
      a02 = v.fma(g0, a02);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 5 * V));
      a02 = v.fma(g1, a02);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
      a03 = v.fma(g0, a03);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 7 * V));
      a03 = v.fma(g1, a03);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 8 * V));
      a04 = v.fma(g0, a04);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 9 * V));
      a04 = v.fma(g1, a04);
      p += 2 * V;
      q += 2 * V;
      j += 2;
      if (j == columns) {
        j = 0;
        p += xSkip;
        q += gSkip;
      }
    }
    FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to)).add(a00)).intoArray(gw, to);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + V)).add(a01))
        .intoArray(gw, to + V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 2 * V)).add(a02))
        .intoArray(gw, to + 2 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 3 * V)).add(a03))
        .intoArray(gw, to + 3 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 4 * V)).add(a04))
        .intoArray(gw, to + 4 * V);
  }

  static void rows1of5d1s2(
      float[] x,
      int at,
      int xSkip,
      float[] g,
      int gAt,
      int gSkip,
      int pixels,
      int columns,
      float[] gw,
      int to) {
    int p = at;
    int q = gAt;
    int j = 0;
    FloatVector a00 = FloatVector.zero(FLOATS);
    FloatVector a01 = FloatVector.zero(FLOATS);
    FloatVector a02 = FloatVector.zero(FLOATS);
    FloatVector a03 = FloatVector.zero(FLOATS);
    FloatVector a04 = FloatVector.zero(FLOATS);
    for (int t = 0; t < pixels; t += 2) {
      FloatVector g0 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q));
      FloatVector g1 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q + V));
      FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
      a00 = v.fma(g0, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
      a01 = v.fma(g0, a01);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
      a02 = v.fma(g0, a02);
      a00 = v.fma(g1, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * V));
      a03 = v.fma(g0, a03);
      a01 = v.fma(g1, a01);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
      a04 = v.fma(g0, a04);
      a02 = v.fma(g1, a02);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 5 * V));
      a03 = v.fma(g1, a03);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
      a04 = v.fma(g1, a04);
      p += 4 * V;
      q += 2 * V;
      j += 2;
      if (j == columns) {
        j = 0;
        p += xSkip;
        q += gSkip;
      }
    }
    FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to)).add(a00)).intoArray(gw, to);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + V)).add(a01))
        .intoArray(gw, to + V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 2 * V)).add(a02))
        .intoArray(gw, to + 2 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 3 * V)).add(a03))
        .intoArray(gw, to + 3 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 4 * V)).add(a04))
        .intoArray(gw, to + 4 * V);
  }

  static void rows1of5d2s2(
      float[] x,
      int at,
      int xSkip,
      float[] g,
      int gAt,
      int gSkip,
      int pixels,
      int columns,
      float[] gw,
      int to) {
    int p = at;
    int q = gAt;
    int j = 0;
    FloatVector a00 = FloatVector.zero(FLOATS);
    FloatVector a01 = FloatVector.zero(FLOATS);
    FloatVector a02 = FloatVector.zero(FLOATS);
    FloatVector a03 = FloatVector.zero(FLOATS);
    FloatVector a04 = FloatVector.zero(FLOATS);
    for (int t = 0; t < pixels; t += 2) {
      FloatVector g0 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q));
      FloatVector g1 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q + V));
      FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
      a00 = v.fma(g0, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
      a01 = v.fma(g0, a01);
      a00 = v.fma(g1, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
      a02 = v.fma(g0, a02);
      a01 = v.fma(g1, a01);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
      a03 = v.fma(g0, a03);
      a02 = v.fma(g1, a02);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 8 * V));
      a04 = v.fma(g0, a04);
      a03 = v.fma(g1, a03);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 10 * V));
      a04 = v.fma(g1, a04);
      p += 4 * V;
      q += 2 * V;
      j += 2;
      if (j == columns) {
        j = 0;
        p += xSkip;
        q += gSkip;
      }
    }
    FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to)).add(a00)).intoArray(gw, to);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + V)).add(a01))
        .intoArray(gw, to + V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 2 * V)).add(a02))
        .intoArray(gw, to + 2 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 3 * V)).add(a03))
        .intoArray(gw, to + 3 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 4 * V)).add(a04))
        .intoArray(gw, to + 4 * V);
  }

  static void rows1of7d1s1(
      float[] x,
      int at,
      int xSkip,
      float[] g,
      int gAt,
      int gSkip,
      int pixels,
      int columns,
      float[] gw,
      int to) {
    int p = at;
    int q = gAt;
    int j = 0;
    FloatVector a00 = FloatVector.zero(FLOATS);
    FloatVector a01 = FloatVector.zero(FLOATS);
    FloatVector a02 = FloatVector.zero(FLOATS);
    FloatVector a03 = FloatVector.zero(FLOATS);
    FloatVector a04 = FloatVector.zero(FLOATS);
    FloatVector a05 = FloatVector.zero(FLOATS);
    FloatVector a06 = FloatVector.zero(FLOATS);
    for (int t = 0; t < pixels; t += 2) {
      FloatVector g0 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q));
      FloatVector g1 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q + V));
      FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
      a00 = v.fma(g0, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
      a01 = v.fma(g0, a01);
      a00 = v.fma(g1, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
      a02 = v.fma(g0, a02);
      a01 = v.fma(g1, a01);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * V));
      a03 = v.fma(g0, a03);
      a02 = v.fma(g1, a02);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
      a04 = v.fma(g0, a04);
      a03 = v.fma(g1, a03);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 5 * V));
      a05 = v.fma(g0, a05);
      a04 = v.fma(g1, a04);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
      a06 = v.fma(g0, a06);
      a05 = v.fma(g1, a05);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 7 * V));
      a06 = v.fma(g1, a06);
      p += 2 * V;
      q += 2 * V;
      j += 2;
      if (j == columns) {
        j = 0;
        p += xSkip;
        q += gSkip;
      }
    }
    FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to)).add(a00)).intoArray(gw, to);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + V)).add(a01))
        .intoArray(gw, to + V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 2 * V)).add(a02))
        .intoArray(gw, to + 2 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 3 * V)).add(a03))
        .intoArray(gw, to + 3 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 4 * V)).add(a04))
        .intoArray(gw, to + 4 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 5 * V)).add(a05))
        .intoArray(gw, to + 5 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 6 * V)).add(a06))
        .intoArray(gw, to + 6 * V);
  }

  static void rows1of7d1s2(
      float[] x,
      int at,
      int xSkip,
      float[] g,
      int gAt,
      int gSkip,
      int pixels,
      int columns,
      float[] gw,
      int to) {
    int p = at;
    int q = gAt;
    int j = 0;
    FloatVector a00 = FloatVector.zero(FLOATS);
    FloatVector a01 = FloatVector.zero(FLOATS);
    FloatVector a02 = FloatVector.zero(FLOATS);
    FloatVector a03 = FloatVector.zero(FLOATS);
    FloatVector a04 = FloatVector.zero(FLOATS);
    FloatVector a05 = FloatVector.zero(FLOATS);
    FloatVector a06 = FloatVector.zero(FLOATS);
    for (int t = 0; t < pixels; t += 2) {
      FloatVector g0 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q));
      FloatVector g1 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q + V));
      FloatVector v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p));
      a00 = v.fma(g0, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + V));
      a01 = v.fma(g0, a01);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * V));
      a02 = v.fma(g0, a02);
      a00 = v.fma(g1, a00);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * V));
      a03 = v.fma(g0, a03);
      a01 = v.fma(g1, a01);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * V));
      a04 = v.fma(g0, a04);
      a02 = v.fma(g1, a02);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 5 * V));
      a05 = v.fma(g0, a05);
      a03 = v.fma(g1, a03);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * V));
      a06 = v.fma(g0, a06);
      a04 = v.fma(g1, a04);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 7 * V));
      a05 = v.fma(g1, a05);
      v = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 8 * V));
      a06 = v.fma(g1, a06);
      p += 4 * V;
      q += 2 * V;
      j += 2;
      if (j == columns) {
        j = 0;
        p += xSkip;
        q += gSkip;
      }
    }
    FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to)).add(a00)).intoArray(gw, to);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + V)).add(a01))
        .intoArray(gw, to + V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 2 * V)).add(a02))
        .intoArray(gw, to + 2 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 3 * V)).add(a03))
        .intoArray(gw, to + 3 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 4 * V)).add(a04))
        .intoArray(gw, to + 4 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 5 * V)).add(a05))
        .intoArray(gw, to + 5 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 6 * V)).add(a06))
        .intoArray(gw, to + 6 * V);
  }

  static void single3of3(
      float[] x,
      int at,
      int row,
      int gap,
      int step,
      int xSkip,
      float[] g,
      int gAt,
      int gStep,
      int gSkip,
      int pixels,
      int columns,
      float[] gw,
      int to) {
    int p = at;
    int q = gAt;
    int j = 0;
    FloatVector a00 = FloatVector.zero(FLOATS);
    FloatVector a01 = FloatVector.zero(FLOATS);
    FloatVector a02 = FloatVector.zero(FLOATS);
    FloatVector a10 = FloatVector.zero(FLOATS);
    FloatVector a11 = FloatVector.zero(FLOATS);
    FloatVector a12 = FloatVector.zero(FLOATS);
    FloatVector a20 = FloatVector.zero(FLOATS);
    FloatVector a21 = FloatVector.zero(FLOATS);
    FloatVector a22 = FloatVector.zero(FLOATS);
    for (int t = 0; t < pixels; t++) {
      FloatVector g0 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q));
      a00 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p)).fma(g0, a00);
      a01 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + gap)).fma(g0, a01);
      a02 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * gap)).fma(g0, a02);
      int p1 = p + row;
      a10 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1)).fma(g0, a10);
      a11 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + gap)).fma(g0, a11);
      a12 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 2 * gap)).fma(g0, a12);
      int p2 = p + 2 * row;
      a20 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2)).fma(g0, a20);
      a21 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2 + gap)).fma(g0, a21);
      a22 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p2 + 2 * gap)).fma(g0, a22);
      p += step;
      q += gStep;
      if (++j == columns) {
        j = 0;
        p += xSkip;
        q += gSkip;
      }
    }
    FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to)).add(a00)).intoArray(gw, to);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + V)).add(a01))
        .intoArray(gw, to + V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 2 * V)).add(a02))
        .intoArray(gw, to + 2 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 3 * V)).add(a10))
        .intoArray(gw, to + 3 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 4 * V)).add(a11))
        .intoArray(gw, to + 4 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 5 * V)).add(a12))
        .intoArray(gw, to + 5 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 6 * V)).add(a20))
        .intoArray(gw, to + 6 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 7 * V)).add(a21))
        .intoArray(gw, to + 7 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 8 * V)).add(a22))
        .intoArray(gw, to + 8 * V);
  }

  static void single2of5(
      float[] x,
      int at,
      int row,
      int gap,
      int step,
      int xSkip,
      float[] g,
      int gAt,
      int gStep,
      int gSkip,
      int pixels,
      int columns,
      float[] gw,
      int to) {
    int p = at;
    int q = gAt;
    int j = 0;
    FloatVector a00 = FloatVector.zero(FLOATS);
    FloatVector a01 = FloatVector.zero(FLOATS);
    FloatVector a02 = FloatVector.zero(FLOATS);
    FloatVector a03 = FloatVector.zero(FLOATS);
    FloatVector a04 = FloatVector.zero(FLOATS);
    FloatVector a10 = FloatVector.zero(FLOATS);
    FloatVector a11 = FloatVector.zero(FLOATS);
    FloatVector a12 = FloatVector.zero(FLOATS);
    FloatVector a13 = FloatVector.zero(FLOATS);
    FloatVector a14 = FloatVector.zero(FLOATS);
    for (int t = 0; t < pixels; t++) {
      FloatVector g0 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q));
      a00 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p)).fma(g0, a00);
      a01 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + gap)).fma(g0, a01);
      a02 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * gap)).fma(g0, a02);
      a03 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * gap)).fma(g0, a03);
      a04 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * gap)).fma(g0, a04);
      int p1 = p + row;
      a10 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1)).fma(g0, a10);
      a11 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + gap)).fma(g0, a11);
      a12 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 2 * gap)).fma(g0, a12);
      a13 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 3 * gap)).fma(g0, a13);
      a14 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p1 + 4 * gap)).fma(g0, a14);
      p += step;
      q += gStep;
      if (++j == columns) {
        j = 0;
        p += xSkip;
        q += gSkip;
      }
    }
    FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to)).add(a00)).intoArray(gw, to);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + V)).add(a01))
        .intoArray(gw, to + V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 2 * V)).add(a02))
        .intoArray(gw, to + 2 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 3 * V)).add(a03))
        .intoArray(gw, to + 3 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 4 * V)).add(a04))
        .intoArray(gw, to + 4 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 5 * V)).add(a10))
        .intoArray(gw, to + 5 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 6 * V)).add(a11))
        .intoArray(gw, to + 6 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 7 * V)).add(a12))
        .intoArray(gw, to + 7 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 8 * V)).add(a13))
        .intoArray(gw, to + 8 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 9 * V)).add(a14))
        .intoArray(gw, to + 9 * V);
  }

  static void single1of5(
      float[] x,
      int at,
      int gap,
      int step,
      int xSkip,
      float[] g,
      int gAt,
      int gStep,
      int gSkip,
      int pixels,
      int columns,
      float[] gw,
      int to) {
    int p = at;
    int q = gAt;
    int j = 0;
    FloatVector a00 = FloatVector.zero(FLOATS);
    FloatVector a01 = FloatVector.zero(FLOATS);
    FloatVector a02 = FloatVector.zero(FLOATS);
    FloatVector a03 = FloatVector.zero(FLOATS);
    FloatVector a04 = FloatVector.zero(FLOATS);
    for (int t = 0; t < pixels; t++) {
      FloatVector g0 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q));
      a00 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p)).fma(g0, a00);
      a01 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + gap)).fma(g0, a01);
      a02 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * gap)).fma(g0, a02);
      a03 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * gap)).fma(g0, a03);
      a04 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * gap)).fma(g0, a04);
      p += step;
      q += gStep;
      if (++j == columns) {
        j = 0;
        p += xSkip;
        q += gSkip;
      }
    }
    FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to)).add(a00)).intoArray(gw, to);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + V)).add(a01))
        .intoArray(gw, to + V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 2 * V)).add(a02))
        .intoArray(gw, to + 2 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 3 * V)).add(a03))
        .intoArray(gw, to + 3 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 4 * V)).add(a04))
        .intoArray(gw, to + 4 * V);
  }

  static void single1of7(
      float[] x,
      int at,
      int gap,
      int step,
      int xSkip,
      float[] g,
      int gAt,
      int gStep,
      int gSkip,
      int pixels,
      int columns,
      float[] gw,
      int to) {
    int p = at;
    int q = gAt;
    int j = 0;
    FloatVector a00 = FloatVector.zero(FLOATS);
    FloatVector a01 = FloatVector.zero(FLOATS);
    FloatVector a02 = FloatVector.zero(FLOATS);
    FloatVector a03 = FloatVector.zero(FLOATS);
    FloatVector a04 = FloatVector.zero(FLOATS);
    FloatVector a05 = FloatVector.zero(FLOATS);
    FloatVector a06 = FloatVector.zero(FLOATS);
    for (int t = 0; t < pixels; t++) {
      FloatVector g0 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q));
      a00 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p)).fma(g0, a00);
      a01 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + gap)).fma(g0, a01);
      a02 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 2 * gap)).fma(g0, a02);
      a03 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 3 * gap)).fma(g0, a03);
      a04 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 4 * gap)).fma(g0, a04);
      a05 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 5 * gap)).fma(g0, a05);
      a06 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p + 6 * gap)).fma(g0, a06);
      p += step;
      q += gStep;
      if (++j == columns) {
        j = 0;
        p += xSkip;
        q += gSkip;
      }
    }
    FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to)).add(a00)).intoArray(gw, to);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + V)).add(a01))
        .intoArray(gw, to + V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 2 * V)).add(a02))
        .intoArray(gw, to + 2 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 3 * V)).add(a03))
        .intoArray(gw, to + 3 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 4 * V)).add(a04))
        .intoArray(gw, to + 4 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 5 * V)).add(a05))
        .intoArray(gw, to + 5 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 6 * V)).add(a06))
        .intoArray(gw, to + 6 * V);
  }

  static void single1of1(
      float[] x,
      int at,
      int step,
      int xSkip,
      float[] g,
      int gAt,
      int gStep,
      int gSkip,
      int pixels,
      int columns,
      float[] gw,
      int to) {
    int p = at;
    int q = gAt;
    int j = 0;
    FloatVector a00 = FloatVector.zero(FLOATS);
    for (int t = 0; t < pixels; t++) {
      FloatVector g0 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q));
      a00 = FLOAT.cast(FloatVector.fromArray(FLOATS, x, p)).fma(g0, a00);
      p += step;
      q += gStep;
      if (++j == columns) {
        j = 0;
        p += xSkip;
        q += gSkip;
      }
    }
    FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to)).add(a00)).intoArray(gw, to);
  }
}
