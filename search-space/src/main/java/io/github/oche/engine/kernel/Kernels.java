package io.github.oche.engine.kernel;

/**
 * The inner loops of the engine: one image, one or a few channel blocks a call.
 *
 * <p>An activation is {@code [image][channel block][row][column][V]}, V = {@link #lanes()}, unused
 * lanes zero. Everything here is done lane by lane, in an order that the method states and that
 * depends on neither V, nor the provider, nor the thread: <b>a channel's numbers have the same bits
 * with 4, 8 or 16 lanes, with and without the Vector API, in a cold and in a warm JVM</b> (the
 * payload of a NaN excepted). Every product is fused into its sum ({@link Math#fma(float, float,
 * float)}).
 *
 * <p>The methods allocate nothing once compiled, keep nothing and check nothing but array bounds;
 * {@code rows} and {@code columns} count output pixels and are at least 1. They write the pixels,
 * sums or weights that they are said to write, and nothing between or after them. An output may not
 * overlap an input unless a method says so. Instances hold no state and may be shared by threads.
 */
public abstract class Kernels {
  /** Sums of {@link #multiplyAdds}: enough to keep two units busy, few enough for 16 registers. */
  public static final int CHAINS = 10;

  /** Floats a pixel in one channel block: 4, 8 or 16. */
  public abstract int lanes();

  /** What a log should say about these kernels, such as {@code vector, 16 lanes (512 bits)}. */
  public abstract String name();

  /**
   * The fastest kernels that this JVM can run, chosen once.
   *
   * <p>The vector kernels need the module {@code jdk.incubator.vector} and HotSpot's optimising
   * compiler; where something is missing the plain kernels are used, and one warning says what to
   * change. The system property {@code oche.lanes} (4, 8 or 16) forces the number of lanes, {@code
   * oche.kernels=plain} the plain kernels.
   *
   * @throws IllegalArgumentException if one of the two properties has another value; or if this
   *     processor, or the JVM as it was started, has no fused multiply-add: {@code Math.fma} would
   *     be some thousand times slower
   */
  public static Kernels provider() {
    return Providers.chosen();
  }

  /**
   * Sums streams: {@code y = c[n] + sum over k of c[k] * x[k]}, k in order, starting from the
   * constant.
   *
   * @param x the streams, of which the first {@code n} are read; {@code y} may be one of them (the
   *     same addresses)
   * @param n how many streams, at least 1
   * @param c coefficients, (n + 1) * V floats from {@code cAt}: those of {@code x[0]} first, the
   *     constant last
   * @param cAt where the coefficients start
   * @param rectify whether to replace negative results (and -0) by zero; NaN stays NaN
   * @param y receives the sums
   */
  public abstract void combine(
      Plane[] x, int n, float[] c, int cAt, boolean rectify, Plane y, int rows, int columns);

  /**
   * Adds the sums of x and of x * y over all pixels: {@code sums[at + v] += sum x}, {@code sums[at
   * + V + v] += sum x * y}.
   *
   * <p>Pixels are numbered {@code r * columns + c} and taken in runs of 128. Within a run, pixel i
   * is added (fused) to the float accumulator {@code a[i mod 4]}, which starts at zero; the run's
   * sum {@code (a0 + a1) + (a2 + a3)} is added in double, run after run. (Long float sums make
   * activations ten times less exact.)
   *
   * @param y may be {@code x}
   */
  public abstract void moments(Plane x, Plane y, int rows, int columns, double[] sums, int at);

  /**
   * Convolves one channel block: {@code y[r][j] = (accumulate ? y[r][j] : 0) + sum over taps (a, b)
   * of w[a][b] * x[r * stride + a * dilation][j * stride + b * dilation]}, taps in row-major order,
   * the sum from zero.
   *
   * @param x the padded source: its origin is the first tap of output (0, 0)
   * @param w weights, from {@code wAt}: {@code [rows][columns][V]}
   */
  public abstract void depthwise(
      Plane x, Taps taps, float[] w, int wAt, boolean accumulate, Plane y, int rows, int columns);

  /**
   * Adds the gradient of the loss towards the weights of {@link #depthwise}: {@code gw[a][b] += sum
   * over pixels of x[r * stride + a * dilation][j * stride + b * dilation] * g[r][j]}.
   *
   * <p>Two float sums a tap, each from zero and over pixels in row-major order: that of the first
   * {@code columns - columns mod 4} columns is added to {@code gw} first, that of the remaining
   * columns (if there are any) second.
   *
   * @param g gradient towards the output, rows x columns
   */
  public abstract void depthwiseWeights(
      Plane x, Taps taps, Plane g, int rows, int columns, float[] gw, int gwAt);

