package io.github.oche.engine.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One kernel on one shape, given by numbers that do not depend on the number of lanes, with its
 * truth: a naive evaluation in double precision.
 *
 * @param name says the kernel and the shape
 * @param run what the kernel makes of it, in an order that does not depend on the number of lanes
 * @param truth what it should be
 */
record KernelCase(String name, Function<Kernels, float[]> run, Supplier<double[]> truth) {
  @Override
  public String toString() {
    return name;
  }

  private static final int[][] SIZES = {
    {1, 1}, {1, 5}, {5, 1}, {2, 3}, {3, 4}, {7, 7}, {4, 8}, {5, 9}, {8, 8}, {14, 14}, {6, 17},
    {16, 16}, {11, 32}
  };

  /** Rows, columns, dilation, stride. */
  private static final int[][] TAPS = {
    {3, 3, 1, 1},
    {5, 5, 1, 1},
    {7, 7, 1, 1},
    {3, 3, 2, 1},
    {5, 5, 2, 1},
    {3, 3, 1, 2},
    {5, 5, 1, 2},
    {7, 7, 1, 2},
    {3, 3, 2, 2},
    {5, 5, 2, 2},
    {1, 7, 1, 1},
    {7, 1, 1, 1},
    {2, 2, 1, 1},
    {3, 2, 1, 1},
    {2, 3, 1, 1},
    {4, 4, 1, 1},
    {3, 4, 1, 1},
    {1, 1, 1, 1},
    {1, 1, 1, 2},
    {7, 7, 2, 1},
    {4, 5, 1, 1},
    {2, 2, 3, 3},
    {1, 7, 1, 2}
  };

  /** Size, stride, padding. */
  private static final int[][] WINDOWS = {
    {3, 1, 1}, {3, 2, 1}, {2, 2, 0}, {5, 3, 2}, {3, 3, 0}, {1, 1, 0}, {1, 2, 0}, {5, 1, 2},
    {7, 1, 3}
  };

  /** Every kernel on typical and on awkward shapes. */
  static List<KernelCase> all() {
    List<KernelCase> cases = shapes();
    sweeps(cases);
    return cases;
  }

  /** Widths, numbers of streams, inputs and blocks one by one, the rest varying along. */
  private static void sweeps(List<KernelCase> cases) {
    int seed = 100_000;
    for (int width = 1; width <= 33; width++) {
      int rows = 1 + width % 3;
      int channels = width % 4 == 0 ? 9 : 1;
      int gap = width % 2;
      for (int[] t : TAPS) {
        Taps taps = new Taps(t[0], t[1], t[2], t[3]);
        cases.add(depthwise(++seed, channels, rows, width, gap, taps, seed % 2 == 0, 1));
        cases.add(depthwiseWeights(++seed, channels, rows, width, gap, taps, 1));
      }
      cases.add(moments(++seed, channels, 2 + 3 * rows, width, gap));
      cases.add(rectified(++seed, channels, rows, width, gap, seed % 2 == 0));
      for (int[] window : WINDOWS) {
        if (rows + 2 * window[2] >= window[0] && width + 2 * window[2] >= window[0]) {
          pools(cases, ++seed, channels, rows, width, gap, window[0], window[1], window[2]);
        }
      }
    }
    for (int n = 1; n <= 40; n++) {
      for (int target = 0; target < 3; target++) {
        cases.add(combine(++seed, 3, 1 + n % 3, 1 + (seed % 33), n % 2, n, seed % 2 == 0, target));
      }
    }
    for (int inputs = 1; inputs <= 100; inputs++) {
      int outputs = 1 + inputs * 37 % 144; // 1 to 9 blocks of 16
      int rows = 1 + inputs % 3;
      int columns = 1 + inputs % 13;
      cases.add(multiply(++seed, inputs, outputs, rows, columns, inputs % 2));
      cases.add(multiplyWeights(++seed, inputs, outputs, rows, columns));
    }
  }

