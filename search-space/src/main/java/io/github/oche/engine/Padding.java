package io.github.oche.engine;

import java.util.Arrays;

/** Zeros around a plane. */
final class Padding {
  private Padding() {}

  /**
   * Writes zeros into the border of a plane of (top + height + bottom) x (left + width + right).
   */
  static void clear(
      float[] data,
      int at,
      int height,
      int width,
      int top,
      int bottom,
      int left,
      int right,
      int lanes) {
    int row = (left + width + right) * lanes;
    int inner = width * lanes;
    int gap = row - inner;
    int first = at + top * row;
    Arrays.fill(data, at, first + left * lanes, 0);
    for (int r = 0; r < height - 1; r++) { // right of one row and left of the next in one go
      int from = first + r * row + left * lanes + inner;
      Arrays.fill(data, from, from + gap, 0);
    }
    Arrays.fill(
        data,
        first + (height - 1) * row + left * lanes + inner,
        first + (height + bottom) * row,
        0);
  }
}