  /**
   * Multiplies pixels by a matrix: {@code y[o][r][j][v] = sum over k < inputs of x[k][r][j] *
   * w[o][k][v]}, k in order, starting from zero. Inputs come in sections, which fill one block
   * after the other; each section starts a new block. Pixels of x and y lie V apart.
   *
   * @param x the first block of inputs
   * @param xBlock floats from a block of inputs to the next
   * @param section inputs a section, a multiple of 4
   * @param inputs a multiple of {@code section}
   * @param w weights, from {@code wAt}: {@code [blocks][inputs][V]}
   * @param blocks blocks of output channels, at least 1
   * @param y block o starts at {@code y.at + o * yBlock}
   */
  public abstract void multiply(
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
      int columns);

  /**
   * Adds the gradient of the loss towards the matrix of {@link #multiply}: {@code gw[o][k][v] +=
   * sum over pixels of x[k][r][j] * g[o][r][j][v]}; one float sum, from zero, over pixels in
   * row-major order, is added to {@code gw}. Pixels of x and g lie V apart.
   *
   * @param g gradient towards the output: block o starts at {@code g.at + o * gBlock}
   */
  public abstract void multiplyWeights(
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
      int gwAt);

  /** Where input k lies from the first on, for {@link #multiply}. */
  final int place(int k, int section, int xBlock) {
    int blocks = (section + lanes() - 1) / lanes();
    int i = k % section;
    return (k / section * blocks + i / lanes()) * xBlock + i % lanes();
  }

  /**
   * Multiplies and adds in registers only, {@code rounds * CHAINS * V} times: what the machine can
   * do at best. Chain k of {@link #CHAINS} is {@code a <- a * b + c}, again and again.
   *
   * @param sums from {@code at}: b, c and then the start of each chain, {@code [2 + CHAINS][V]};
   *     the chains' ends afterwards
   */
  public abstract void multiplyAdds(int rounds, float[] sums, int at);

  /**
   * The gradient through a ReLU: {@code y = (accumulate ? y : 0) + (x > 0 ? g : 0)}. Where x is
   * NaN, either may be meant.
   *
   * @param x what went into the ReLU, or what came out of it
   * @param y may be {@code g} (the same addresses)
   */
  public abstract void rectified(
      Plane x, Plane g, boolean accumulate, Plane y, int rows, int columns);

  /**
   * The largest value of each window, in the order of {@link Math#max(float, float)}: -0 is smaller
   * than 0, and a NaN in the window gives NaN. Padding is no part of a window; every window must
   * hold at least one pixel.
   *
   * @param x unpadded, {@code height} x {@code width}
   * @param size rows and columns of a window; window (r, c) starts at row {@code r * stride -
   *     padding}
   */
  public abstract void maxPool(
      Plane x,
      int height,
      int width,
      int size,
      int stride,
      int padding,
      Plane y,
      int rows,
      int columns);

  /**
   * Sends each window's gradient to its largest value: {@code gx[arg max] += g}, window after
   * window in row-major order. Of equal largest values (the same bits) the first in row-major order
   * is meant, and zero is added to the rest of the window; a window that holds a NaN sends its
   * gradient somewhere inside or nowhere.
   *
   * @param gx {@code height} x {@code width}; addresses are its own, not those of {@code x}
   */
  public abstract void maxPoolBackward(
      Plane x,
      int height,
      int width,
      int size,
      int stride,
      int padding,
      Plane g,
      int rows,
      int columns,
      Plane gx);

  /** The derivative of {@link #maxPool} along {@code dx}: {@code dy = dx[arg max of x]}. */
  public abstract void maxPoolAlong(
      Plane x,
      Plane dx,
      int height,
      int width,
      int size,
      int stride,
      int padding,
      Plane dy,
      int rows,
      int columns);

  /**
   * The mean of each window's pixels, padding not counted: their sum in row-major order times the
   * float nearest to one over their number.
   *
   * @param x unpadded, {@code height} x {@code width}
   */
  public abstract void averagePool(
      Plane x,
      int height,
      int width,
      int size,
      int stride,
      int padding,
      Plane y,
      int rows,
      int columns);

  /**
   * The gradient through {@link #averagePool}: each window adds {@code g / pixels} to each of its
   * pixels (fused, with the same float for {@code 1 / pixels}), window after window in row-major
   * order.
   *
   * @param gx {@code height} x {@code width}
   */
  public abstract void averagePoolBackward(
      Plane g,
      int rows,
      int columns,
      int size,
      int stride,
      int padding,
      Plane gx,
      int height,
      int width);
}