  /** Every kernel on typical shapes. */
  static List<KernelCase> shapes() {
    List<KernelCase> cases = new ArrayList<>();
    int seed = 0;
    for (int[] size : SIZES) {
      for (int gap = 0; gap < 3; gap += 2) {
        for (int channels : new int[] {16, 5}) {
          int rows = size[0];
          int columns = size[1];
          for (int n : new int[] {1, 2, 3, 4, 7, 40}) {
            cases.add(combine(++seed, channels, rows, columns, gap, n, (seed & 1) == 0, seed % 3));
          }
          cases.add(moments(++seed, channels, rows, columns, gap));
          for (int[] t : TAPS) {
            Taps taps = new Taps(t[0], t[1], t[2], t[3]);
            cases.add(
                depthwise(++seed, channels, rows, columns, gap, taps, seed % 3 == 0, 1 + seed % 2));
            cases.add(
                depthwiseWeights(
                    ++seed, channels, rows, columns, gap, taps, seed % 5 == 0 ? 2 : 1));
          }
          cases.add(rectified(++seed, channels, rows, columns, gap, false));
          cases.add(rectified(++seed, channels, rows, columns, gap, true));
          for (int[] window : WINDOWS) {
            if (rows + 2 * window[2] >= window[0] && columns + 2 * window[2] >= window[0]) {
              pools(cases, ++seed, channels, rows, columns, gap, window[0], window[1], window[2]);
            }
          }
        }
        for (int[] matrix :
            new int[][] {{16, 16}, {16, 32}, {32, 48}, {3, 16}, {48, 64}, {20, 10}, {16, 80}}) {
          cases.add(multiply(++seed, matrix[0], matrix[1], size[0], size[1], gap));
          cases.add(multiplyWeights(++seed, matrix[0], matrix[1], size[0], size[1]));
        }
      }
    }
    return cases;
  }

