package io.github.oche.engine;

import com.google.common.collect.ImmutableList;
import com.google.common.math.IntMath;
import io.github.oche.engine.kernel.Taps;
import org.jspecify.annotations.Nullable;

/**
 * Some pixels of a depthwise convolution's input, {@code stride} apart both ways, all of which the
 * same taps reach: their gradient is a convolution of the output's gradient with these taps, turned
 * round, at stride 1. With a stride of 2 there are four phases, which share out the taps; with a
 * stride of 1 there is one, which has them all.
 *
 * @param rows where the pixels and their taps lie from top to bottom
 * @param columns likewise from left to right
 * @param first how many taps the phases before this have
 * @param taps as the kernels take them; null if there are none
 */
record Phase(Axis rows, Axis columns, int first, @Nullable Taps taps) {
  /**
   * One direction: pixel {@code start + i * stride} is reached by {@code taps} taps, the turned
   * ones {@code tap, tap + step, ...}; the first of them reads the gradient of output {@code i +
   * offset}, each further one that of {@code dilation} outputs on.
   */
  record Axis(int start, int taps, int tap, int step, int offset, int dilation) {
    private static Axis of(int start, int size, int dilation, int stride, int before) {
      int common = IntMath.gcd(stride, dilation);
      int step = stride / common;
      for (int tap = 0; tap < size; tap++) {
        int reached = start - before + tap * dilation;
        if (Math.floorMod(reached, stride) == 0) {
          int taps = (size - 1 - tap) / step + 1;
          return new Axis(start, taps, tap, step, reached / stride, dilation / common);
        }
      }
      return new Axis(start, 0, 0, step, 0, dilation / common);
    }

    /** How many of so many pixels these are. */
    int pixels(int extent, int stride) {
      return (extent - start + stride - 1) / stride;
    }

    /** How far before the first output the taps reach. */
    int before() {
      return Math.max(0, -offset);
    }

    /** How far behind the last of {@code outputs} they reach from so many pixels. */
    int after(int pixels, int outputs) {
      return taps == 0 || pixels == 0
          ? 0
          : Math.max(0, pixels - 1 + offset + (taps - 1) * dilation - (outputs - 1));
    }
  }

  /** All phases of a window, whose taps come one phase after the other. */
  static ImmutableList<Phase> all(Window w) {
    int stride = w.strideRows();
    int top = w.dilation() * (w.rows() - 1) - w.padRows();
    int left = w.dilation() * (w.columns() - 1) - w.padColumns();
    ImmutableList.Builder<Phase> phases = ImmutableList.builder();
    int first = 0;
    for (int r = 0; r < stride; r++) {
      for (int c = 0; c < stride; c++) {
        Axis rows = Axis.of(r, w.rows(), w.dilation(), stride, top);
        Axis columns = Axis.of(c, w.columns(), w.dilation(), stride, left);
        int count = rows.taps * columns.taps;
        Taps taps = count == 0 ? null : new Taps(rows.taps, columns.taps, rows.dilation, 1);
        phases.add(new Phase(rows, columns, first, taps));
        first += count;
      }
    }
    return phases.build();
  }

  /** Writes down the place among all phases' taps of each of its own. */
  void place(int[] places, int tapsInRow) {
    for (int r = 0; r < rows.taps; r++) {
      for (int c = 0; c < columns.taps; c++) {
        int turned = (rows.tap + r * rows.step) * tapsInRow + columns.tap + c * columns.step;
        places[turned] = first + r * columns.taps + c;
      }
    }
  }
}
