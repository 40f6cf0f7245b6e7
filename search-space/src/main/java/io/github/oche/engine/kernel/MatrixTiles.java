package io.github.oche.engine.kernel;

import static io.github.oche.engine.kernel.Lanes.FENCES;
import static io.github.oche.engine.kernel.Lanes.FLOAT;
import static io.github.oche.engine.kernel.Lanes.FLOATS;
import static io.github.oche.engine.kernel.Lanes.INT;
import static io.github.oche.engine.kernel.Lanes.INTS;
import static io.github.oche.engine.kernel.Lanes.V;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

// Written by src/kernels/tiles.py. Change that, not this.

/**
 * Pixels times a matrix, and the gradient towards that matrix.
 *
 * <p>{@code planes4x2} makes 4 pixels of 2 blocks of output channels, 8 inputs a trip, which are
 * one block; {@code quads4x2} does 4 inputs a trip, {@code inputs8x2} one input for 8 pixels of 2
 * blocks. Sections of inputs lie as in {@link Kernels#multiply}, those of {@code planes} in whole
 * blocks. Tiles overlap at the end of a row, which must hold at least one. Nobody reads what goes
 * to {@code fence}. {@code weights8x2} makes the gradients of 8 inputs and 2 blocks, a pixel a
 * trip, {@code pairs4x2} those of 4 inputs, 2 pixels a trip.
 */
final class MatrixTiles {
  private MatrixTiles() {}

