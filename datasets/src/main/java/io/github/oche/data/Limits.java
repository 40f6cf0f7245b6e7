package io.github.oche.data;

import java.security.MessageDigest;

/** What is accepted, checked before memory is taken. */
final class Limits {
  /** Largest side of an image. */
  static final int SIDE = 1024;

  /** Two reductions halve the sides, and a factorised reduction needs even ones. */
  static final int MULTIPLE = 4;

  /** Longest Java array on every virtual machine. */
  static final long ARRAY = Integer.MAX_VALUE - 16;

  private Limits() {}

  /** Returns images x channels x rows x columns, none of them negative, if an array can hold it. */
  static int bytes(String name, long images, int channels, int rows, int columns) {
    double product = (double) images * channels * rows * columns;
    if (product > ARRAY) {
      throw DataException.of(
          "%s: %,d images of %dx%dx%d bytes are more than one array holds (%,d bytes);"
              + " use fewer or smaller images",
          name, images, channels, rows, columns, ARRAY);
    }
    return (int) product;
  }

  /** Refuses images whose sides a network with two reductions cannot halve twice. */
  static void requireSides(String name, int height, int width) {
    if (!valid(height) || !valid(width)) {
      throw DataException.of(
          "%s: images are %dx%d (rows x columns), but sides must be multiples of %d from %d to %,d;"
              + " the nearest that fits is %dx%d",
          name, height, width, MULTIPLE, MULTIPLE, SIDE, nearest(height), nearest(width));
    }
  }

  static boolean valid(int side) {
    return side >= MULTIPLE && side <= SIDE && side % MULTIPLE == 0;
  }

  static int nearest(int side) {
    int bounded = Math.max(MULTIPLE, Math.min(SIDE, side));
    return (bounded + MULTIPLE / 2) / MULTIPLE * MULTIPLE;
  }

  static void digest(MessageDigest into, int value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      into.update((byte) (value >>> shift));
    }
  }
}
