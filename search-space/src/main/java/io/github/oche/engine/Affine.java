package io.github.oche.engine;

import io.github.oche.engine.kernel.Plane;
import org.jspecify.annotations.Nullable;

/**
 * A tensor that is not stored itself but read as c_1 x_1 + ... + c_n x_n + c_0, a channel at a
 * time, from tensors that are.
 *
 * <p>This one idea keeps normalised values, their tangents and the gradients of batch norms out of
 * memory: each is such a sum of what is stored anyway.
 */
final class Affine {
  final Storage[] x;

  /** A block after the other: the lanes of c_1, ..., c_n, then of the constant. */
  final float[] c;

  private final boolean identity;

  Affine(Storage... x) {
    this(false, x);
  }

  private Affine(boolean identity, Storage... x) {
    this.x = x;
    this.identity = identity;
    this.c = new float[x[0].blocks * (x.length + 1) * x[0].lanes];
  }

  /** A stored tensor as it is. */
  static Affine of(Storage x) {
    Affine a = new Affine(true, x);
    for (int i = 0; i < x.channels; i++) {
      a.set(0, i, 1);
    }
    return a;
  }

  /** Whether it is a stored tensor as it is. */
  boolean isStored() {
    return identity;
  }

  int streams() {
    return x.length;
  }

  static long bytes(@Nullable Affine a) {
    return a == null ? 0 : (long) Float.BYTES * a.c.length;
  }

  int at(int block) {
    return block * (x.length + 1) * x[0].lanes;
  }

  /** Sets the coefficient of stream k, or the constant where k is the number of streams. */
  void set(int k, int channel, double value) {
    int lanes = x[0].lanes;
    c[at(channel / lanes) + k * lanes + channel % lanes] = (float) value;
  }

  float get(int k, int channel) {
    int lanes = x[0].lanes;
    return c[at(channel / lanes) + k * lanes + channel % lanes];
  }

  Plane[] point(Plane[] planes, int image, int block) {
    for (int k = 0; k < x.length; k++) {
      x[k].point(planes[k], image, block);
    }
    return planes;
  }

  void touch(int time) {
    for (Storage s : x) {
      s.touch(time);
    }
  }
}
