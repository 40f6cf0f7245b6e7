package io.github.oche.engine.kernel;

import static io.github.oche.engine.kernel.Lanes.FENCES;
import static io.github.oche.engine.kernel.Lanes.FLOATS;
import static io.github.oche.engine.kernel.Lanes.V;

/**
 * The kernels on the Vector API: this class cuts the work into register tiles.
 *
 * <p>A kernel that only writes covers the last pixels of a row by a tile that overlaps the one
 * before it. Where rows follow each other without gaps on both sides, the image is treated as one
 * long row.
 */
final class VectorKernels extends Kernels {
  /** Where tiles store what nobody reads: a place of its own for each thread. */
  private static final ThreadLocal<float[]> FENCE = ThreadLocal.withInitial(() -> new float[48]);

  @Override
  public int lanes() {
    return V;
  }

  @Override
  public String name() {
    return "vector, " + V + " lanes (" + FLOATS.vectorBitSize() + " bits)";
  }

  @Override
  public void combine(
      Plane[] x, int n, float[] c, int cAt, boolean rectify, Plane y, int rows, int columns) {
    boolean overlap = true;
    for (int k = 0; k < n; k++) {
      overlap &= x[k].data != y.data || x[k].at != y.at;
    }
    int pixel = y.pixel;
    boolean dense = y.row == columns * pixel;
    for (int k = 0; k < n; k++) {
      dense &= x[k].row == columns * x[k].pixel;
    }
    // max with minus infinity changes nothing, and costs less than a branch
    float floor = rectify ? 0f : Float.NEGATIVE_INFINITY;
    int height = dense ? 1 : rows;
    int width = dense ? rows * columns : columns;
    if (n <= 3 && pixelsAreDense(x, n)) {
      for (int r = 0; r < height; r++) {
        int o = y.at + r * y.row;
        if (pixel == V) { // a constant, once inlined: then bounds are checked once a loop
          few(x, n, r, c, cAt, floor, y.data, o, V, width);
        } else {
          few(x, n, r, c, cAt, floor, y.data, o, pixel, width);
        }
      }
      return;
    }
    for (int r = 0; r < height; r++) {
      int o = y.at + r * y.row;
      int j = 0;
      for (; j + 8 <= width; j += 8) {
        SumTiles.combine8(x, n, r, j, c, cAt, floor, y.data, o + j * pixel, pixel);
      }
      if (overlap && j < width && width >= 8) {
        j = width - 8;
        SumTiles.combine8(x, n, r, j, c, cAt, floor, y.data, o + j * pixel, pixel);
        j = width;
      }
      if (j + 4 <= width) {
        SumTiles.combine4(x, n, r, j, c, cAt, floor, y.data, o + j * pixel, pixel);
        j += 4;
      }
      if (overlap && j < width && width >= 4) {
        j = width - 4;
        SumTiles.combine4(x, n, r, j, c, cAt, floor, y.data, o + j * pixel, pixel);
        j = width;
      }
      for (; j < width; j++) {
        SumTiles.combine1(x, n, r, j, c, cAt, floor, y.data, o + j * pixel);
      }
    }
  }

  private static boolean pixelsAreDense(Plane[] x, int n) {
    for (int k = 0; k < n; k++) {
      if (x[k].pixel != V) {
        return false;
      }
    }
    return true;
  }

  private static void few(
      Plane[] x,
      int n,
      int r,
      float[] c,
      int cAt,
      float floor,
      float[] y,
      int o,
      int pitch,
      int pixels) {
    float[] x0 = x[0].data;
    int p0 = x[0].at + r * x[0].row;
    if (n == 1) {
      SumTiles.few1(x0, p0, c, cAt, floor, y, o, pitch, pixels);
      return;
    }
    float[] x1 = x[1].data;
    int p1 = x[1].at + r * x[1].row;
    if (n == 2) {
      SumTiles.few2(x0, p0, x1, p1, c, cAt, floor, y, o, pitch, pixels);
      return;
    }
    int p2 = x[2].at + r * x[2].row;
    SumTiles.few3(x0, p0, x1, p1, x[2].data, p2, c, cAt, floor, y, o, pitch, pixels);
  }