  static void planes4x2(
      float[] x,
      int at,
      int xBlock,
      int inputs,
      float[] w,
      int wAt,
      float[] y,
      int to,
      int yBlock,
      int columns,
      float[] fence) {
    int w1 = wAt + inputs * V;
    for (int t = 0; t < columns; t += 4) {
      int j = Math.min(t, columns - 4);
      int p = at + j * V;
      int o = to + j * V;
      FloatVector a00 = FloatVector.zero(FLOATS);
      FloatVector a01 = FloatVector.zero(FLOATS);
      FloatVector a10 = FloatVector.zero(FLOATS);
      FloatVector a11 = FloatVector.zero(FLOATS);
      FloatVector a20 = FloatVector.zero(FLOATS);
      FloatVector a21 = FloatVector.zero(FLOATS);
      FloatVector a30 = FloatVector.zero(FLOATS);
      FloatVector a31 = FloatVector.zero(FLOATS);
      for (int k = 0; k < inputs; k += 8) {
        FloatVector v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V));
        FloatVector v1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, w1 + k * V));
        FloatVector b = FloatVector.broadcast(FLOATS, x[p]);
        a00 = v0.fma(b, a00);
        a01 = v1.fma(b, a01);
        b = FloatVector.broadcast(FLOATS, x[p + V]);
        a10 = v0.fma(b, a10);
        a11 = v1.fma(b, a11);
        b = FloatVector.broadcast(FLOATS, x[p + 2 * V]);
        a20 = v0.fma(b, a20);
        a21 = v1.fma(b, a21);
        b = FloatVector.broadcast(FLOATS, x[p + 3 * V]);
        a30 = v0.fma(b, a30);
        a31 = v1.fma(b, a31);
        if (FENCES) FLOAT.cast(a31).intoArray(fence, 0);
        v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V + V));
        v1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, w1 + k * V + V));
        b = FloatVector.broadcast(FLOATS, x[p + 1]);
        a00 = v0.fma(b, a00);
        a01 = v1.fma(b, a01);
        b = FloatVector.broadcast(FLOATS, x[p + V + 1]);
        a10 = v0.fma(b, a10);
        a11 = v1.fma(b, a11);
        b = FloatVector.broadcast(FLOATS, x[p + 2 * V + 1]);
        a20 = v0.fma(b, a20);
        a21 = v1.fma(b, a21);
        b = FloatVector.broadcast(FLOATS, x[p + 3 * V + 1]);
        a30 = v0.fma(b, a30);
        a31 = v1.fma(b, a31);
        if (FENCES) FLOAT.cast(a31).intoArray(fence, 0);
        v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V + 2 * V));
        v1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, w1 + k * V + 2 * V));
        b = FloatVector.broadcast(FLOATS, x[p + 2]);
        a00 = v0.fma(b, a00);
        a01 = v1.fma(b, a01);
        b = FloatVector.broadcast(FLOATS, x[p + V + 2]);
        a10 = v0.fma(b, a10);
        a11 = v1.fma(b, a11);
        b = FloatVector.broadcast(FLOATS, x[p + 2 * V + 2]);
        a20 = v0.fma(b, a20);
        a21 = v1.fma(b, a21);
        b = FloatVector.broadcast(FLOATS, x[p + 3 * V + 2]);
        a30 = v0.fma(b, a30);
        a31 = v1.fma(b, a31);
        if (FENCES) FLOAT.cast(a31).intoArray(fence, 0);
        v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V + 3 * V));
        v1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, w1 + k * V + 3 * V));
        b = FloatVector.broadcast(FLOATS, x[p + 3]);
        a00 = v0.fma(b, a00);
        a01 = v1.fma(b, a01);
        b = FloatVector.broadcast(FLOATS, x[p + V + 3]);
        a10 = v0.fma(b, a10);
        a11 = v1.fma(b, a11);
        b = FloatVector.broadcast(FLOATS, x[p + 2 * V + 3]);
        a20 = v0.fma(b, a20);
        a21 = v1.fma(b, a21);
        b = FloatVector.broadcast(FLOATS, x[p + 3 * V + 3]);
        a30 = v0.fma(b, a30);
        a31 = v1.fma(b, a31);
        if (FENCES) FLOAT.cast(a31).intoArray(fence, 0);
        v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V + 4 * V));
        v1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, w1 + k * V + 4 * V));
        b = FloatVector.broadcast(FLOATS, x[p + 4]);
        a00 = v0.fma(b, a00);
        a01 = v1.fma(b, a01);
        b = FloatVector.broadcast(FLOATS, x[p + V + 4]);
        a10 = v0.fma(b, a10);
        a11 = v1.fma(b, a11);
        b = FloatVector.broadcast(FLOATS, x[p + 2 * V + 4]);
        a20 = v0.fma(b, a20);
        a21 = v1.fma(b, a21);
        b = FloatVector.broadcast(FLOATS, x[p + 3 * V + 4]);
        a30 = v0.fma(b, a30);
        a31 = v1.fma(b, a31);
        if (FENCES) FLOAT.cast(a31).intoArray(fence, 0);
        v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V + 5 * V));
        v1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, w1 + k * V + 5 * V));
        b = FloatVector.broadcast(FLOATS, x[p + 5]);
        a00 = v0.fma(b, a00);
        a01 = v1.fma(b, a01);
        b = FloatVector.broadcast(FLOATS, x[p + V + 5]);
        a10 = v0.fma(b, a10);
        a11 = v1.fma(b, a11);
        b = FloatVector.broadcast(FLOATS, x[p + 2 * V + 5]);
        a20 = v0.fma(b, a20);
        a21 = v1.fma(b, a21);
        b = FloatVector.broadcast(FLOATS, x[p + 3 * V + 5]);
        a30 = v0.fma(b, a30);
        a31 = v1.fma(b, a31);
        if (FENCES) FLOAT.cast(a31).intoArray(fence, 0);
        v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V + 6 * V));
        v1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, w1 + k * V + 6 * V));
        b = FloatVector.broadcast(FLOATS, x[p + 6]);
        a00 = v0.fma(b, a00);
        a01 = v1.fma(b, a01);
        b = FloatVector.broadcast(FLOATS, x[p + V + 6]);
        a10 = v0.fma(b, a10);
        a11 = v1.fma(b, a11);
        b = FloatVector.broadcast(FLOATS, x[p + 2 * V + 6]);
        a20 = v0.fma(b, a20);
        a21 = v1.fma(b, a21);
        b = FloatVector.broadcast(FLOATS, x[p + 3 * V + 6]);
        a30 = v0.fma(b, a30);
        a31 = v1.fma(b, a31);
        if (FENCES) FLOAT.cast(a31).intoArray(fence, 0);
        v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V + 7 * V));
        v1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, w1 + k * V + 7 * V));
        b = FloatVector.broadcast(FLOATS, x[p + 7]);
        a00 = v0.fma(b, a00);
        a01 = v1.fma(b, a01);
        b = FloatVector.broadcast(FLOATS, x[p + V + 7]);
        a10 = v0.fma(b, a10);
        a11 = v1.fma(b, a11);
        b = FloatVector.broadcast(FLOATS, x[p + 2 * V + 7]);
        a20 = v0.fma(b, a20);
        a21 = v1.fma(b, a21);
        b = FloatVector.broadcast(FLOATS, x[p + 3 * V + 7]);
        a30 = v0.fma(b, a30);
        a31 = v1.fma(b, a31);
        p += xBlock;
      }
      FLOAT.cast(a00).intoArray(y, o);
      FLOAT.cast(a10).intoArray(y, o + V);
      FLOAT.cast(a20).intoArray(y, o + 2 * V);
      FLOAT.cast(a30).intoArray(y, o + 3 * V);
      int o1 = o + yBlock;
      FLOAT.cast(a01).intoArray(y, o1);
      FLOAT.cast(a11).intoArray(y, o1 + V);
      FLOAT.cast(a21).intoArray(y, o1 + 2 * V);
      FLOAT.cast(a31).intoArray(y, o1 + 3 * V);
    }
  }

  static void planes6x1(
      float[] x,
      int at,
      int xBlock,
      int inputs,
      float[] w,
      int wAt,
      float[] y,
      int to,
      int columns,
      float[] fence) {
    for (int t = 0; t < columns; t += 6) {
      int j = Math.min(t, columns - 6);
      int p = at + j * V;
      int o = to + j * V;
      FloatVector a00 = FloatVector.zero(FLOATS);
      FloatVector a10 = FloatVector.zero(FLOATS);
      FloatVector a20 = FloatVector.zero(FLOATS);
      FloatVector a30 = FloatVector.zero(FLOATS);
      FloatVector a40 = FloatVector.zero(FLOATS);
      FloatVector a50 = FloatVector.zero(FLOATS);
      for (int k = 0; k < inputs; k += 8) {
        FloatVector v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V));
        FloatVector b = FloatVector.broadcast(FLOATS, x[p]);
        a00 = v0.fma(b, a00);
        b = FloatVector.broadcast(FLOATS, x[p + V]);
        a10 = v0.fma(b, a10);
        b = FloatVector.broadcast(FLOATS, x[p + 2 * V]);
        a20 = v0.fma(b, a20);
        if (FENCES) FLOAT.cast(a20).intoArray(fence, 0);
        b = FloatVector.broadcast(FLOATS, x[p + 3 * V]);
        a30 = v0.fma(b, a30);
        b = FloatVector.broadcast(FLOATS, x[p + 4 * V]);
        a40 = v0.fma(b, a40);
        b = FloatVector.broadcast(FLOATS, x[p + 5 * V]);
        a50 = v0.fma(b, a50);
        if (FENCES) FLOAT.cast(a50).intoArray(fence, 0);
        v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V + V));
        b = FloatVector.broadcast(FLOATS, x[p + 1]);
        a00 = v0.fma(b, a00);
        b = FloatVector.broadcast(FLOATS, x[p + V + 1]);
        a10 = v0.fma(b, a10);
        b = FloatVector.broadcast(FLOATS, x[p + 2 * V + 1]);
        a20 = v0.fma(b, a20);
        if (FENCES) FLOAT.cast(a20).intoArray(fence, 0);
        b = FloatVector.broadcast(FLOATS, x[p + 3 * V + 1]);
        a30 = v0.fma(b, a30);
        b = FloatVector.broadcast(FLOATS, x[p + 4 * V + 1]);
        a40 = v0.fma(b, a40);
        b = FloatVector.broadcast(FLOATS, x[p + 5 * V + 1]);
        a50 = v0.fma(b, a50);
        if (FENCES) FLOAT.cast(a50).intoArray(fence, 0);
        v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V + 2 * V));
        b = FloatVector.broadcast(FLOATS, x[p + 2]);
        a00 = v0.fma(b, a00);
        b = FloatVector.broadcast(FLOATS, x[p + V + 2]);
        a10 = v0.fma(b, a10);
        b = FloatVector.broadcast(FLOATS, x[p + 2 * V + 2]);
        a20 = v0.fma(b, a20);
        if (FENCES) FLOAT.cast(a20).intoArray(fence, 0);
        b = FloatVector.broadcast(FLOATS, x[p + 3 * V + 2]);
        a30 = v0.fma(b, a30);
        b = FloatVector.broadcast(FLOATS, x[p + 4 * V + 2]);
        a40 = v0.fma(b, a40);
        b = FloatVector.broadcast(FLOATS, x[p + 5 * V + 2]);
        a50 = v0.fma(b, a50);
        if (FENCES) FLOAT.cast(a50).intoArray(fence, 0);
        v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V + 3 * V));
        b = FloatVector.broadcast(FLOATS, x[p + 3]);
        a00 = v0.fma(b, a00);
        b = FloatVector.broadcast(FLOATS, x[p + V + 3]);
        a10 = v0.fma(b, a10);
        b = FloatVector.broadcast(FLOATS, x[p + 2 * V + 3]);
        a20 = v0.fma(b, a20);
        if (FENCES) FLOAT.cast(a20).intoArray(fence, 0);
        b = FloatVector.broadcast(FLOATS, x[p + 3 * V + 3]);
        a30 = v0.fma(b, a30);
        b = FloatVector.broadcast(FLOATS, x[p + 4 * V + 3]);
        a40 = v0.fma(b, a40);
        b = FloatVector.broadcast(FLOATS, x[p + 5 * V + 3]);
        a50 = v0.fma(b, a50);
        if (FENCES) FLOAT.cast(a50).intoArray(fence, 0);
        v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V + 4 * V));
        b = FloatVector.broadcast(FLOATS, x[p + 4]);
        a00 = v0.fma(b, a00);
        b = FloatVector.broadcast(FLOATS, x[p + V + 4]);
        a10 = v0.fma(b, a10);
        b = FloatVector.broadcast(FLOATS, x[p + 2 * V + 4]);
        a20 = v0.fma(b, a20);
        if (FENCES) FLOAT.cast(a20).intoArray(fence, 0);
        b = FloatVector.broadcast(FLOATS, x[p + 3 * V + 4]);
        a30 = v0.fma(b, a30);
        b = FloatVector.broadcast(FLOATS, x[p + 4 * V + 4]);
        a40 = v0.fma(b, a40);
        b = FloatVector.broadcast(FLOATS, x[p + 5 * V + 4]);
        a50 = v0.fma(b, a50);
        if (FENCES) FLOAT.cast(a50).intoArray(fence, 0);
        v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V + 5 * V));
        b = FloatVector.broadcast(FLOATS, x[p + 5]);
        a00 = v0.fma(b, a00);
        b = FloatVector.broadcast(FLOATS, x[p + V + 5]);
        a10 = v0.fma(b, a10);
        b = FloatVector.broadcast(FLOATS, x[p + 2 * V + 5]);
        a20 = v0.fma(b, a20);
        if (FENCES) FLOAT.cast(a20).intoArray(fence, 0);
        b = FloatVector.broadcast(FLOATS, x[p + 3 * V + 5]);
        a30 = v0.fma(b, a30);
        b = FloatVector.broadcast(FLOATS, x[p + 4 * V + 5]);
        a40 = v0.fma(b, a40);
        b = FloatVector.broadcast(FLOATS, x[p + 5 * V + 5]);
        a50 = v0.fma(b, a50);
        if (FENCES) FLOAT.cast(a50).intoArray(fence, 0);
        v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V + 6 * V));
        b = FloatVector.broadcast(FLOATS, x[p + 6]);
        a00 = v0.fma(b, a00);
        b = FloatVector.broadcast(FLOATS, x[p + V + 6]);
        a10 = v0.fma(b, a10);
        b = FloatVector.broadcast(FLOATS, x[p + 2 * V + 6]);
        a20 = v0.fma(b, a20);
        if (FENCES) FLOAT.cast(a20).intoArray(fence, 0);
        b = FloatVector.broadcast(FLOATS, x[p + 3 * V + 6]);
        a30 = v0.fma(b, a30);
        b = FloatVector.broadcast(FLOATS, x[p + 4 * V + 6]);
        a40 = v0.fma(b, a40);
        b = FloatVector.broadcast(FLOATS, x[p + 5 * V + 6]);
        a50 = v0.fma(b, a50);
        if (FENCES) FLOAT.cast(a50).intoArray(fence, 0);
        v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V + 7 * V));
        b = FloatVector.broadcast(FLOATS, x[p + 7]);
        a00 = v0.fma(b, a00);
        b = FloatVector.broadcast(FLOATS, x[p + V + 7]);
        a10 = v0.fma(b, a10);
        b = FloatVector.broadcast(FLOATS, x[p + 2 * V + 7]);
        a20 = v0.fma(b, a20);
        if (FENCES) FLOAT.cast(a20).intoArray(fence, 0);
        b = FloatVector.broadcast(FLOATS, x[p + 3 * V + 7]);
        a30 = v0.fma(b, a30);
        b = FloatVector.broadcast(FLOATS, x[p + 4 * V + 7]);
        a40 = v0.fma(b, a40);
        b = FloatVector.broadcast(FLOATS, x[p + 5 * V + 7]);
        a50 = v0.fma(b, a50);
        p += xBlock;
      }
      FLOAT.cast(a00).intoArray(y, o);
      FLOAT.cast(a10).intoArray(y, o + V);
      FLOAT.cast(a20).intoArray(y, o + 2 * V);
      FLOAT.cast(a30).intoArray(y, o + 3 * V);
      FLOAT.cast(a40).intoArray(y, o + 4 * V);
      FLOAT.cast(a50).intoArray(y, o + 5 * V);
    }
  }

  static void quads4x2(
      float[] x,
      int at,
      int xBlock,
      int section,
      int inputs,
      float[] w,
      int wAt,
      float[] y,
      int to,
      int yBlock,
      int columns,
      float[] fence) {
    int w1 = wAt + inputs * V;
    int skip = xBlock - V;
    int end = xBlock - (section - 1) % V - 1;
    for (int t = 0; t < columns; t += 4) {
      int j = Math.min(t, columns - 4);
      int p = at + j * V;
      int o = to + j * V;
      int i = 0;
      FloatVector a00 = FloatVector.zero(FLOATS);
      FloatVector a01 = FloatVector.zero(FLOATS);
      FloatVector a10 = FloatVector.zero(FLOATS);
      FloatVector a11 = FloatVector.zero(FLOATS);
      FloatVector a20 = FloatVector.zero(FLOATS);
      FloatVector a21 = FloatVector.zero(FLOATS);
      FloatVector a30 = FloatVector.zero(FLOATS);
      FloatVector a31 = FloatVector.zero(FLOATS);
      for (int k = 0; k < inputs; k += 4) {
        FloatVector v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V));
        FloatVector v1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, w1 + k * V));
        FloatVector b = FloatVector.broadcast(FLOATS, x[p]);
        a00 = v0.fma(b, a00);
        a01 = v1.fma(b, a01);
        b = FloatVector.broadcast(FLOATS, x[p + V]);
        a10 = v0.fma(b, a10);
        a11 = v1.fma(b, a11);
        b = FloatVector.broadcast(FLOATS, x[p + 2 * V]);
        a20 = v0.fma(b, a20);
        a21 = v1.fma(b, a21);
        b = FloatVector.broadcast(FLOATS, x[p + 3 * V]);
        a30 = v0.fma(b, a30);
        a31 = v1.fma(b, a31);
        if (FENCES) FLOAT.cast(a31).intoArray(fence, 0);
        v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V + V));
        v1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, w1 + k * V + V));
        b = FloatVector.broadcast(FLOATS, x[p + 1]);
        a00 = v0.fma(b, a00);
        a01 = v1.fma(b, a01);
        b = FloatVector.broadcast(FLOATS, x[p + V + 1]);
        a10 = v0.fma(b, a10);
        a11 = v1.fma(b, a11);
        b = FloatVector.broadcast(FLOATS, x[p + 2 * V + 1]);
        a20 = v0.fma(b, a20);
        a21 = v1.fma(b, a21);
        b = FloatVector.broadcast(FLOATS, x[p + 3 * V + 1]);
        a30 = v0.fma(b, a30);
        a31 = v1.fma(b, a31);
        if (FENCES) FLOAT.cast(a31).intoArray(fence, 0);
        v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V + 2 * V));
        v1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, w1 + k * V + 2 * V));
        b = FloatVector.broadcast(FLOATS, x[p + 2]);
        a00 = v0.fma(b, a00);
        a01 = v1.fma(b, a01);
        b = FloatVector.broadcast(FLOATS, x[p + V + 2]);
        a10 = v0.fma(b, a10);
        a11 = v1.fma(b, a11);
        b = FloatVector.broadcast(FLOATS, x[p + 2 * V + 2]);
        a20 = v0.fma(b, a20);
        a21 = v1.fma(b, a21);
        b = FloatVector.broadcast(FLOATS, x[p + 3 * V + 2]);
        a30 = v0.fma(b, a30);
        a31 = v1.fma(b, a31);
        if (FENCES) FLOAT.cast(a31).intoArray(fence, 0);
        v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V + 3 * V));
        v1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, w1 + k * V + 3 * V));
        b = FloatVector.broadcast(FLOATS, x[p + 3]);
        a00 = v0.fma(b, a00);
        a01 = v1.fma(b, a01);
        b = FloatVector.broadcast(FLOATS, x[p + V + 3]);
        a10 = v0.fma(b, a10);
        a11 = v1.fma(b, a11);
        b = FloatVector.broadcast(FLOATS, x[p + 2 * V + 3]);
        a20 = v0.fma(b, a20);
        a21 = v1.fma(b, a21);
        b = FloatVector.broadcast(FLOATS, x[p + 3 * V + 3]);
        a30 = v0.fma(b, a30);
        a31 = v1.fma(b, a31);
        p += 4;
        i += 4;
        if (i == section) {
          i = 0;
          p += end;
        } else if ((i & (V - 1)) == 0) {
          p += skip;
        }
      }
      FLOAT.cast(a00).intoArray(y, o);
      FLOAT.cast(a10).intoArray(y, o + V);
      FLOAT.cast(a20).intoArray(y, o + 2 * V);
      FLOAT.cast(a30).intoArray(y, o + 3 * V);
      int o1 = o + yBlock;
      FLOAT.cast(a01).intoArray(y, o1);
      FLOAT.cast(a11).intoArray(y, o1 + V);
      FLOAT.cast(a21).intoArray(y, o1 + 2 * V);
      FLOAT.cast(a31).intoArray(y, o1 + 3 * V);
    }
  }

  static void inputs8x2(
      float[] x,
      int at,
      int xBlock,
      int section,
      int inputs,
      float[] w,
      int wAt,
      float[] y,
      int to,
      int yBlock,
      int columns) {
    int w1 = wAt + inputs * V;
    int skip = xBlock - V;
    int end = xBlock - (section - 1) % V - 1;
    for (int t = 0; t < columns; t += 8) {
      int j = Math.min(t, columns - 8);
      int p = at + j * V;
      int o = to + j * V;
      int i = 0;
      FloatVector a00 = FloatVector.zero(FLOATS);
      FloatVector a01 = FloatVector.zero(FLOATS);
      FloatVector a10 = FloatVector.zero(FLOATS);
      FloatVector a11 = FloatVector.zero(FLOATS);
      FloatVector a20 = FloatVector.zero(FLOATS);
      FloatVector a21 = FloatVector.zero(FLOATS);
      FloatVector a30 = FloatVector.zero(FLOATS);
      FloatVector a31 = FloatVector.zero(FLOATS);
      FloatVector a40 = FloatVector.zero(FLOATS);
      FloatVector a41 = FloatVector.zero(FLOATS);
      FloatVector a50 = FloatVector.zero(FLOATS);
      FloatVector a51 = FloatVector.zero(FLOATS);
      FloatVector a60 = FloatVector.zero(FLOATS);
      FloatVector a61 = FloatVector.zero(FLOATS);
      FloatVector a70 = FloatVector.zero(FLOATS);
      FloatVector a71 = FloatVector.zero(FLOATS);
      for (int k = 0; k < inputs; k++) {
        FloatVector v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V));
        FloatVector v1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, w1 + k * V));
        FloatVector b =
            INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p])))
                .reinterpretAsFloats();
        a00 = v0.fma(b, a00);
        a01 = v1.fma(b, a01);
        b =
            INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + V])))
                .reinterpretAsFloats();
        a10 = v0.fma(b, a10);
        a11 = v1.fma(b, a11);
        b =
            INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 2 * V])))
                .reinterpretAsFloats();
        a20 = v0.fma(b, a20);
        a21 = v1.fma(b, a21);
        b =
            INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 3 * V])))
                .reinterpretAsFloats();
        a30 = v0.fma(b, a30);
        a31 = v1.fma(b, a31);
        b =
            INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 4 * V])))
                .reinterpretAsFloats();
        a40 = v0.fma(b, a40);
        a41 = v1.fma(b, a41);
        b =
            INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 5 * V])))
                .reinterpretAsFloats();
        a50 = v0.fma(b, a50);
        a51 = v1.fma(b, a51);
        b =
            INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 6 * V])))
                .reinterpretAsFloats();
        a60 = v0.fma(b, a60);
        a61 = v1.fma(b, a61);
        b =
            INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 7 * V])))
                .reinterpretAsFloats();
        a70 = v0.fma(b, a70);
        a71 = v1.fma(b, a71);
        p += 1;
        i += 1;
        if (i == section) {
          i = 0;
          p += end;
        } else if ((i & (V - 1)) == 0) {
          p += skip;
        }
      }
      FLOAT.cast(a00).intoArray(y, o);
      FLOAT.cast(a10).intoArray(y, o + V);
      FLOAT.cast(a20).intoArray(y, o + 2 * V);
      FLOAT.cast(a30).intoArray(y, o + 3 * V);
      FLOAT.cast(a40).intoArray(y, o + 4 * V);
      FLOAT.cast(a50).intoArray(y, o + 5 * V);
      FLOAT.cast(a60).intoArray(y, o + 6 * V);
      FLOAT.cast(a70).intoArray(y, o + 7 * V);
      int o1 = o + yBlock;
      FLOAT.cast(a01).intoArray(y, o1);
      FLOAT.cast(a11).intoArray(y, o1 + V);
      FLOAT.cast(a21).intoArray(y, o1 + 2 * V);
      FLOAT.cast(a31).intoArray(y, o1 + 3 * V);
      FLOAT.cast(a41).intoArray(y, o1 + 4 * V);
      FLOAT.cast(a51).intoArray(y, o1 + 5 * V);
      FLOAT.cast(a61).intoArray(y, o1 + 6 * V);
      FLOAT.cast(a71).intoArray(y, o1 + 7 * V);
    }
  }

  static void inputs8x1(
      float[] x,
      int at,
      int xBlock,
      int section,
      int inputs,
      float[] w,
      int wAt,
      float[] y,
      int to,
      int columns) {
    int skip = xBlock - V;
    int end = xBlock - (section - 1) % V - 1;
    for (int t = 0; t < columns; t += 8) {
      int j = Math.min(t, columns - 8);
      int p = at + j * V;
      int o = to + j * V;
      int i = 0;
      FloatVector a00 = FloatVector.zero(FLOATS);
      FloatVector a10 = FloatVector.zero(FLOATS);
      FloatVector a20 = FloatVector.zero(FLOATS);
      FloatVector a30 = FloatVector.zero(FLOATS);
      FloatVector a40 = FloatVector.zero(FLOATS);
      FloatVector a50 = FloatVector.zero(FLOATS);
      FloatVector a60 = FloatVector.zero(FLOATS);
      FloatVector a70 = FloatVector.zero(FLOATS);
      for (int k = 0; k < inputs; k++) {
        FloatVector v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V));
        FloatVector b =
            INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p])))
                .reinterpretAsFloats();
        a00 = v0.fma(b, a00);
        b =
            INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + V])))
                .reinterpretAsFloats();
        a10 = v0.fma(b, a10);
        b =
            INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 2 * V])))
                .reinterpretAsFloats();
        a20 = v0.fma(b, a20);
        b =
            INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 3 * V])))
                .reinterpretAsFloats();
        a30 = v0.fma(b, a30);
        b =
            INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 4 * V])))
                .reinterpretAsFloats();
        a40 = v0.fma(b, a40);
        b =
            INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 5 * V])))
                .reinterpretAsFloats();
        a50 = v0.fma(b, a50);
        b =
            INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 6 * V])))
                .reinterpretAsFloats();
        a60 = v0.fma(b, a60);
        b =
            INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 7 * V])))
                .reinterpretAsFloats();
        a70 = v0.fma(b, a70);
        p += 1;
        i += 1;
        if (i == section) {
          i = 0;
          p += end;
        } else if ((i & (V - 1)) == 0) {
          p += skip;
        }
      }
      FLOAT.cast(a00).intoArray(y, o);
      FLOAT.cast(a10).intoArray(y, o + V);
      FLOAT.cast(a20).intoArray(y, o + 2 * V);
      FLOAT.cast(a30).intoArray(y, o + 3 * V);
      FLOAT.cast(a40).intoArray(y, o + 4 * V);
      FLOAT.cast(a50).intoArray(y, o + 5 * V);
      FLOAT.cast(a60).intoArray(y, o + 6 * V);
      FLOAT.cast(a70).intoArray(y, o + 7 * V);
    }
  }

  static void inputs4x4(
      float[] x,
      int at,
      int xBlock,
      int section,
      int inputs,
      float[] w,
      int wAt,
      float[] y,
      int to,
      int yBlock,
      int columns) {
    int w1 = wAt + inputs * V;
    int w2 = wAt + 2 * inputs * V;
    int w3 = wAt + 3 * inputs * V;
    int skip = xBlock - V;
    int end = xBlock - (section - 1) % V - 1;
    for (int t = 0; t < columns; t += 4) {
      int j = Math.min(t, columns - 4);
      int p = at + j * V;
      int o = to + j * V;
      int i = 0;
      FloatVector a00 = FloatVector.zero(FLOATS);
      FloatVector a01 = FloatVector.zero(FLOATS);
      FloatVector a02 = FloatVector.zero(FLOATS);
      FloatVector a03 = FloatVector.zero(FLOATS);
      FloatVector a10 = FloatVector.zero(FLOATS);
      FloatVector a11 = FloatVector.zero(FLOATS);
      FloatVector a12 = FloatVector.zero(FLOATS);
      FloatVector a13 = FloatVector.zero(FLOATS);
      FloatVector a20 = FloatVector.zero(FLOATS);
      FloatVector a21 = FloatVector.zero(FLOATS);
      FloatVector a22 = FloatVector.zero(FLOATS);
      FloatVector a23 = FloatVector.zero(FLOATS);
      FloatVector a30 = FloatVector.zero(FLOATS);
      FloatVector a31 = FloatVector.zero(FLOATS);
      FloatVector a32 = FloatVector.zero(FLOATS);
      FloatVector a33 = FloatVector.zero(FLOATS);
      for (int k = 0; k < inputs; k++) {
        FloatVector v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V));
        FloatVector v1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, w1 + k * V));
        FloatVector v2 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, w2 + k * V));
        FloatVector v3 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, w3 + k * V));
        FloatVector b =
            INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p])))
                .reinterpretAsFloats();
        a00 = v0.fma(b, a00);
        a01 = v1.fma(b, a01);
        a02 = v2.fma(b, a02);
        a03 = v3.fma(b, a03);
        b =
            INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + V])))
                .reinterpretAsFloats();
        a10 = v0.fma(b, a10);
        a11 = v1.fma(b, a11);
        a12 = v2.fma(b, a12);
        a13 = v3.fma(b, a13);
        b =
            INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 2 * V])))
                .reinterpretAsFloats();
        a20 = v0.fma(b, a20);
        a21 = v1.fma(b, a21);
        a22 = v2.fma(b, a22);
        a23 = v3.fma(b, a23);
        b =
            INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 3 * V])))
                .reinterpretAsFloats();
        a30 = v0.fma(b, a30);
        a31 = v1.fma(b, a31);
        a32 = v2.fma(b, a32);
        a33 = v3.fma(b, a33);
        p += 1;
        i += 1;
        if (i == section) {
          i = 0;
          p += end;
        } else if ((i & (V - 1)) == 0) {
          p += skip;
        }
      }
      FLOAT.cast(a00).intoArray(y, o);
      FLOAT.cast(a10).intoArray(y, o + V);
      FLOAT.cast(a20).intoArray(y, o + 2 * V);
      FLOAT.cast(a30).intoArray(y, o + 3 * V);
      int o1 = o + yBlock;
      FLOAT.cast(a01).intoArray(y, o1);
      FLOAT.cast(a11).intoArray(y, o1 + V);
      FLOAT.cast(a21).intoArray(y, o1 + 2 * V);
      FLOAT.cast(a31).intoArray(y, o1 + 3 * V);
      int o2 = o + 2 * yBlock;
      FLOAT.cast(a02).intoArray(y, o2);
      FLOAT.cast(a12).intoArray(y, o2 + V);
      FLOAT.cast(a22).intoArray(y, o2 + 2 * V);
      FLOAT.cast(a32).intoArray(y, o2 + 3 * V);
      int o3 = o + 3 * yBlock;
      FLOAT.cast(a03).intoArray(y, o3);
      FLOAT.cast(a13).intoArray(y, o3 + V);
      FLOAT.cast(a23).intoArray(y, o3 + 2 * V);
      FLOAT.cast(a33).intoArray(y, o3 + 3 * V);
    }
  }

  static void inputs4x2(
      float[] x,
      int at,
      int xBlock,
      int section,
      int inputs,
      float[] w,
      int wAt,
      float[] y,
      int to,
      int yBlock,
      int columns) {
    int w1 = wAt + inputs * V;
    int skip = xBlock - V;
    int end = xBlock - (section - 1) % V - 1;
    for (int t = 0; t < columns; t += 4) {
      int j = Math.min(t, columns - 4);
      int p = at + j * V;
      int o = to + j * V;
      int i = 0;
      FloatVector a00 = FloatVector.zero(FLOATS);
      FloatVector a01 = FloatVector.zero(FLOATS);
      FloatVector a10 = FloatVector.zero(FLOATS);
      FloatVector a11 = FloatVector.zero(FLOATS);
      FloatVector a20 = FloatVector.zero(FLOATS);
      FloatVector a21 = FloatVector.zero(FLOATS);
      FloatVector a30 = FloatVector.zero(FLOATS);
      FloatVector a31 = FloatVector.zero(FLOATS);
      for (int k = 0; k < inputs; k++) {
        FloatVector v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V));
        FloatVector v1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, w1 + k * V));
        FloatVector b =
            INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p])))
                .reinterpretAsFloats();
        a00 = v0.fma(b, a00);
        a01 = v1.fma(b, a01);
        b =
            INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + V])))
                .reinterpretAsFloats();
        a10 = v0.fma(b, a10);
        a11 = v1.fma(b, a11);
        b =
            INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 2 * V])))
                .reinterpretAsFloats();
        a20 = v0.fma(b, a20);
        a21 = v1.fma(b, a21);
        b =
            INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 3 * V])))
                .reinterpretAsFloats();
        a30 = v0.fma(b, a30);
        a31 = v1.fma(b, a31);
        p += 1;
        i += 1;
        if (i == section) {
          i = 0;
          p += end;
        } else if ((i & (V - 1)) == 0) {
          p += skip;
        }
      }
      FLOAT.cast(a00).intoArray(y, o);
      FLOAT.cast(a10).intoArray(y, o + V);
      FLOAT.cast(a20).intoArray(y, o + 2 * V);
      FLOAT.cast(a30).intoArray(y, o + 3 * V);
      int o1 = o + yBlock;
      FLOAT.cast(a01).intoArray(y, o1);
      FLOAT.cast(a11).intoArray(y, o1 + V);
      FLOAT.cast(a21).intoArray(y, o1 + 2 * V);
      FLOAT.cast(a31).intoArray(y, o1 + 3 * V);
    }
  }

  static void inputs4x1(
      float[] x,
      int at,
      int xBlock,
      int section,
      int inputs,
      float[] w,
      int wAt,
      float[] y,
      int to,
      int columns) {
    int skip = xBlock - V;
    int end = xBlock - (section - 1) % V - 1;
    for (int t = 0; t < columns; t += 4) {
      int j = Math.min(t, columns - 4);
      int p = at + j * V;
      int o = to + j * V;
      int i = 0;
      FloatVector a00 = FloatVector.zero(FLOATS);
      FloatVector a10 = FloatVector.zero(FLOATS);
      FloatVector a20 = FloatVector.zero(FLOATS);
      FloatVector a30 = FloatVector.zero(FLOATS);
      for (int k = 0; k < inputs; k++) {
        FloatVector v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V));
        FloatVector b =
            INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p])))
                .reinterpretAsFloats();
        a00 = v0.fma(b, a00);
        b =
            INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + V])))
                .reinterpretAsFloats();
        a10 = v0.fma(b, a10);
        b =
            INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 2 * V])))
                .reinterpretAsFloats();
        a20 = v0.fma(b, a20);
        b =
            INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 3 * V])))
                .reinterpretAsFloats();
        a30 = v0.fma(b, a30);
        p += 1;
        i += 1;
        if (i == section) {
          i = 0;
          p += end;
        } else if ((i & (V - 1)) == 0) {
          p += skip;
        }
      }
      FLOAT.cast(a00).intoArray(y, o);
      FLOAT.cast(a10).intoArray(y, o + V);
      FLOAT.cast(a20).intoArray(y, o + 2 * V);
      FLOAT.cast(a30).intoArray(y, o + 3 * V);
    }
  }

  static void inputs1x1(
      float[] x,
      int at,
      int xBlock,
      int section,
      int inputs,
      float[] w,
      int wAt,
      float[] y,
      int to,
      int columns) {
    int skip = xBlock - V;
    int end = xBlock - (section - 1) % V - 1;
    for (int j = 0; j < columns; j++) {
      int p = at + j * V;
      int o = to + j * V;
      int i = 0;
      FloatVector a00 = FloatVector.zero(FLOATS);
      for (int k = 0; k < inputs; k++) {
        FloatVector v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V));
        FloatVector b =
            INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p])))
                .reinterpretAsFloats();
        a00 = v0.fma(b, a00);
        p += 1;
        i += 1;
        if (i == section) {
          i = 0;
          p += end;
        } else if ((i & (V - 1)) == 0) {
          p += skip;
        }
      }
      FLOAT.cast(a00).intoArray(y, o);
    }
  }

  static void weights8x2(
      float[] x,
      int at,
      int xSkip,
      float[] g,
      int gAt,
      int gBlock,
      int gSkip,
      int pixels,
      int columns,
      float[] gw,
      int to,
      int block) {
    int p = at;
    int q = gAt;
    int j = 0;
    FloatVector a00 = FloatVector.zero(FLOATS);
    FloatVector a01 = FloatVector.zero(FLOATS);
    FloatVector a10 = FloatVector.zero(FLOATS);
    FloatVector a11 = FloatVector.zero(FLOATS);
    FloatVector a20 = FloatVector.zero(FLOATS);
    FloatVector a21 = FloatVector.zero(FLOATS);
    FloatVector a30 = FloatVector.zero(FLOATS);
    FloatVector a31 = FloatVector.zero(FLOATS);
    FloatVector a40 = FloatVector.zero(FLOATS);
    FloatVector a41 = FloatVector.zero(FLOATS);
    FloatVector a50 = FloatVector.zero(FLOATS);
    FloatVector a51 = FloatVector.zero(FLOATS);
    FloatVector a60 = FloatVector.zero(FLOATS);
    FloatVector a61 = FloatVector.zero(FLOATS);
    FloatVector a70 = FloatVector.zero(FLOATS);
    FloatVector a71 = FloatVector.zero(FLOATS);
    for (int t = 0; t < pixels; t++) {
      int q1 = q + gBlock;
      FloatVector v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q));
      FloatVector v1 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q1));
      FloatVector b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p]))).reinterpretAsFloats();
      a00 = v0.fma(b, a00);
      a01 = v1.fma(b, a01);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 1])))
              .reinterpretAsFloats();
      a10 = v0.fma(b, a10);
      a11 = v1.fma(b, a11);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 2])))
              .reinterpretAsFloats();
      a20 = v0.fma(b, a20);
      a21 = v1.fma(b, a21);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 3])))
              .reinterpretAsFloats();
      a30 = v0.fma(b, a30);
      a31 = v1.fma(b, a31);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 4])))
              .reinterpretAsFloats();
      a40 = v0.fma(b, a40);
      a41 = v1.fma(b, a41);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 5])))
              .reinterpretAsFloats();
      a50 = v0.fma(b, a50);
      a51 = v1.fma(b, a51);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 6])))
              .reinterpretAsFloats();
      a60 = v0.fma(b, a60);
      a61 = v1.fma(b, a61);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 7])))
              .reinterpretAsFloats();
      a70 = v0.fma(b, a70);
      a71 = v1.fma(b, a71);
      p += V;
      q += V;
      j++;
      if (j == columns) {
        j = 0;
        p += xSkip;
        q += gSkip;
      }
    }
    FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to)).add(a00)).intoArray(gw, to);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + V)).add(a10))
        .intoArray(gw, to + V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 2 * V)).add(a20))
        .intoArray(gw, to + 2 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 3 * V)).add(a30))
        .intoArray(gw, to + 3 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 4 * V)).add(a40))
        .intoArray(gw, to + 4 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 5 * V)).add(a50))
        .intoArray(gw, to + 5 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 6 * V)).add(a60))
        .intoArray(gw, to + 6 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 7 * V)).add(a70))
        .intoArray(gw, to + 7 * V);
    int to1 = to + block;
    FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to1)).add(a01)).intoArray(gw, to1);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to1 + V)).add(a11))
        .intoArray(gw, to1 + V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to1 + 2 * V)).add(a21))
        .intoArray(gw, to1 + 2 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to1 + 3 * V)).add(a31))
        .intoArray(gw, to1 + 3 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to1 + 4 * V)).add(a41))
        .intoArray(gw, to1 + 4 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to1 + 5 * V)).add(a51))
        .intoArray(gw, to1 + 5 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to1 + 6 * V)).add(a61))
        .intoArray(gw, to1 + 6 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to1 + 7 * V)).add(a71))
        .intoArray(gw, to1 + 7 * V);
  }

  static void weights8x1(
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
    FloatVector a10 = FloatVector.zero(FLOATS);
    FloatVector a20 = FloatVector.zero(FLOATS);
    FloatVector a30 = FloatVector.zero(FLOATS);
    FloatVector a40 = FloatVector.zero(FLOATS);
    FloatVector a50 = FloatVector.zero(FLOATS);
    FloatVector a60 = FloatVector.zero(FLOATS);
    FloatVector a70 = FloatVector.zero(FLOATS);
    for (int t = 0; t < pixels; t++) {
      FloatVector v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q));
      FloatVector b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p]))).reinterpretAsFloats();
      a00 = v0.fma(b, a00);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 1])))
              .reinterpretAsFloats();
      a10 = v0.fma(b, a10);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 2])))
              .reinterpretAsFloats();
      a20 = v0.fma(b, a20);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 3])))
              .reinterpretAsFloats();
      a30 = v0.fma(b, a30);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 4])))
              .reinterpretAsFloats();
      a40 = v0.fma(b, a40);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 5])))
              .reinterpretAsFloats();
      a50 = v0.fma(b, a50);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 6])))
              .reinterpretAsFloats();
      a60 = v0.fma(b, a60);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 7])))
              .reinterpretAsFloats();
      a70 = v0.fma(b, a70);
      p += V;
      q += V;
      j++;
      if (j == columns) {
        j = 0;
        p += xSkip;
        q += gSkip;
      }
    }
    FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to)).add(a00)).intoArray(gw, to);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + V)).add(a10))
        .intoArray(gw, to + V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 2 * V)).add(a20))
        .intoArray(gw, to + 2 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 3 * V)).add(a30))
        .intoArray(gw, to + 3 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 4 * V)).add(a40))
        .intoArray(gw, to + 4 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 5 * V)).add(a50))
        .intoArray(gw, to + 5 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 6 * V)).add(a60))
        .intoArray(gw, to + 6 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 7 * V)).add(a70))
        .intoArray(gw, to + 7 * V);
  }

  static void weights4x2(
      float[] x,
      int at,
      int xSkip,
      float[] g,
      int gAt,
      int gBlock,
      int gSkip,
      int pixels,
      int columns,
      float[] gw,
      int to,
      int block) {
    int p = at;
    int q = gAt;
    int j = 0;
    FloatVector a00 = FloatVector.zero(FLOATS);
    FloatVector a01 = FloatVector.zero(FLOATS);
    FloatVector a10 = FloatVector.zero(FLOATS);
    FloatVector a11 = FloatVector.zero(FLOATS);
    FloatVector a20 = FloatVector.zero(FLOATS);
    FloatVector a21 = FloatVector.zero(FLOATS);
    FloatVector a30 = FloatVector.zero(FLOATS);
    FloatVector a31 = FloatVector.zero(FLOATS);
    for (int t = 0; t < pixels; t++) {
      int q1 = q + gBlock;
      FloatVector v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q));
      FloatVector v1 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q1));
      FloatVector b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p]))).reinterpretAsFloats();
      a00 = v0.fma(b, a00);
      a01 = v1.fma(b, a01);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 1])))
              .reinterpretAsFloats();
      a10 = v0.fma(b, a10);
      a11 = v1.fma(b, a11);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 2])))
              .reinterpretAsFloats();
      a20 = v0.fma(b, a20);
      a21 = v1.fma(b, a21);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 3])))
              .reinterpretAsFloats();
      a30 = v0.fma(b, a30);
      a31 = v1.fma(b, a31);
      p += V;
      q += V;
      j++;
      if (j == columns) {
        j = 0;
        p += xSkip;
        q += gSkip;
      }
    }
    FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to)).add(a00)).intoArray(gw, to);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + V)).add(a10))
        .intoArray(gw, to + V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 2 * V)).add(a20))
        .intoArray(gw, to + 2 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 3 * V)).add(a30))
        .intoArray(gw, to + 3 * V);
    int to1 = to + block;
    FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to1)).add(a01)).intoArray(gw, to1);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to1 + V)).add(a11))
        .intoArray(gw, to1 + V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to1 + 2 * V)).add(a21))
        .intoArray(gw, to1 + 2 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to1 + 3 * V)).add(a31))
        .intoArray(gw, to1 + 3 * V);
  }

  static void weights4x1(
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
    FloatVector a10 = FloatVector.zero(FLOATS);
    FloatVector a20 = FloatVector.zero(FLOATS);
    FloatVector a30 = FloatVector.zero(FLOATS);
    for (int t = 0; t < pixels; t++) {
      FloatVector v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q));
      FloatVector b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p]))).reinterpretAsFloats();
      a00 = v0.fma(b, a00);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 1])))
              .reinterpretAsFloats();
      a10 = v0.fma(b, a10);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 2])))
              .reinterpretAsFloats();
      a20 = v0.fma(b, a20);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 3])))
              .reinterpretAsFloats();
      a30 = v0.fma(b, a30);
      p += V;
      q += V;
      j++;
      if (j == columns) {
        j = 0;
        p += xSkip;
        q += gSkip;
      }
    }
    FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to)).add(a00)).intoArray(gw, to);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + V)).add(a10))
        .intoArray(gw, to + V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 2 * V)).add(a20))
        .intoArray(gw, to + 2 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 3 * V)).add(a30))
        .intoArray(gw, to + 3 * V);
  }

  static void pairs4x2(
      float[] x,
      int at,
      int xSkip,
      float[] g,
      int gAt,
      int gBlock,
      int gSkip,
      int pixels,
      int columns,
      float[] gw,
      int to,
      int block) {
    int p = at;
    int q = gAt;
    int j = 0;
    FloatVector a00 = FloatVector.zero(FLOATS);
    FloatVector a01 = FloatVector.zero(FLOATS);
    FloatVector a10 = FloatVector.zero(FLOATS);
    FloatVector a11 = FloatVector.zero(FLOATS);
    FloatVector a20 = FloatVector.zero(FLOATS);
    FloatVector a21 = FloatVector.zero(FLOATS);
    FloatVector a30 = FloatVector.zero(FLOATS);
    FloatVector a31 = FloatVector.zero(FLOATS);
    for (int t = 0; t < pixels; t += 2) {
      int q1 = q + gBlock;
      FloatVector v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q));
      FloatVector v1 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q1));
      FloatVector b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p]))).reinterpretAsFloats();
      a00 = v0.fma(b, a00);
      a01 = v1.fma(b, a01);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 1])))
              .reinterpretAsFloats();
      a10 = v0.fma(b, a10);
      a11 = v1.fma(b, a11);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 2])))
              .reinterpretAsFloats();
      a20 = v0.fma(b, a20);
      a21 = v1.fma(b, a21);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 3])))
              .reinterpretAsFloats();
      a30 = v0.fma(b, a30);
      a31 = v1.fma(b, a31);
      v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q + V));
      v1 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q1 + V));
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + V])))
              .reinterpretAsFloats();
      a00 = v0.fma(b, a00);
      a01 = v1.fma(b, a01);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + V + 1])))
              .reinterpretAsFloats();
      a10 = v0.fma(b, a10);
      a11 = v1.fma(b, a11);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + V + 2])))
              .reinterpretAsFloats();
      a20 = v0.fma(b, a20);
      a21 = v1.fma(b, a21);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + V + 3])))
              .reinterpretAsFloats();
      a30 = v0.fma(b, a30);
      a31 = v1.fma(b, a31);
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
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + V)).add(a10))
        .intoArray(gw, to + V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 2 * V)).add(a20))
        .intoArray(gw, to + 2 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to + 3 * V)).add(a30))
        .intoArray(gw, to + 3 * V);
    int to1 = to + block;
    FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to1)).add(a01)).intoArray(gw, to1);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to1 + V)).add(a11))
        .intoArray(gw, to1 + V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to1 + 2 * V)).add(a21))
        .intoArray(gw, to1 + 2 * V);
    FLOAT
        .cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to1 + 3 * V)).add(a31))
        .intoArray(gw, to1 + 3 * V);
  }
}