  private static KernelCase combine(
      int seed, int channels, int rows, int columns, int gap, int n, boolean rectify, int target) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][][][] x = new float[n][][][];
    for (int k = 0; k < n; k++) {
      x[k] = Image.random(random, channels, rows, columns);
    }
    float[][] c = Image.random(random, 1, n + 1, channels)[0];
    int alias = random.nextInt(n);
    return new KernelCase(
        "combine %d streams of %d x %d x %d, gap %d, rectify %s, into %s"
            .formatted(
                n,
                channels,
                rows,
                columns,
                gap,
                rectify,
                List.of("plane", "matrix", "stream").get(target)),
        kernels -> {
          int v = kernels.lanes();
          Image[] images = new Image[n];
          for (int k = 0; k < n; k++) {
            images[k] =
                new Image(v, channels, rows, columns, k % 2 == 0 ? gap : 0, k % 5 == 4 ? 2 : 1)
                    .fill(x[k]);
          }
          float[] lanes = Image.surrounded(Image.lanes(c, v), Float.NaN);
          Image y = target == 2 ? images[alias] : new Image(v, channels, rows, columns, gap, 1);
          Plane matrix = y.matrix();
          Plane[] planes = new Plane[n + 1];
          for (int o = 0; o < y.blocks(); o++) {
            for (int k = 0; k < n; k++) {
              planes[k] = images[k].plane(o);
            }
            int at = Image.margin() + o * (n + 1) * v;
            if (target == 1) {
              Plane to = new Plane().set(matrix.data, matrix.at + o * v, matrix.row, matrix.pixel);
              kernels.combine(planes, n, lanes, at, rectify, to, rows, columns);
            } else {
              kernels.combine(planes, n, lanes, at, rectify, y.plane(o), rows, columns);
            }
          }
          if (target == 1) {
            y.read(matrix);
          }
          return y.values();
        },
        () -> {
          double[] y = new double[channels * rows * columns];
          int i = 0;
          for (int h = 0; h < channels; h++) {
            for (int r = 0; r < rows; r++) {
              for (int j = 0; j < columns; j++) {
                double sum = c[n][h];
                for (int k = 0; k < n; k++) {
                  sum += (double) c[k][h] * x[k][h][r][j];
                }
                y[i++] = rectify ? Math.max(0, sum) : sum;
              }
            }
          }
          return y;
        });
  }

  private static KernelCase moments(int seed, int channels, int rows, int columns, int gap) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][][] x = Image.random(random, channels, rows, columns);
    float[][][] y = Image.random(random, channels, rows, columns);
    return new KernelCase(
        "moments of %d x %d x %d, gap %d".formatted(channels, rows, columns, gap),
        kernels -> {
          int v = kernels.lanes();
          Image a = new Image(v, channels, rows, columns, gap, 1).fill(x);
          Image b = new Image(v, channels, rows, columns, 0, 1).fill(y);
          float[] result = new float[2 * channels * 2];
          for (int o = 0; o < a.blocks(); o++) {
            double[] sums = new double[3 + 2 * v + 5];
            Arrays.fill(sums, Image.GUARD);
            Arrays.fill(sums, 3, 3 + 2 * v, 0.0);
            kernels.moments(a.plane(o), b.plane(o), rows, columns, sums, 3);
            kernels.moments(a.plane(o), b.plane(o), rows, columns, sums, 3);
            for (int i = 0; i < sums.length; i++) {
              if ((i < 3 || i >= 3 + 2 * v) && sums[i] != Image.GUARD) {
                throw new AssertionError("place " + i + " beside the sums is " + sums[i]);
              }
            }
            for (int l = 0; l < v && o * v + l < channels; l++) {
              for (int s = 0; s < 2; s++) {
                double sum = sums[3 + s * v + l];
                int i = ((o * v + l) * 2 + s) * 2;
                result[i] = (float) sum;
                result[i + 1] = (float) (sum - result[i]); // the bits that a float does not hold
              }
            }
          }
          return result;
        },
        () -> {
          double[] result = new double[2 * channels * 2];
          for (int h = 0; h < channels; h++) {
            for (int r = 0; r < rows; r++) {
              for (int j = 0; j < columns; j++) {
                result[4 * h] += 2 * (double) x[h][r][j];
                result[4 * h + 2] += 2 * (double) x[h][r][j] * y[h][r][j];
              }
            }
          }
          return result;
        });
  }

  private static int extent(int outputs, int taps, Taps window) {
    return (outputs - 1) * window.stride() + (taps - 1) * window.dilation() + 1;
  }

  private static KernelCase depthwise(
      int seed,
      int channels,
      int rows,
      int columns,
      int gap,
      Taps taps,
      boolean accumulate,
      int spread) {
    SplittableRandom random = new SplittableRandom(seed);
    int height = extent(rows, taps.rows(), taps);
    int width = extent(columns, taps.columns(), taps);
    float[][][] x = Image.random(random, channels, height, width);
    float[][] w = Image.random(random, 1, taps.rows() * taps.columns(), channels)[0];
    float[][][] before = Image.random(random, channels, rows, columns);
    return new KernelCase(
        "depthwise %s to %d x %d x %d, gap %d, accumulate %s"
            .formatted(taps, channels, rows, columns, gap, accumulate),
        kernels -> {
          int v = kernels.lanes();
          Image a = new Image(v, channels, height, width, gap, seed % 7 == 0 ? 2 : 1).fill(x);
          Image y = new Image(v, channels, rows, columns, gap, spread).fill(before);
          float[] lanes = Image.surrounded(Image.lanes(w, v), Float.NaN);
          for (int o = 0; o < a.blocks(); o++) {
            int at = Image.margin() + o * w.length * v;
            kernels.depthwise(a.plane(o), taps, lanes, at, accumulate, y.plane(o), rows, columns);
          }
          return y.values();
        },
        () -> {
          double[] y = new double[channels * rows * columns];
          int i = 0;
          for (int h = 0; h < channels; h++) {
            for (int r = 0; r < rows; r++) {
              for (int j = 0; j < columns; j++, i++) {
                y[i] = accumulate ? before[h][r][j] : 0;
                for (int a = 0; a < taps.rows(); a++) {
                  for (int b = 0; b < taps.columns(); b++) {
                    y[i] +=
                        (double) w[a * taps.columns() + b][h]
                            * x[h][r * taps.stride() + a * taps.dilation()][
                                j * taps.stride() + b * taps.dilation()];
                  }
                }
              }
            }
          }
          return y;
        });
  }

  private static KernelCase depthwiseWeights(
      int seed, int channels, int rows, int columns, int gap, Taps taps, int spread) {
    SplittableRandom random = new SplittableRandom(seed);
    int height = extent(rows, taps.rows(), taps);
    int width = extent(columns, taps.columns(), taps);
    float[][][] x = Image.random(random, channels, height, width);
    float[][][] g = Image.random(random, channels, rows, columns);
    float[][] before = Image.random(random, 1, taps.rows() * taps.columns(), channels)[0];
    return new KernelCase(
        "weights of depthwise %s to %d x %d x %d, gap %d"
            .formatted(taps, channels, rows, columns, gap),
        kernels -> {
          int v = kernels.lanes();
          Image a = new Image(v, channels, height, width, gap, spread).fill(x);
          Image b = new Image(v, channels, rows, columns, gap, spread).fill(g);
          float[] gw = Image.surrounded(Image.lanes(before, v), Image.GUARD);
          for (int o = 0; o < a.blocks(); o++) {
            kernels.depthwiseWeights(
                a.plane(o),
                taps,
                b.plane(o),
                rows,
                columns,
                gw,
                Image.margin() + o * before.length * v);
          }
          return Image.unlanes(Image.inner(gw), before.length, channels, v);
        },
        () -> {
          double[] gw = new double[before.length * channels];
          for (int t = 0; t < before.length; t++) {
            for (int h = 0; h < channels; h++) {
              double sum = before[t][h];
              for (int r = 0; r < rows; r++) {
                for (int j = 0; j < columns; j++) {
                  sum +=
                      (double) g[h][r][j]
                          * x[h][r * taps.stride() + t / taps.columns() * taps.dilation()][
                              j * taps.stride() + t % taps.columns() * taps.dilation()];
                }
              }
              gw[t * channels + h] = sum;
            }
          }
          return gw;
        });
  }

  private static KernelCase multiply(
      int seed, int inputs, int outputs, int rows, int columns, int gap) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][][] x = Image.random(random, inputs, rows, columns);
    float[][] w = Image.random(random, 1, outputs, inputs)[0];
    Sections sections = Sections.of(seed, inputs);
    return new KernelCase(
        "multiply %d to %d channels of %d x %d, gap %d, %s"
            .formatted(inputs, outputs, rows, columns, gap, sections),
        kernels -> {
          int v = kernels.lanes();
          float[][][] spread = sections.spread(x, v);
          Image a =
              new Image(v, spread.length, rows, columns, seed % 5 == 0 ? 1 : 0, 1).fill(spread);
          Image y = new Image(v, outputs, rows, columns, gap, 1);
          kernels.multiply(
              a.plane(0),
              a.block(),
              sections.length(),
              sections.columns(),
              Image.surrounded(sections.matrix(w, v), Float.NaN),
              Image.margin(),
              y.blocks(),
              y.plane(0),
              y.block(),
              rows,
              columns);
          return y.values();
        },
        () -> {
          double[] y = new double[outputs * rows * columns];
          int i = 0;
          for (int o = 0; o < outputs; o++) {
            for (int r = 0; r < rows; r++) {
              for (int j = 0; j < columns; j++, i++) {
                for (int k = 0; k < inputs; k++) {
                  y[i] += (double) w[o][k] * x[k][r][j];
                }
              }
            }
          }
          return y;
        });
  }

  private static KernelCase multiplyWeights(
      int seed, int inputs, int outputs, int rows, int columns) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][][] x = Image.random(random, inputs, rows, columns);
    float[][][] g = Image.random(random, outputs, rows, columns);
    float[][] before = Image.random(random, 1, outputs, inputs)[0];
    Sections sections = Sections.of(seed, inputs);
    return new KernelCase(
        "weights of multiply %d to %d channels of %d x %d, %s"
            .formatted(inputs, outputs, rows, columns, sections),
        kernels -> {
          int v = kernels.lanes();
          float[][][] spread = sections.spread(x, v);
          Image a =
              new Image(v, spread.length, rows, columns, seed % 5 == 0 ? 1 : 0, 1).fill(spread);
          Image b = new Image(v, outputs, rows, columns, seed % 2, 1).fill(g);
          float[] target = Image.surrounded(sections.matrix(before, v), Image.GUARD);
          kernels.multiplyWeights(
              a.plane(0),
              a.block(),
              sections.length(),
              sections.columns(),
              b.plane(0),
              b.block(),
              b.blocks(),
              rows,
              columns,
              target,
              Image.margin());
          float[] gw = Image.inner(target);
          float[] result = new float[outputs * inputs];
          for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < inputs; i++) {
              result[o * inputs + i] = gw[sections.place(o, i, v)];
            }
          }
          return result;
        },
        () -> {
          double[] gw = new double[outputs * inputs];
          for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < inputs; i++) {
              double sum = before[o][i];
              for (int r = 0; r < rows; r++) {
                for (int j = 0; j < columns; j++) {
                  sum += (double) g[o][r][j] * x[i][r][j];
                }
              }
              gw[o * inputs + i] = sum;
            }
          }
          return gw;
        });
  }

  private static KernelCase rectified(
      int seed, int channels, int rows, int columns, int gap, boolean accumulate) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][][] x = Image.coarse(random, channels, rows, columns);
    float[][][] g = Image.random(random, channels, rows, columns);
    float[][][] before = Image.random(random, channels, rows, columns);
    return new KernelCase(
        "rectified %d x %d x %d, gap %d, accumulate %s"
            .formatted(channels, rows, columns, gap, accumulate),
        kernels -> {
          int v = kernels.lanes();
          Image a = new Image(v, channels, rows, columns, gap, 1).fill(x);
          Image b = new Image(v, channels, rows, columns, 0, 1).fill(g);
          Image y = new Image(v, channels, rows, columns, gap, 1).fill(before).guarded();
          for (int o = 0; o < a.blocks(); o++) {
            kernels.rectified(a.plane(o), b.plane(o), accumulate, y.plane(o), rows, columns);
          }
          return y.values();
        },
        () -> {
          double[] y = new double[channels * rows * columns];
          int i = 0;
          for (int h = 0; h < channels; h++) {
            for (int r = 0; r < rows; r++) {
              for (int j = 0; j < columns; j++) {
                y[i++] = (accumulate ? before[h][r][j] : 0.0) + (x[h][r][j] > 0 ? g[h][r][j] : 0.0);
              }
            }
          }
          return y;
        });
  }

  private static void pools(
      List<KernelCase> cases,
      int seed,
      int channels,
      int height,
      int width,
      int gap,
      int size,
      int stride,
      int padding) {
    SplittableRandom random = new SplittableRandom(seed);
    int rows = (height + 2 * padding - size) / stride + 1;
    int columns = (width + 2 * padding - size) / stride + 1;
    float[][][] x = Image.coarse(random, channels, height, width);
    float[][][] dx = Image.random(random, channels, height, width);
    float[][][] g = Image.random(random, channels, rows, columns);
    String shape =
        " %d of %d x %d x %d, stride %d, padding %d, gap %d"
            .formatted(size, channels, height, width, stride, padding, gap);
    cases.add(
        new KernelCase(
            "max pool" + shape,
            kernels -> {
              int v = kernels.lanes();
              Image a = new Image(v, channels, height, width, gap, 1).fill(x);
              Image y = new Image(v, channels, rows, columns, gap, 1);
              for (int o = 0; o < a.blocks(); o++) {
                kernels.maxPool(
                    a.plane(o), height, width, size, stride, padding, y.plane(o), rows, columns);
              }
              return y.values();
            },
            () -> {
              double[] y = new double[channels * rows * columns];
              for (int i = 0; i < y.length; i++) {
                int cell =
                    largest(
                        x[i / (rows * columns)],
                        i % (rows * columns),
                        columns,
                        size,
                        stride,
                        padding);
                y[i] = x[i / (rows * columns)][cell / width][cell % width];
              }
              return y;
            }));
    cases.add(
        new KernelCase(
            "max pool along" + shape,
            kernels -> {
              int v = kernels.lanes();
              Image a = new Image(v, channels, height, width, gap, 1).fill(x);
              Image b = new Image(v, channels, height, width, 0, 1).fill(dx);
              Image y = new Image(v, channels, rows, columns, gap, 1);
              for (int o = 0; o < a.blocks(); o++) {
                kernels.maxPoolAlong(
                    a.plane(o),
                    b.plane(o),
                    height,
                    width,
                    size,
                    stride,
                    padding,
                    y.plane(o),
                    rows,
                    columns);
              }
              return y.values();
            },
            () -> {
              double[] y = new double[channels * rows * columns];
              for (int i = 0; i < y.length; i++) {
                int cell =
                    largest(
                        x[i / (rows * columns)],
                        i % (rows * columns),
                        columns,
                        size,
                        stride,
                        padding);
                y[i] = dx[i / (rows * columns)][cell / width][cell % width];
              }
              return y;
            }));
    cases.add(
        new KernelCase(
            "max pool backward" + shape,
            kernels -> {
              int v = kernels.lanes();
              Image a = new Image(v, channels, height, width, gap, 1).fill(x);
              Image b = new Image(v, channels, rows, columns, gap, 1).fill(g);
              Image y = new Image(v, channels, height, width, seed % 2, 1).fill(dx).guarded();
              for (int o = 0; o < a.blocks(); o++) {
                kernels.maxPoolBackward(
                    a.plane(o),
                    height,
                    width,
                    size,
                    stride,
                    padding,
                    b.plane(o),
                    rows,
                    columns,
                    y.plane(o));
              }
              return y.values();
            },
            () -> {
              double[] y = flat(dx);
              for (int i = 0; i < channels * rows * columns; i++) {
                int h = i / (rows * columns);
                int pixel = i % (rows * columns);
                int cell = largest(x[h], pixel, columns, size, stride, padding);
                y[h * height * width + cell] += g[h][pixel / columns][pixel % columns];
              }
              return y;
            }));
    cases.add(
        new KernelCase(
            "average pool" + shape,
            kernels -> {
              int v = kernels.lanes();
              Image a = new Image(v, channels, height, width, gap, 1).fill(dx);
              Image y = new Image(v, channels, rows, columns, gap, 1);
              for (int o = 0; o < a.blocks(); o++) {
                kernels.averagePool(
                    a.plane(o), height, width, size, stride, padding, y.plane(o), rows, columns);
              }
              return y.values();
            },
            () -> {
              double[] y = new double[channels * rows * columns];
              for (int i = 0; i < y.length; i++) {
                int pixel = i % (rows * columns);
                int count = 0;
                for (int cell : window(height, width, pixel, columns, size, stride, padding)) {
                  y[i] += dx[i / (rows * columns)][cell / width][cell % width];
                  count++;
                }
                y[i] /= count;
              }
              return y;
            }));
    cases.add(
        new KernelCase(
            "average pool backward" + shape,
            kernels -> {
              int v = kernels.lanes();
              Image b = new Image(v, channels, rows, columns, gap, 1).fill(g);
              Image y = new Image(v, channels, height, width, seed % 2, 1).fill(dx).guarded();
              for (int o = 0; o < b.blocks(); o++) {
                kernels.averagePoolBackward(
                    b.plane(o), rows, columns, size, stride, padding, y.plane(o), height, width);
              }
              return y.values();
            },
            () -> {
              double[] y = flat(dx);
              for (int i = 0; i < channels * rows * columns; i++) {
                int h = i / (rows * columns);
                int pixel = i % (rows * columns);
                List<Integer> window = window(height, width, pixel, columns, size, stride, padding);
                for (int cell : window) {
                  y[h * height * width + cell] +=
                      (double) g[h][pixel / columns][pixel % columns] / window.size();
                }
              }
              return y;
            }));
  }

  private static double[] flat(float[][][] x) {
    double[] y = new double[x.length * x[0].length * x[0][0].length];
    int i = 0;
    for (float[][] plane : x) {
      for (float[] row : plane) {
        for (float t : row) {
          y[i++] = t;
        }
      }
    }
    return y;
  }

  /** The pixels of a window, numbered in row-major order. */
  private static List<Integer> window(
      int height, int width, int pixel, int columns, int size, int stride, int padding) {
    List<Integer> cells = new ArrayList<>();
    for (int a = 0; a < size; a++) {
      for (int b = 0; b < size; b++) {
        int i = pixel / columns * stride - padding + a;
        int k = pixel % columns * stride - padding + b;
        if (0 <= i && i < height && 0 <= k && k < width) {
          cells.add(i * width + k);
        }
      }
    }
    return cells;
  }

  /** The first of the largest, -0 below 0. */
  private static int largest(
      float[][] x, int pixel, int columns, int size, int stride, int padding) {
    int width = x[0].length;
    int best = -1;
    for (int cell : window(x.length, width, pixel, columns, size, stride, padding)) {
      if (best < 0
          || Float.compare(x[cell / width][cell % width], x[best / width][best % width]) > 0) {
        best = cell;
      }
    }
    return best;
  }
}