  @Override
  public void moments(Plane x, Plane y, int rows, int columns, double[] sums, int at) {
    boolean dense = (x.row == columns * x.pixel && y.row == columns * y.pixel) || rows == 1;
    int pixels = rows * columns;
    int width = dense ? pixels : columns;
    int xSkip = x.row - columns * x.pixel;
    int ySkip = y.row - columns * y.pixel;
    for (int start = 0; start < pixels; start += 128) {
      int count = Math.min(128, pixels - start);
      int r = start / width;
      int j = start - r * width;
      int p = x.at + r * x.row + j * x.pixel;
      int q = y.at + r * y.row + j * y.pixel;
      boolean whole = ((width & 3) == 0 || dense) && x.pixel == V && y.pixel == V;
      if (whole && x.data == y.data && p == q && xSkip == ySkip) {
        RowLoops.squares4(x.data, p, xSkip, j, width, count, sums, at);
      } else if (whole) {
        RowLoops.moments4(x.data, p, xSkip, y.data, q, ySkip, j, width, count, sums, at);
      } else {
        RowLoops.moments1(
            x.data, p, x.pixel, xSkip, y.data, q, y.pixel, ySkip, j, width, count, sums, at);
      }
    }
  }

  @Override
  public void depthwise(
      Plane x, Taps taps, float[] w, int wAt, boolean accumulate, Plane y, int rows, int columns) {
    boolean dense = x.pixel == V && y.pixel == V;
    int shape = dense ? taps.columns() * 100 + taps.dilation() * 10 + taps.stride() : 0;
    int step = taps.stride() * x.pixel;
    int j = 0;
    while (j < columns) {
      int left = columns - j;
      int p = x.at + j * step;
      int o = y.at + j * y.pixel;
      // what is added to must not be covered twice
      int eights = left < 8 ? 0 : accumulate ? left & ~7 : left;
      int fours = left < 4 ? 0 : accumulate ? left & ~3 : left;
      if (eights > 0
          && depthwiseTiles(8000 + shape, x, p, taps, w, wAt, accumulate, y, o, rows, eights)) {
        j += eights;
      } else if (fours > 0
          && depthwiseTiles(4000 + shape, x, p, taps, w, wAt, accumulate, y, o, rows, fours)) {
        j += fours;
      } else {
        anyDepthwise(x, p, taps, w, wAt, accumulate, y, o, rows, left);
        return;
      }
    }
  }

