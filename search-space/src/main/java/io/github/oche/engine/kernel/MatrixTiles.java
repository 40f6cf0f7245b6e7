package io.github.oche.engine.kernel;

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
 * <p>{@code multiply8x2} makes 8 pixels of 2 blocks of output channels; {@code packed8x2} likewise,
 * of pixels with as many inputs, and each block of outputs dense; {@code weights8x2} the gradients
 * of 8 inputs and 2 blocks.
 */
final class MatrixTiles {
  private MatrixTiles() {}

  static void packed8x1(float[] x, int p, int inputs, float[] w, int wAt, float[] y, int o) {
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
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + k])))
              .reinterpretAsFloats();
      a00 = v0.fma(b, a00);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + V + k])))
              .reinterpretAsFloats();
      a10 = v0.fma(b, a10);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 2 * V + k])))
              .reinterpretAsFloats();
      a20 = v0.fma(b, a20);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 3 * V + k])))
              .reinterpretAsFloats();
      a30 = v0.fma(b, a30);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 4 * V + k])))
              .reinterpretAsFloats();
      a40 = v0.fma(b, a40);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 5 * V + k])))
              .reinterpretAsFloats();
      a50 = v0.fma(b, a50);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 6 * V + k])))
              .reinterpretAsFloats();
      a60 = v0.fma(b, a60);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 7 * V + k])))
              .reinterpretAsFloats();
      a70 = v0.fma(b, a70);
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

  static void packed8x2(
      float[] x, int p, int inputs, float[] w, int wAt, float[] y, int o, int yBlock) {
    int w1 = wAt + inputs * V;
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
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + k])))
              .reinterpretAsFloats();
      a00 = v0.fma(b, a00);
      a01 = v1.fma(b, a01);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 2 * V + k])))
              .reinterpretAsFloats();
      a10 = v0.fma(b, a10);
      a11 = v1.fma(b, a11);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 4 * V + k])))
              .reinterpretAsFloats();
      a20 = v0.fma(b, a20);
      a21 = v1.fma(b, a21);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 6 * V + k])))
              .reinterpretAsFloats();
      a30 = v0.fma(b, a30);
      a31 = v1.fma(b, a31);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 8 * V + k])))
              .reinterpretAsFloats();
      a40 = v0.fma(b, a40);
      a41 = v1.fma(b, a41);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 10 * V + k])))
              .reinterpretAsFloats();
      a50 = v0.fma(b, a50);
      a51 = v1.fma(b, a51);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 12 * V + k])))
              .reinterpretAsFloats();
      a60 = v0.fma(b, a60);
      a61 = v1.fma(b, a61);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 14 * V + k])))
              .reinterpretAsFloats();
      a70 = v0.fma(b, a70);
      a71 = v1.fma(b, a71);
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

  static void packed7x1(float[] x, int p, int inputs, float[] w, int wAt, float[] y, int o) {
    FloatVector a00 = FloatVector.zero(FLOATS);
    FloatVector a10 = FloatVector.zero(FLOATS);
    FloatVector a20 = FloatVector.zero(FLOATS);
    FloatVector a30 = FloatVector.zero(FLOATS);
    FloatVector a40 = FloatVector.zero(FLOATS);
    FloatVector a50 = FloatVector.zero(FLOATS);
    FloatVector a60 = FloatVector.zero(FLOATS);
    for (int k = 0; k < inputs; k++) {
      FloatVector v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V));
      FloatVector b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + k])))
              .reinterpretAsFloats();
      a00 = v0.fma(b, a00);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + V + k])))
              .reinterpretAsFloats();
      a10 = v0.fma(b, a10);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 2 * V + k])))
              .reinterpretAsFloats();
      a20 = v0.fma(b, a20);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 3 * V + k])))
              .reinterpretAsFloats();
      a30 = v0.fma(b, a30);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 4 * V + k])))
              .reinterpretAsFloats();
      a40 = v0.fma(b, a40);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 5 * V + k])))
              .reinterpretAsFloats();
      a50 = v0.fma(b, a50);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 6 * V + k])))
              .reinterpretAsFloats();
      a60 = v0.fma(b, a60);
    }
    FLOAT.cast(a00).intoArray(y, o);
    FLOAT.cast(a10).intoArray(y, o + V);
    FLOAT.cast(a20).intoArray(y, o + 2 * V);
    FLOAT.cast(a30).intoArray(y, o + 3 * V);
    FLOAT.cast(a40).intoArray(y, o + 4 * V);
    FLOAT.cast(a50).intoArray(y, o + 5 * V);
    FLOAT.cast(a60).intoArray(y, o + 6 * V);
  }

  static void packed4x2(
      float[] x, int p, int inputs, float[] w, int wAt, float[] y, int o, int yBlock) {
    int w1 = wAt + inputs * V;
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
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + k])))
              .reinterpretAsFloats();
      a00 = v0.fma(b, a00);
      a01 = v1.fma(b, a01);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 2 * V + k])))
              .reinterpretAsFloats();
      a10 = v0.fma(b, a10);
      a11 = v1.fma(b, a11);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 4 * V + k])))
              .reinterpretAsFloats();
      a20 = v0.fma(b, a20);
      a21 = v1.fma(b, a21);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 6 * V + k])))
              .reinterpretAsFloats();
      a30 = v0.fma(b, a30);
      a31 = v1.fma(b, a31);
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

  static void multiply8x1(
      float[] x, int p, int pixel, int inputs, float[] w, int wAt, float[] y, int o, int pitch) {
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
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + k])))
              .reinterpretAsFloats();
      a00 = v0.fma(b, a00);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + pixel + k])))
              .reinterpretAsFloats();
      a10 = v0.fma(b, a10);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 2 * pixel + k])))
              .reinterpretAsFloats();
      a20 = v0.fma(b, a20);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 3 * pixel + k])))
              .reinterpretAsFloats();
      a30 = v0.fma(b, a30);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 4 * pixel + k])))
              .reinterpretAsFloats();
      a40 = v0.fma(b, a40);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 5 * pixel + k])))
              .reinterpretAsFloats();
      a50 = v0.fma(b, a50);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 6 * pixel + k])))
              .reinterpretAsFloats();
      a60 = v0.fma(b, a60);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 7 * pixel + k])))
              .reinterpretAsFloats();
      a70 = v0.fma(b, a70);
    }
    FLOAT.cast(a00).intoArray(y, o);
    FLOAT.cast(a10).intoArray(y, o + pitch);
    FLOAT.cast(a20).intoArray(y, o + 2 * pitch);
    FLOAT.cast(a30).intoArray(y, o + 3 * pitch);
    FLOAT.cast(a40).intoArray(y, o + 4 * pitch);
    FLOAT.cast(a50).intoArray(y, o + 5 * pitch);
    FLOAT.cast(a60).intoArray(y, o + 6 * pitch);
    FLOAT.cast(a70).intoArray(y, o + 7 * pitch);
  }

  static void multiply8x2(
      float[] x,
      int p,
      int pixel,
      int inputs,
      float[] w,
      int wAt,
      float[] y,
      int o,
      int pitch,
      int yBlock) {
    int w1 = wAt + inputs * V;
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
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + k])))
              .reinterpretAsFloats();
      a00 = v0.fma(b, a00);
      a01 = v1.fma(b, a01);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + pixel + k])))
              .reinterpretAsFloats();
      a10 = v0.fma(b, a10);
      a11 = v1.fma(b, a11);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 2 * pixel + k])))
              .reinterpretAsFloats();
      a20 = v0.fma(b, a20);
      a21 = v1.fma(b, a21);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 3 * pixel + k])))
              .reinterpretAsFloats();
      a30 = v0.fma(b, a30);
      a31 = v1.fma(b, a31);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 4 * pixel + k])))
              .reinterpretAsFloats();
      a40 = v0.fma(b, a40);
      a41 = v1.fma(b, a41);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 5 * pixel + k])))
              .reinterpretAsFloats();
      a50 = v0.fma(b, a50);
      a51 = v1.fma(b, a51);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 6 * pixel + k])))
              .reinterpretAsFloats();
      a60 = v0.fma(b, a60);
      a61 = v1.fma(b, a61);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 7 * pixel + k])))
              .reinterpretAsFloats();
      a70 = v0.fma(b, a70);
      a71 = v1.fma(b, a71);
    }
    FLOAT.cast(a00).intoArray(y, o);
    FLOAT.cast(a10).intoArray(y, o + pitch);
    FLOAT.cast(a20).intoArray(y, o + 2 * pitch);
    FLOAT.cast(a30).intoArray(y, o + 3 * pitch);
    FLOAT.cast(a40).intoArray(y, o + 4 * pitch);
    FLOAT.cast(a50).intoArray(y, o + 5 * pitch);
    FLOAT.cast(a60).intoArray(y, o + 6 * pitch);
    FLOAT.cast(a70).intoArray(y, o + 7 * pitch);
    int o1 = o + yBlock;
    FLOAT.cast(a01).intoArray(y, o1);
    FLOAT.cast(a11).intoArray(y, o1 + pitch);
    FLOAT.cast(a21).intoArray(y, o1 + 2 * pitch);
    FLOAT.cast(a31).intoArray(y, o1 + 3 * pitch);
    FLOAT.cast(a41).intoArray(y, o1 + 4 * pitch);
    FLOAT.cast(a51).intoArray(y, o1 + 5 * pitch);
    FLOAT.cast(a61).intoArray(y, o1 + 6 * pitch);
    FLOAT.cast(a71).intoArray(y, o1 + 7 * pitch);
  }

  static void multiply7x1(
      float[] x, int p, int pixel, int inputs, float[] w, int wAt, float[] y, int o, int pitch) {
    FloatVector a00 = FloatVector.zero(FLOATS);
    FloatVector a10 = FloatVector.zero(FLOATS);
    FloatVector a20 = FloatVector.zero(FLOATS);
    FloatVector a30 = FloatVector.zero(FLOATS);
    FloatVector a40 = FloatVector.zero(FLOATS);
    FloatVector a50 = FloatVector.zero(FLOATS);
    FloatVector a60 = FloatVector.zero(FLOATS);
    for (int k = 0; k < inputs; k++) {
      FloatVector v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V));
      FloatVector b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + k])))
              .reinterpretAsFloats();
      a00 = v0.fma(b, a00);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + pixel + k])))
              .reinterpretAsFloats();
      a10 = v0.fma(b, a10);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 2 * pixel + k])))
              .reinterpretAsFloats();
      a20 = v0.fma(b, a20);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 3 * pixel + k])))
              .reinterpretAsFloats();
      a30 = v0.fma(b, a30);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 4 * pixel + k])))
              .reinterpretAsFloats();
      a40 = v0.fma(b, a40);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 5 * pixel + k])))
              .reinterpretAsFloats();
      a50 = v0.fma(b, a50);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 6 * pixel + k])))
              .reinterpretAsFloats();
      a60 = v0.fma(b, a60);
    }
    FLOAT.cast(a00).intoArray(y, o);
    FLOAT.cast(a10).intoArray(y, o + pitch);
    FLOAT.cast(a20).intoArray(y, o + 2 * pitch);
    FLOAT.cast(a30).intoArray(y, o + 3 * pitch);
    FLOAT.cast(a40).intoArray(y, o + 4 * pitch);
    FLOAT.cast(a50).intoArray(y, o + 5 * pitch);
    FLOAT.cast(a60).intoArray(y, o + 6 * pitch);
  }

  static void multiply4x4(
      float[] x,
      int p,
      int pixel,
      int inputs,
      float[] w,
      int wAt,
      float[] y,
      int o,
      int pitch,
      int yBlock) {
    int w1 = wAt + inputs * V;
    int w2 = wAt + 2 * inputs * V;
    int w3 = wAt + 3 * inputs * V;
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
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + k])))
              .reinterpretAsFloats();
      a00 = v0.fma(b, a00);
      a01 = v1.fma(b, a01);
      a02 = v2.fma(b, a02);
      a03 = v3.fma(b, a03);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + pixel + k])))
              .reinterpretAsFloats();
      a10 = v0.fma(b, a10);
      a11 = v1.fma(b, a11);
      a12 = v2.fma(b, a12);
      a13 = v3.fma(b, a13);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 2 * pixel + k])))
              .reinterpretAsFloats();
      a20 = v0.fma(b, a20);
      a21 = v1.fma(b, a21);
      a22 = v2.fma(b, a22);
      a23 = v3.fma(b, a23);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 3 * pixel + k])))
              .reinterpretAsFloats();
      a30 = v0.fma(b, a30);
      a31 = v1.fma(b, a31);
      a32 = v2.fma(b, a32);
      a33 = v3.fma(b, a33);
    }
    FLOAT.cast(a00).intoArray(y, o);
    FLOAT.cast(a10).intoArray(y, o + pitch);
    FLOAT.cast(a20).intoArray(y, o + 2 * pitch);
    FLOAT.cast(a30).intoArray(y, o + 3 * pitch);
    int o1 = o + yBlock;
    FLOAT.cast(a01).intoArray(y, o1);
    FLOAT.cast(a11).intoArray(y, o1 + pitch);
    FLOAT.cast(a21).intoArray(y, o1 + 2 * pitch);
    FLOAT.cast(a31).intoArray(y, o1 + 3 * pitch);
    int o2 = o + 2 * yBlock;
    FLOAT.cast(a02).intoArray(y, o2);
    FLOAT.cast(a12).intoArray(y, o2 + pitch);
    FLOAT.cast(a22).intoArray(y, o2 + 2 * pitch);
    FLOAT.cast(a32).intoArray(y, o2 + 3 * pitch);
    int o3 = o + 3 * yBlock;
    FLOAT.cast(a03).intoArray(y, o3);
    FLOAT.cast(a13).intoArray(y, o3 + pitch);
    FLOAT.cast(a23).intoArray(y, o3 + 2 * pitch);
    FLOAT.cast(a33).intoArray(y, o3 + 3 * pitch);
  }

  static void multiply4x2(
      float[] x,
      int p,
      int pixel,
      int inputs,
      float[] w,
      int wAt,
      float[] y,
      int o,
      int pitch,
      int yBlock) {
    int w1 = wAt + inputs * V;
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
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + k])))
              .reinterpretAsFloats();
      a00 = v0.fma(b, a00);
      a01 = v1.fma(b, a01);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + pixel + k])))
              .reinterpretAsFloats();
      a10 = v0.fma(b, a10);
      a11 = v1.fma(b, a11);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 2 * pixel + k])))
              .reinterpretAsFloats();
      a20 = v0.fma(b, a20);
      a21 = v1.fma(b, a21);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 3 * pixel + k])))
              .reinterpretAsFloats();
      a30 = v0.fma(b, a30);
      a31 = v1.fma(b, a31);
    }
    FLOAT.cast(a00).intoArray(y, o);
    FLOAT.cast(a10).intoArray(y, o + pitch);
    FLOAT.cast(a20).intoArray(y, o + 2 * pitch);
    FLOAT.cast(a30).intoArray(y, o + 3 * pitch);
    int o1 = o + yBlock;
    FLOAT.cast(a01).intoArray(y, o1);
    FLOAT.cast(a11).intoArray(y, o1 + pitch);
    FLOAT.cast(a21).intoArray(y, o1 + 2 * pitch);
    FLOAT.cast(a31).intoArray(y, o1 + 3 * pitch);
  }

  static void multiply4x1(
      float[] x, int p, int pixel, int inputs, float[] w, int wAt, float[] y, int o, int pitch) {
    FloatVector a00 = FloatVector.zero(FLOATS);
    FloatVector a10 = FloatVector.zero(FLOATS);
    FloatVector a20 = FloatVector.zero(FLOATS);
    FloatVector a30 = FloatVector.zero(FLOATS);
    for (int k = 0; k < inputs; k++) {
      FloatVector v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V));
      FloatVector b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + k])))
              .reinterpretAsFloats();
      a00 = v0.fma(b, a00);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + pixel + k])))
              .reinterpretAsFloats();
      a10 = v0.fma(b, a10);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 2 * pixel + k])))
              .reinterpretAsFloats();
      a20 = v0.fma(b, a20);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 3 * pixel + k])))
              .reinterpretAsFloats();
      a30 = v0.fma(b, a30);
    }
    FLOAT.cast(a00).intoArray(y, o);
    FLOAT.cast(a10).intoArray(y, o + pitch);
    FLOAT.cast(a20).intoArray(y, o + 2 * pitch);
    FLOAT.cast(a30).intoArray(y, o + 3 * pitch);
  }

  static void multiply3x3(
      float[] x,
      int p,
      int pixel,
      int inputs,
      float[] w,
      int wAt,
      float[] y,
      int o,
      int pitch,
      int yBlock) {
    int w1 = wAt + inputs * V;
    int w2 = wAt + 2 * inputs * V;
    FloatVector a00 = FloatVector.zero(FLOATS);
    FloatVector a01 = FloatVector.zero(FLOATS);
    FloatVector a02 = FloatVector.zero(FLOATS);
    FloatVector a10 = FloatVector.zero(FLOATS);
    FloatVector a11 = FloatVector.zero(FLOATS);
    FloatVector a12 = FloatVector.zero(FLOATS);
    FloatVector a20 = FloatVector.zero(FLOATS);
    FloatVector a21 = FloatVector.zero(FLOATS);
    FloatVector a22 = FloatVector.zero(FLOATS);
    for (int k = 0; k < inputs; k++) {
      FloatVector v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V));
      FloatVector v1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, w1 + k * V));
      FloatVector v2 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, w2 + k * V));
      FloatVector b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + k])))
              .reinterpretAsFloats();
      a00 = v0.fma(b, a00);
      a01 = v1.fma(b, a01);
      a02 = v2.fma(b, a02);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + pixel + k])))
              .reinterpretAsFloats();
      a10 = v0.fma(b, a10);
      a11 = v1.fma(b, a11);
      a12 = v2.fma(b, a12);
      b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + 2 * pixel + k])))
              .reinterpretAsFloats();
      a20 = v0.fma(b, a20);
      a21 = v1.fma(b, a21);
      a22 = v2.fma(b, a22);
    }
    FLOAT.cast(a00).intoArray(y, o);
    FLOAT.cast(a10).intoArray(y, o + pitch);
    FLOAT.cast(a20).intoArray(y, o + 2 * pitch);
    int o1 = o + yBlock;
    FLOAT.cast(a01).intoArray(y, o1);
    FLOAT.cast(a11).intoArray(y, o1 + pitch);
    FLOAT.cast(a21).intoArray(y, o1 + 2 * pitch);
    int o2 = o + 2 * yBlock;
    FLOAT.cast(a02).intoArray(y, o2);
    FLOAT.cast(a12).intoArray(y, o2 + pitch);
    FLOAT.cast(a22).intoArray(y, o2 + 2 * pitch);
  }

  static void multiply1x4(
      float[] x, int p, int inputs, float[] w, int wAt, float[] y, int o, int yBlock) {
    int w1 = wAt + inputs * V;
    int w2 = wAt + 2 * inputs * V;
    int w3 = wAt + 3 * inputs * V;
    FloatVector a00 = FloatVector.zero(FLOATS);
    FloatVector a01 = FloatVector.zero(FLOATS);
    FloatVector a02 = FloatVector.zero(FLOATS);
    FloatVector a03 = FloatVector.zero(FLOATS);
    for (int k = 0; k < inputs; k++) {
      FloatVector v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V));
      FloatVector v1 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, w1 + k * V));
      FloatVector v2 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, w2 + k * V));
      FloatVector v3 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, w3 + k * V));
      FloatVector b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + k])))
              .reinterpretAsFloats();
      a00 = v0.fma(b, a00);
      a01 = v1.fma(b, a01);
      a02 = v2.fma(b, a02);
      a03 = v3.fma(b, a03);
    }
    FLOAT.cast(a00).intoArray(y, o);
    int o1 = o + yBlock;
    FLOAT.cast(a01).intoArray(y, o1);
    int o2 = o + 2 * yBlock;
    FLOAT.cast(a02).intoArray(y, o2);
    int o3 = o + 3 * yBlock;
    FLOAT.cast(a03).intoArray(y, o3);
  }

  static void multiply1x1(float[] x, int p, int inputs, float[] w, int wAt, float[] y, int o) {
    FloatVector a00 = FloatVector.zero(FLOATS);
    for (int k = 0; k < inputs; k++) {
      FloatVector v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, w, wAt + k * V));
      FloatVector b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p + k])))
              .reinterpretAsFloats();
      a00 = v0.fma(b, a00);
    }
    FLOAT.cast(a00).intoArray(y, o);
  }

  static void weights8x1(
      float[] x,
      int at,
      int pixel,
      int xSkip,
      float[] g,
      int gAt,
      int gPixel,
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
      p += pixel;
      q += gPixel;
      if (++j == columns) {
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

  static void weights8x2(
      float[] x,
      int at,
      int pixel,
      int xSkip,
      float[] g,
      int gAt,
      int gPixel,
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
      FloatVector v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q));
      FloatVector v1 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q + V));
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
      p += pixel;
      q += gPixel;
      if (++j == columns) {
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

  static void weights4x1(
      float[] x,
      int at,
      int pixel,
      int xSkip,
      float[] g,
      int gAt,
      int gPixel,
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
      p += pixel;
      q += gPixel;
      if (++j == columns) {
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

  static void weights4x2(
      float[] x,
      int at,
      int pixel,
      int xSkip,
      float[] g,
      int gAt,
      int gPixel,
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
      FloatVector v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q));
      FloatVector v1 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q + V));
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
      p += pixel;
      q += gPixel;
      if (++j == columns) {
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

  static void weights1x1(
      float[] x,
      int at,
      int pixel,
      int xSkip,
      float[] g,
      int gAt,
      int gPixel,
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
      FloatVector v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q));
      FloatVector b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p]))).reinterpretAsFloats();
      a00 = v0.fma(b, a00);
      p += pixel;
      q += gPixel;
      if (++j == columns) {
        j = 0;
        p += xSkip;
        q += gSkip;
      }
    }
    FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to)).add(a00)).intoArray(gw, to);
  }

  static void weights1x2(
      float[] x,
      int at,
      int pixel,
      int xSkip,
      float[] g,
      int gAt,
      int gPixel,
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
    for (int t = 0; t < pixels; t++) {
      FloatVector v0 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q));
      FloatVector v1 = FLOAT.cast(FloatVector.fromArray(FLOATS, g, q + V));
      FloatVector b =
          INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits(x[p]))).reinterpretAsFloats();
      a00 = v0.fma(b, a00);
      a01 = v1.fma(b, a01);
      p += pixel;
      q += gPixel;
      if (++j == columns) {
        j = 0;
        p += xSkip;
        q += gSkip;
      }
    }
    FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to)).add(a00)).intoArray(gw, to);
    int to1 = to + block;
    FLOAT.cast(FLOAT.cast(FloatVector.fromArray(FLOATS, gw, to1)).add(a01)).intoArray(gw, to1);
  }
}
