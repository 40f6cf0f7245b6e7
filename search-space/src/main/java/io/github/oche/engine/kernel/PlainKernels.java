package io.github.oche.engine.kernel;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The kernels in plain Java, for a JVM without the Vector API, and as the reference of the vector
 * kernels: the same bits.
 *
 * <p>Four lanes are worked on at a time, which keeps four independent chains of fused multiply-adds
 * busy.
 */
final class PlainKernels extends Kernels {
  private final int lanes;

  PlainKernels(int lanes) {
    checkArgument(lanes == 4 || lanes == 8 || lanes == 16, "%s lanes, expected 4, 8 or 16", lanes);
    this.lanes = lanes;
  }

  @Override
  public int lanes() {
    return lanes;
  }

  @Override
  public String name() {
    return "plain, " + lanes + " lanes";
  }

  /** max(0, a) that keeps NaN. */
  static float rectified(float a) {
    return Math.max(a, 0f);
  }

  @Override
  public void combine(
      Plane[] x, int n, float[] c, int cAt, boolean rectify, Plane y, int rows, int columns) {
    int v = lanes;
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < columns; j++) {
        for (int l = 0; l < v; l += 4) {
          int q = cAt + n * v + l;
          float a0 = c[q];
          float a1 = c[q + 1];
          float a2 = c[q + 2];
          float a3 = c[q + 3];
          for (int k = 0; k < n; k++) {
            Plane s = x[k];
            float[] d = s.data;
            int p = s.at + r * s.row + j * s.pixel + l;
            int w = cAt + k * v + l;
            a0 = Math.fma(c[w], d[p], a0);
            a1 = Math.fma(c[w + 1], d[p + 1], a1);
            a2 = Math.fma(c[w + 2], d[p + 2], a2);
            a3 = Math.fma(c[w + 3], d[p + 3], a3);
          }
          int o = y.at + r * y.row + j * y.pixel + l;
          y.data[o] = rectify ? rectified(a0) : a0;
          y.data[o + 1] = rectify ? rectified(a1) : a1;
          y.data[o + 2] = rectify ? rectified(a2) : a2;
          y.data[o + 3] = rectify ? rectified(a3) : a3;
        }
      }
    }
  }

  @Override
  public void moments(Plane x, Plane y, int rows, int columns, double[] sums, int at) {
    int pixels = rows * columns;
    for (int start = 0; start < pixels; start += 128) {
      int end = Math.min(pixels, start + 128);
      for (int l = 0; l < lanes; l++) {
        float a0 = 0;
        float a1 = 0;
        float a2 = 0;
        float a3 = 0;
        float b0 = 0;
        float b1 = 0;
        float b2 = 0;
        float b3 = 0;
        int r = start / columns;
        int j = start - r * columns;
        for (int i = start; i < end; i++) {
          float s = x.data[x.at + r * x.row + j * x.pixel + l];
          float t = y.data[y.at + r * y.row + j * y.pixel + l];
          switch (i & 3) {
            case 0 -> {
              a0 += s;
              b0 = Math.fma(s, t, b0);
            }
            case 1 -> {
              a1 += s;
              b1 = Math.fma(s, t, b1);
            }
            case 2 -> {
              a2 += s;
              b2 = Math.fma(s, t, b2);
            }
            default -> {
              a3 += s;
              b3 = Math.fma(s, t, b3);
            }
          }
          if (++j == columns) {
            j = 0;
            r++;
          }
        }
        sums[at + l] += (a0 + a1) + (a2 + a3);
        sums[at + lanes + l] += (b0 + b1) + (b2 + b3);
      }
    }
  }

  @Override
  public void depthwise(
      Plane x, Taps taps, float[] w, int wAt, boolean accumulate, Plane y, int rows, int columns) {
    float[] d = x.data;
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < columns; j++) {
        for (int l = 0; l < lanes; l += 4) {
          int o = y.at + r * y.row + j * y.pixel + l;
          float a0 = 0;
          float a1 = 0;
          float a2 = 0;
          float a3 = 0;
          int q = wAt + l;
          for (int a = 0; a < taps.rows(); a++) {
            int p =
                x.at
                    + (r * taps.stride() + a * taps.dilation()) * x.row
                    + j * taps.stride() * x.pixel
                    + l;
            for (int b = 0; b < taps.columns(); b++) {
              a0 = Math.fma(d[p], w[q], a0);
              a1 = Math.fma(d[p + 1], w[q + 1], a1);
              a2 = Math.fma(d[p + 2], w[q + 2], a2);
              a3 = Math.fma(d[p + 3], w[q + 3], a3);
              p += taps.dilation() * x.pixel;
              q += lanes;
            }
          }
          y.data[o] = accumulate ? y.data[o] + a0 : a0;
          y.data[o + 1] = accumulate ? y.data[o + 1] + a1 : a1;
          y.data[o + 2] = accumulate ? y.data[o + 2] + a2 : a2;
          y.data[o + 3] = accumulate ? y.data[o + 3] + a3 : a3;
        }
      }
    }
  }

  @Override
  public void depthwiseWeights(
      Plane x, Taps taps, Plane g, int rows, int columns, float[] gw, int gwAt) {
    int whole = columns & ~3;
    for (int a = 0; a < taps.rows(); a++) {
      for (int b = 0; b < taps.columns(); b++) {
        int at = gwAt + (a * taps.columns() + b) * lanes;
        if (whole > 0) {
          tapWeight(x, taps, a, b, g, rows, 0, whole, gw, at);
        }
        if (whole < columns) {
          tapWeight(x, taps, a, b, g, rows, whole, columns, gw, at);
        }
      }
    }
  }

  private void tapWeight(
      Plane x, Taps taps, int a, int b, Plane g, int rows, int from, int to, float[] gw, int at) {
    float[] d = x.data;
    float[] e = g.data;
    for (int l = 0; l < lanes; l += 4) {
      float a0 = 0;
      float a1 = 0;
      float a2 = 0;
      float a3 = 0;
      for (int r = 0; r < rows; r++) {
        int p =
            x.at
                + (r * taps.stride() + a * taps.dilation()) * x.row
                + (from * taps.stride() + b * taps.dilation()) * x.pixel
                + l;
        int q = g.at + r * g.row + from * g.pixel + l;
        for (int j = from; j < to; j++) {
          a0 = Math.fma(d[p], e[q], a0);
          a1 = Math.fma(d[p + 1], e[q + 1], a1);
          a2 = Math.fma(d[p + 2], e[q + 2], a2);
          a3 = Math.fma(d[p + 3], e[q + 3], a3);
          p += taps.stride() * x.pixel;
          q += g.pixel;
        }
      }
      gw[at + l] += a0;
      gw[at + l + 1] += a1;
      gw[at + l + 2] += a2;
      gw[at + l + 3] += a3;
    }
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
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < columns; j++) {
        int p = x.at + r * x.row + j * x.pixel;
        for (int o = 0; o < blocks; o++) {
          int to = y.at + o * yBlock + r * y.row + j * y.pixel;
          for (int l = 0; l < lanes; l += 4) {
            int q = wAt + o * inputs * lanes + l;
            product(x.data, p, xBlock, section, inputs, w, q, y.data, to + l);
          }
        }
      }
    }
  }

  private void product(
      float[] x,
      int at,
      int xBlock,
      int section,
      int inputs,
      float[] w,
      int wAt,
      float[] y,
      int to) {
    float a0 = 0;
    float a1 = 0;
    float a2 = 0;
    float a3 = 0;
    int q = wAt;
    for (int k = 0; k < inputs; k += 4) { // which always lie side by side
      int p = at + place(k, section, xBlock);
      for (int i = 0; i < 4; i++) {
        float s = x[p + i];
        a0 = Math.fma(s, w[q], a0);
        a1 = Math.fma(s, w[q + 1], a1);
        a2 = Math.fma(s, w[q + 2], a2);
        a3 = Math.fma(s, w[q + 3], a3);
        q += lanes;
      }
    }
    y[to] = a0;
    y[to + 1] = a1;
    y[to + 2] = a2;
    y[to + 3] = a3;
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
    for (int o = 0; o < blocks; o++) {
      for (int k = 0; k < inputs; k++) {
        int p = x.at + place(k, section, xBlock);
        for (int l = 0; l < lanes; l += 4) {
          int q = g.at + o * gBlock + l;
          outer(x, p, g, q, rows, columns, gw, gwAt + (o * inputs + k) * lanes + l);
        }
      }
    }
  }

  private static void outer(
      Plane x, int at, Plane g, int gAt, int rows, int columns, float[] gw, int to) {
    float[] d = x.data;
    float[] e = g.data;
    float a0 = 0;
    float a1 = 0;
    float a2 = 0;
    float a3 = 0;
    for (int r = 0; r < rows; r++) {
      int p = at + r * x.row;
      int q = gAt + r * g.row;
      for (int j = 0; j < columns; j++) {
        float s = d[p];
        a0 = Math.fma(s, e[q], a0);
        a1 = Math.fma(s, e[q + 1], a1);
        a2 = Math.fma(s, e[q + 2], a2);
        a3 = Math.fma(s, e[q + 3], a3);
        p += x.pixel;
        q += g.pixel;
      }
    }
    gw[to] += a0;
    gw[to + 1] += a1;
    gw[to + 2] += a2;
    gw[to + 3] += a3;
  }

  @Override
  public void multiplyAdds(int rounds, float[] sums, int at) {
    for (int to = 2 * lanes; to < (2 + CHAINS) * lanes; to += 4) {
      multiplyAdds(rounds, sums, at + to % lanes, at + to);
    }
  }

  /** Four lanes of a chain, which need not wait for each other. */
  private void multiplyAdds(int rounds, float[] sums, int b, int to) {
    int c = b + lanes;
    float b0 = sums[b];
    float b1 = sums[b + 1];
    float b2 = sums[b + 2];
    float b3 = sums[b + 3];
    float c0 = sums[c];
    float c1 = sums[c + 1];
    float c2 = sums[c + 2];
    float c3 = sums[c + 3];
    float a0 = sums[to];
    float a1 = sums[to + 1];
    float a2 = sums[to + 2];
    float a3 = sums[to + 3];
    for (int i = 0; i < rounds; i++) {
      a0 = Math.fma(a0, b0, c0);
      a1 = Math.fma(a1, b1, c1);
      a2 = Math.fma(a2, b2, c2);
      a3 = Math.fma(a3, b3, c3);
    }
    sums[to] = a0;
    sums[to + 1] = a1;
    sums[to + 2] = a2;
    sums[to + 3] = a3;
  }

  @Override
  public void rectified(Plane x, Plane g, boolean accumulate, Plane y, int rows, int columns) {
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < columns; j++) {
        int p = x.at + r * x.row + j * x.pixel;
        int q = g.at + r * g.row + j * g.pixel;
        int o = y.at + r * y.row + j * y.pixel;
        for (int l = 0; l < lanes; l++) {
          int b = Float.floatToRawIntBits(x.data[p + l]);
          int positive = (-b & ~b) >> 31;
          float t = Float.intBitsToFloat(Float.floatToRawIntBits(g.data[q + l]) & positive);
          y.data[o + l] = accumulate ? y.data[o + l] + t : t;
        }
      }
    }
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
    for (int r = 0; r < rows; r++) {
      int top = Math.max(0, r * stride - padding);
      int bottom = Math.min(height, r * stride - padding + size);
      for (int j = 0; j < columns; j++) {
        int left = Math.max(0, j * stride - padding);
        int right = Math.min(width, j * stride - padding + size);
        for (int l = 0; l < lanes; l++) {
          y.data[y.at + r * y.row + j * y.pixel + l] = largest(x, l, top, bottom, left, right);
        }
      }
    }
  }

  private static float largest(Plane x, int lane, int top, int bottom, int left, int right) {
    float m = x.data[x.at + top * x.row + left * x.pixel + lane];
    for (int i = top; i < bottom; i++) {
      for (int k = left; k < right; k++) {
        m = Math.max(m, x.data[x.at + i * x.row + k * x.pixel + lane]);
      }
    }
    return m;
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
      int top = Math.max(0, r * stride - padding);
      int bottom = Math.min(height, r * stride - padding + size);
      for (int j = 0; j < columns; j++) {
        int left = Math.max(0, j * stride - padding);
        int right = Math.min(width, j * stride - padding + size);
        for (int l = 0; l < lanes; l++) {
          int winner = position(x, l, top, bottom, left, right);
          float e = g.data[g.at + r * g.row + j * g.pixel + l];
          for (int i = top; i < bottom; i++) {
            for (int k = left; k < right; k++) {
              gx.data[gx.at + i * gx.row + k * gx.pixel + l] +=
                  winner == x.at + i * x.row + k * x.pixel + l ? e : 0;
            }
          }
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
      int top = Math.max(0, r * stride - padding);
      int bottom = Math.min(height, r * stride - padding + size);
      for (int j = 0; j < columns; j++) {
        int left = Math.max(0, j * stride - padding);
        int right = Math.min(width, j * stride - padding + size);
        for (int l = 0; l < lanes; l++) {
          int winner = position(x, l, top, bottom, left, right);
          float t = 0;
          for (int i = top; i < bottom; i++) {
            for (int k = left; k < right; k++) {
              if (winner == x.at + i * x.row + k * x.pixel + l) {
                t = dx.data[dx.at + i * dx.row + k * dx.pixel + l];
              }
            }
          }
          dy.data[dy.at + r * dy.row + j * dy.pixel + l] = t;
        }
      }
    }
  }

  /** Where the first of the largest values is, or -1 where a NaN hides it. */
  private static int position(Plane x, int lane, int top, int bottom, int left, int right) {
    int m = Float.floatToRawIntBits(largest(x, lane, top, bottom, left, right));
    for (int i = top; i < bottom; i++) {
      for (int k = left; k < right; k++) {
        int p = x.at + i * x.row + k * x.pixel + lane;
        if (Float.floatToRawIntBits(x.data[p]) == m) {
          return p;
        }
      }
    }
    return -1;
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
        float share = 1f / ((bottom - top) * (right - left));
        for (int l = 0; l < lanes; l++) {
          float sum = -0f; // -0 + x is x, even for -0
          for (int i = top; i < bottom; i++) {
            for (int k = left; k < right; k++) {
              sum += x.data[x.at + i * x.row + k * x.pixel + l];
            }
          }
          y.data[y.at + r * y.row + j * y.pixel + l] = sum * share;
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
        float share = 1f / ((bottom - top) * (right - left));
        for (int l = 0; l < lanes; l++) {
          float e = g.data[g.at + r * g.row + j * g.pixel + l];
          for (int i = top; i < bottom; i++) {
            int p = gx.at + i * gx.row + left * gx.pixel + l;
            for (int k = left; k < right; k++) {
              gx.data[p] = Math.fma(e, share, gx.data[p]);
              p += gx.pixel;
            }
          }
        }
      }
    }
  }
}