  /**
   * Whether there are tiles of that shape: pixels, columns of taps, dilation and stride, a digit
   * each.
   */
  private static boolean depthwiseTiles(
      int shape,
      Plane x,
      int p,
      Taps taps,
      float[] w,
      int wAt,
      boolean accumulate,
      Plane y,
      int o,
      int rows,
      int columns) {
    float[] a = x.data;
    float[] b = y.data;
    int xRow = taps.stride() * x.row;
    int yRow = y.row;
    int tapRow = taps.dilation() * x.row;
    float[] fence = FENCE.get();
    int n = taps.rows();
    switch (shape) {
      case 8211 ->
          DepthwiseTiles.taps2x8d1s1(
              a, p, xRow, tapRow, n, w, wAt, accumulate, b, o, yRow, rows, columns, fence);
      case 8311 ->
          DepthwiseTiles.taps3x8d1s1(
              a, p, xRow, tapRow, n, w, wAt, accumulate, b, o, yRow, rows, columns, fence);
      case 8312 ->
          DepthwiseTiles.taps3x8d1s2(
              a, p, xRow, tapRow, n, w, wAt, accumulate, b, o, yRow, rows, columns, fence);
      case 8321 ->
          DepthwiseTiles.taps3x8d2s1(
              a, p, xRow, tapRow, n, w, wAt, accumulate, b, o, yRow, rows, columns, fence);
      case 8322 ->
          DepthwiseTiles.taps3x8d2s2(
              a, p, xRow, tapRow, n, w, wAt, accumulate, b, o, yRow, rows, columns, fence);
      case 8411 ->
          DepthwiseTiles.taps4x8d1s1(
              a, p, xRow, tapRow, n, w, wAt, accumulate, b, o, yRow, rows, columns, fence);
      case 8511 ->
          DepthwiseTiles.taps5x8d1s1(
              a, p, xRow, tapRow, n, w, wAt, accumulate, b, o, yRow, rows, columns, fence);
      case 8512 ->
          DepthwiseTiles.taps5x8d1s2(
              a, p, xRow, tapRow, n, w, wAt, accumulate, b, o, yRow, rows, columns, fence);
      case 8521 ->
          DepthwiseTiles.taps5x8d2s1(
              a, p, xRow, tapRow, n, w, wAt, accumulate, b, o, yRow, rows, columns, fence);
      case 8522 ->
          DepthwiseTiles.taps5x8d2s2(
              a, p, xRow, tapRow, n, w, wAt, accumulate, b, o, yRow, rows, columns, fence);
      case 8711 ->
          DepthwiseTiles.taps7x8d1s1(
              a, p, xRow, tapRow, n, w, wAt, accumulate, b, o, yRow, rows, columns, fence);
      case 4211 ->
          DepthwiseTiles.taps2x4d1s1(
              a, p, xRow, tapRow, n, w, wAt, accumulate, b, o, yRow, rows, columns, fence);
      case 4311 ->
          DepthwiseTiles.taps3x4d1s1(
              a, p, xRow, tapRow, n, w, wAt, accumulate, b, o, yRow, rows, columns, fence);
      case 4312 ->
          DepthwiseTiles.taps3x4d1s2(
              a, p, xRow, tapRow, n, w, wAt, accumulate, b, o, yRow, rows, columns, fence);
      case 4321 ->
          DepthwiseTiles.taps3x4d2s1(
              a, p, xRow, tapRow, n, w, wAt, accumulate, b, o, yRow, rows, columns, fence);
      case 4322 ->
          DepthwiseTiles.taps3x4d2s2(
              a, p, xRow, tapRow, n, w, wAt, accumulate, b, o, yRow, rows, columns, fence);
      case 4411 ->
          DepthwiseTiles.taps4x4d1s1(
              a, p, xRow, tapRow, n, w, wAt, accumulate, b, o, yRow, rows, columns, fence);
      case 4511 ->
          DepthwiseTiles.taps5x4d1s1(
              a, p, xRow, tapRow, n, w, wAt, accumulate, b, o, yRow, rows, columns, fence);
      case 4512 ->
          DepthwiseTiles.taps5x4d1s2(
              a, p, xRow, tapRow, n, w, wAt, accumulate, b, o, yRow, rows, columns, fence);
      case 4521 ->
          DepthwiseTiles.taps5x4d2s1(
              a, p, xRow, tapRow, n, w, wAt, accumulate, b, o, yRow, rows, columns, fence);
      case 4522 ->
          DepthwiseTiles.taps5x4d2s2(
              a, p, xRow, tapRow, n, w, wAt, accumulate, b, o, yRow, rows, columns, fence);
      case 4711 ->
          DepthwiseTiles.taps7x4d1s1(
              a, p, xRow, tapRow, n, w, wAt, accumulate, b, o, yRow, rows, columns, fence);
      case 4712 ->
          DepthwiseTiles.taps7x4d1s2(
              a, p, xRow, tapRow, n, w, wAt, accumulate, b, o, yRow, rows, columns, fence);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void anyDepthwise(
      Plane x,
      int at,
      Taps taps,
      float[] w,
      int wAt,
      boolean accumulate,
      Plane y,
      int to,
      int rows,
      int columns) {
    int tapRow = taps.dilation() * x.row;
    int gap = taps.dilation() * x.pixel;
    int step = taps.stride() * x.pixel;
    int tapRows = taps.rows();
    int tapColumns = taps.columns();
    int pitch = y.pixel;
    for (int r = 0; r < rows; r++) {
      int p = at + r * taps.stride() * x.row;
      int o = to + r * y.row;
      int j = 0;
      for (; j + 8 <= columns; j += 8) {
        int q = o + j * pitch;
        DepthwiseTiles.anyx8(
            x.data,
            p + j * step,
            tapRow,
            gap,
            step,
            tapRows,
            tapColumns,
            w,
            wAt,
            accumulate,
            y.data,
            q,
            pitch);
      }
      for (; j < columns; j++) {
        int q = o + j * pitch;
        DepthwiseTiles.anyx1(
            x.data, p + j * step, tapRow, gap, tapRows, tapColumns, w, wAt, accumulate, y.data, q);
      }
    }
  }

  @Override
  public void depthwiseWeights(
      Plane x, Taps taps, Plane g, int rows, int columns, float[] gw, int gwAt) {
    int whole = columns & ~3;
    if (whole > 0) {
      boolean fast = x.pixel == V && g.pixel == V;
      tapWeights(x, taps, g, rows, 0, whole, fast, gw, gwAt);
    }
    if (whole < columns) {
      tapWeights(x, taps, g, rows, whole, columns - whole, false, gw, gwAt);
    }
  }

  /** Adds the sums over some columns of the image. */
  private static void tapWeights(
      Plane x,
      Taps taps,
      Plane g,
      int rows,
      int from,
      int columns,
      boolean fast,
      float[] gw,
      int gwAt) {
    int k = taps.columns();
    int row = taps.dilation() * x.row;
    int step = taps.stride() * x.pixel;
    int at = x.at + from * step;
    int gAt = g.at + from * g.pixel;
    int xSkip = taps.stride() * x.row - columns * step;
    int gSkip = g.row - columns * g.pixel;
    int pixels = rows * columns;
    int shape = fast ? k * 100 + taps.dilation() * 10 + taps.stride() : 0;
    int a = 0;
    while (a < taps.rows()) {
      int left = taps.rows() - a;
      int p = at + a * row;
      int to = gwAt + a * k * V;
      int group = k == 7 ? 1 : k == 5 ? Math.min(2, left) : k == 3 && left >= 3 ? 3 : 0;
      a +=
          group == 0
              ? anyWeights(x, taps, p, step, xSkip, g, gAt, gSkip, pixels, columns, gw, to)
              : rowWeights(
                  shape, group, x, taps, p, row, step, xSkip, g, gAt, gSkip, pixels, columns, gw,
                  to);
    }
  }

  /** Some rows of 3, 5 or 7 taps at once; returns how many. */
  private static int rowWeights(
      int shape,
      int group,
      Plane x,
      Taps taps,
      int p,
      int row,
      int step,
      int xSkip,
      Plane g,
      int gAt,
      int gSkip,
      int pixels,
      int columns,
      float[] gw,
      int to) {
    int gap = taps.dilation() * x.pixel;
    switch (shape * 10 + group) {
      case 3113 ->
          DepthwiseWeightTiles.rows3of3d1s1(
              x.data, p, row, xSkip, g.data, gAt, gSkip, pixels, columns, gw, to);
      case 3213 ->
          DepthwiseWeightTiles.rows3of3d2s1(
              x.data, p, row, xSkip, g.data, gAt, gSkip, pixels, columns, gw, to);
      case 3123 ->
          DepthwiseWeightTiles.rows3of3d1s2(
              x.data, p, row, xSkip, g.data, gAt, gSkip, pixels, columns, gw, to);
      case 3223 ->
          DepthwiseWeightTiles.rows3of3d2s2(
              x.data, p, row, xSkip, g.data, gAt, gSkip, pixels, columns, gw, to);
      case 5112 ->
          DepthwiseWeightTiles.rows2of5d1s1(
              x.data, p, row, xSkip, g.data, gAt, gSkip, pixels, columns, gw, to);
      case 5212 ->
          DepthwiseWeightTiles.rows2of5d2s1(
              x.data, p, row, xSkip, g.data, gAt, gSkip, pixels, columns, gw, to);
      case 5122 ->
          DepthwiseWeightTiles.rows2of5d1s2(
              x.data, p, row, xSkip, g.data, gAt, gSkip, pixels, columns, gw, to);
      case 5222 ->
          DepthwiseWeightTiles.rows2of5d2s2(
              x.data, p, row, xSkip, g.data, gAt, gSkip, pixels, columns, gw, to);
      case 5111 ->
          DepthwiseWeightTiles.rows1of5d1s1(
              x.data, p, xSkip, g.data, gAt, gSkip, pixels, columns, gw, to);
      case 5211 ->
          DepthwiseWeightTiles.rows1of5d2s1(
              x.data, p, xSkip, g.data, gAt, gSkip, pixels, columns, gw, to);
      case 5121 ->
          DepthwiseWeightTiles.rows1of5d1s2(
              x.data, p, xSkip, g.data, gAt, gSkip, pixels, columns, gw, to);
      case 5221 ->
          DepthwiseWeightTiles.rows1of5d2s2(
              x.data, p, xSkip, g.data, gAt, gSkip, pixels, columns, gw, to);
      case 7111 ->
          DepthwiseWeightTiles.rows1of7d1s1(
              x.data, p, xSkip, g.data, gAt, gSkip, pixels, columns, gw, to);
      case 7121 ->
          DepthwiseWeightTiles.rows1of7d1s2(
              x.data, p, xSkip, g.data, gAt, gSkip, pixels, columns, gw, to);
      default -> {
        switch (taps.columns() * 10 + group) {
          case 33 ->
              DepthwiseWeightTiles.single3of3(
                  x.data, p, row, gap, step, xSkip, g.data, gAt, g.pixel, gSkip, pixels, columns,
                  gw, to);
          case 52 ->
              DepthwiseWeightTiles.single2of5(
                  x.data, p, row, gap, step, xSkip, g.data, gAt, g.pixel, gSkip, pixels, columns,
                  gw, to);
          case 51 ->
              DepthwiseWeightTiles.single1of5(
                  x.data, p, gap, step, xSkip, g.data, gAt, g.pixel, gSkip, pixels, columns, gw,
                  to);
          default ->
              DepthwiseWeightTiles.single1of7(
                  x.data, p, gap, step, xSkip, g.data, gAt, g.pixel, gSkip, pixels, columns, gw,
                  to);
        }
      }
    }
    return group;
  }

  /** One row of taps, tap by tap. */
  private static int anyWeights(
      Plane x,
      Taps taps,
      int p,
      int step,
      int xSkip,
      Plane g,
      int gAt,
      int gSkip,
      int pixels,
      int columns,
      float[] gw,
      int to) {
    for (int b = 0; b < taps.columns(); b++) {
      DepthwiseWeightTiles.single1of1(
          x.data,
          p + b * taps.dilation() * x.pixel,
          step,
          xSkip,
          g.data,
          gAt,
          g.pixel,
          gSkip,
          pixels,
          columns,
          gw,
          to + b * V);
    }
    return 1;
  }

  @Override
  public void multiply(
      Plane x,
      int xBlock,
      int section,
      int inputs,
      float[] w,
      int wAt,
      int blocks,
      Plane y,
      int yBlock,
      int rows,
      int columns) {
    boolean dense = x.row == columns * V && y.row == columns * V;
    int height = dense ? 1 : rows;
    int width = dense ? rows * columns : columns;
    float[] fence = FENCE.get();
    boolean wholeBlocks = V == 8 && section % 8 == 0;
    for (int r = 0; r < height; r++) {
      int p = x.at + r * x.row;
      int to = y.at + r * y.row;
      int o = 0;
      while (o < blocks) {
        int group = matrixBlocks(blocks - o, width);
        int wo = wAt + o * inputs * V;
        int yo = to + o * yBlock;
        if (group == 2 && wholeBlocks) {
          MatrixTiles.planes4x2(x.data, p, xBlock, inputs, w, wo, y.data, yo, yBlock, width, fence);
        } else if (group == 2 && FENCES) {
          MatrixTiles.quads4x2(
              x.data, p, xBlock, section, inputs, w, wo, y.data, yo, yBlock, width, fence);
        } else if (group == 1 && wholeBlocks && width >= 6) {
          MatrixTiles.planes6x1(x.data, p, xBlock, inputs, w, wo, y.data, yo, width, fence);
        } else {
          multiplyInputs(
              group, x.data, p, xBlock, section, inputs, w, wo, y.data, yo, yBlock, width);
        }
        o += group;
      }
    }
  }

  /** Blocks of outputs that a tile makes, when so many are left. */
  private static int matrixBlocks(int left, int width) {
    return width < 4 ? 1 : left >= 4 && !FENCES ? 4 : Math.min(left, 2);
  }

  private static void multiplyInputs(
      int group,
      float[] x,
      int p,
      int xBlock,
      int section,
      int inputs,
      float[] w,
      int wAt,
      float[] y,
      int o,
      int yBlock,
      int width) {
    if (group == 4) {
      MatrixTiles.inputs4x4(x, p, xBlock, section, inputs, w, wAt, y, o, yBlock, width);
    } else if (group == 2 && width >= 8) {
      MatrixTiles.inputs8x2(x, p, xBlock, section, inputs, w, wAt, y, o, yBlock, width);
    } else if (group == 2) {
      MatrixTiles.inputs4x2(x, p, xBlock, section, inputs, w, wAt, y, o, yBlock, width);
    } else if (width >= 8) {
      MatrixTiles.inputs8x1(x, p, xBlock, section, inputs, w, wAt, y, o, width);
    } else if (width >= 4) {
      MatrixTiles.inputs4x1(x, p, xBlock, section, inputs, w, wAt, y, o, width);
    } else {
      MatrixTiles.inputs1x1(x, p, xBlock, section, inputs, w, wAt, y, o, width);
    }
  }

  @Override
  public void multiplyWeights(
      Plane x,
      int xBlock,
      int section,
      int inputs,
      Plane g,
      int gBlock,
      int blocks,
      int rows,
      int columns,
      float[] gw,
      int gwAt) {
    int xSkip = x.row - columns * V;
    int gSkip = g.row - columns * V;
    int pixels = rows * columns;
    boolean pairs = FENCES && columns % 2 == 0;
    for (int o = 0; o < blocks; o += 2) {
      boolean two = o + 1 < blocks;
      boolean wide = !two || !FENCES;
      int q = g.at + o * gBlock;
      int k = 0;
      while (k < inputs) {
        int p = x.at + place(k, section, xBlock);
        int to = gwAt + (o * inputs + k) * V;
        int i = k % section;
        boolean eight = wide && V >= 8 && i % 8 == 0 && i + 8 <= section;
        weights(
            eight,
            two,
            pairs,
            x.data,
            p,
            xSkip,
            g.data,
            q,
            gBlock,
            gSkip,
            pixels,
            columns,
            gw,
            to,
            inputs * V);
        k += eight ? 8 : 4;
      }
    }
  }

  private static void weights(
      boolean eight,
      boolean two,
      boolean pairs,
      float[] x,
      int p,
      int xSkip,
      float[] g,
      int q,
      int gBlock,
      int gSkip,
      int pixels,
      int columns,
      float[] gw,
      int to,
      int block) {
    if (eight && two) {
      MatrixTiles.weights8x2(x, p, xSkip, g, q, gBlock, gSkip, pixels, columns, gw, to, block);
    } else if (eight) {
      MatrixTiles.weights8x1(x, p, xSkip, g, q, gSkip, pixels, columns, gw, to);
    } else if (two && pairs) {
      MatrixTiles.pairs4x2(x, p, xSkip, g, q, gBlock, gSkip, pixels, columns, gw, to, block);
    } else if (two) {
      MatrixTiles.weights4x2(x, p, xSkip, g, q, gBlock, gSkip, pixels, columns, gw, to, block);
    } else {
      MatrixTiles.weights4x1(x, p, xSkip, g, q, gSkip, pixels, columns, gw, to);
    }
  }

  @Override
  public void multiplyAdds(int rounds, float[] sums, int at) {
    RowLoops.multiplyAdds(rounds, sums, at);
  }

  @Override
  public void rectified(Plane x, Plane g, boolean accumulate, Plane y, int rows, int columns) {
    boolean dense =
        x.row == columns * x.pixel && g.row == columns * g.pixel && y.row == columns * y.pixel;
    int height = dense ? 1 : rows;
    int width = dense ? rows * columns : columns;
    for (int r = 0; r < height; r++) {
      int p = x.at + r * x.row;
      int q = g.at + r * g.row;
      int o = y.at + r * y.row;
      if (x.pixel == V && g.pixel == V && y.pixel == V) {
        // constants, once inlined, as in combine
        if (accumulate) {
          RowLoops.addRectified(x.data, p, V, g.data, q, V, y.data, o, V, width);
        } else {
          RowLoops.rectified(x.data, p, V, g.data, q, V, y.data, o, V, width);
        }
      } else if (accumulate) {
        RowLoops.addRectified(x.data, p, x.pixel, g.data, q, g.pixel, y.data, o, y.pixel, width);
      } else {
        RowLoops.rectified(x.data, p, x.pixel, g.data, q, g.pixel, y.data, o, y.pixel, width);
      }
    }
  }

  /**
   * Whether every window is 3 x 3 around a pixel, so that what lies outside may be replaced by the
   * nearest inside.
   */
  private static boolean centred(
      int height, int width, int size, int stride, int padding, int rows, int columns) {
    return size == 3
        && padding == 1
        && (rows - 1) * stride < height
        && (columns - 1) * stride < width;
  }

  @Override
  public void maxPool(
      Plane x,
      int height,
      int width,
      int size,
      int stride,
      int padding,
      Plane y,
      int rows,
      int columns) {
    boolean centred = centred(height, width, size, stride, padding, rows, columns);
    for (int r = 0; r < rows; r++) {
      int first = r * stride - padding;
      int top = Math.max(0, first);
      int bottom = Math.min(height, first + size);
      int o = y.at + r * y.row;
      if (centred && stride <= 2) {
        int p0 = x.at + top * x.row;
        int p1 = x.at + (first + 1) * x.row;
        int p2 = x.at + (bottom - 1) * x.row;
        if (stride == 1) {
          PoolLoops.max3(x.data, p0, p1, p2, x.pixel, width, y.data, o, y.pixel, columns);
        } else {
          PoolLoops.max3stride2(x.data, p0, p1, p2, x.pixel, width, y.data, o, y.pixel, columns);
        }
      } else {
        for (int j = 0; j < columns; j++) {
          int left = Math.max(0, j * stride - padding);
          int right = Math.min(width, j * stride - padding + size);
          PoolLoops.max(
              x.data,
              x.at + top * x.row + left * x.pixel,
              x.pixel,
              x.row,
              right - left,
              (right - left) * (bottom - top),
              y.data,
              o + j * y.pixel);
        }
      }
    }
  }

  @Override
  public void maxPoolBackward(
      Plane x,
      int height,
      int width,
      int size,
      int stride,
      int padding,
      Plane g,
      int rows,
      int columns,
      Plane gx) {
    for (int r = 0; r < rows; r++) {
      int first = r * stride - padding;
      int top = Math.max(0, first);
      int bottom = Math.min(height, first + size);
      int q = g.at + r * g.row;
      for (int j = 0; j < columns; j++) {
        int left = Math.max(0, j * stride - padding);
        int right = Math.min(width, j * stride - padding + size);
        int p = x.at + top * x.row + left * x.pixel;
        int o = gx.at + top * gx.row + left * gx.pixel;
        if (size == 3) {
          int third = right - left - 1;
          int second = Math.min(1, third);
          PoolLoops.maxBackward3(
              x.data,
              p,
              second * x.pixel,
              third * x.pixel,
              x.row,
              bottom - top,
              g.data,
              q + j * g.pixel,
              gx.data,
              o,
              second * gx.pixel,
              third * gx.pixel,
              gx.row);
        } else {
          PoolLoops.maxBackward(
              x.data,
              p,
              x.pixel,
              x.row,
              right - left,
              (right - left) * (bottom - top),
              g.data,
              q + j * g.pixel,
              gx.data,
              o,
              gx.pixel,
              gx.row);
        }
      }
    }
  }

  @Override
  public void maxPoolAlong(
      Plane x,
      Plane dx,
      int height,
      int width,
      int size,
      int stride,
      int padding,
      Plane dy,
      int rows,
      int columns) {
    for (int r = 0; r < rows; r++) {
      int first = r * stride - padding;
      int top = Math.max(0, first);
      int bottom = Math.min(height, first + size);
      for (int j = 0; j < columns; j++) {
        int left = Math.max(0, j * stride - padding);
        int right = Math.min(width, j * stride - padding + size);
        PoolLoops.maxAlong(
            x.data,
            x.at + top * x.row + left * x.pixel,
            x.pixel,
            x.row,
            right - left,
            (right - left) * (bottom - top),
            dx.data,
            dx.at + top * dx.row + left * dx.pixel,
            dx.pixel,
            dx.row,
            dy.data,
            dy.at + r * dy.row + j * dy.pixel);
      }
    }
  }

  @Override
  public void averagePool(
      Plane x,
      int height,
      int width,
      int size,
      int stride,
      int padding,
      Plane y,
      int rows,
      int columns) {
    for (int r = 0; r < rows; r++) {
      int top = Math.max(0, r * stride - padding);
      int bottom = Math.min(height, r * stride - padding + size);
      for (int j = 0; j < columns; j++) {
        int left = Math.max(0, j * stride - padding);
        int right = Math.min(width, j * stride - padding + size);
        int p = x.at + top * x.row + left * x.pixel;
        int o = y.at + r * y.row + j * y.pixel;
        float share = 1f / ((bottom - top) * (right - left));
        if (bottom - top == 3 && right - left == 3) {
          PoolLoops.mean9(x.data, p, p + x.row, p + 2 * x.row, x.pixel, share, y.data, o);
        } else {
          PoolLoops.mean(
              x.data,
              p,
              x.pixel,
              x.row,
              right - left,
              (right - left) * (bottom - top),
              share,
              y.data,
              o);
        }
      }
    }
  }

  @Override
  public void averagePoolBackward(
      Plane g,
      int rows,
      int columns,
      int size,
      int stride,
      int padding,
      Plane gx,
      int height,
      int width) {
    for (int r = 0; r < rows; r++) {
      int top = Math.max(0, r * stride - padding);
      int bottom = Math.min(height, r * stride - padding + size);
      for (int j = 0; j < columns; j++) {
        int left = Math.max(0, j * stride - padding);
        int right = Math.min(width, j * stride - padding + size);
        PoolLoops.meanBackward(
            g.data,
            g.at + r * g.row + j * g.pixel,
            1f / ((bottom - top) * (right - left)),
            gx.data,
            gx.at + top * gx.row + left * gx.pixel,
            gx.pixel,
            gx.row,
            right - left,
            (right - left) * (bottom - top));
      }
    }
  }
}
