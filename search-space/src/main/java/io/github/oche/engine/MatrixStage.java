package io.github.oche.engine;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.kernel.Plane;

/**
 * The matrix product that ends a convolution: output channels from columns, a column for each tap
 * and input channel. Columns lie in blocks, as channels do; each tap starts a new one. Holds the
 * weights as the kernels want them, and says where in scratch memory the columns and the gradient
 * of the output lie.
 */
final class MatrixStage {
  /**
   * Weights of some output channels.
   *
   * @param weight [outputs, in, taps]
   * @param firstTap which tap of the stage the weight's first is
   * @param firstOutput which output channel its first is
   */
  record Part(Parameter weight, int taps, int firstTap, int firstOutput) {
    int outputs() {
      return weight.shape().get(0);
    }
  }

  /** Inputs that the kernels do at once. */
  private static final int AT_ONCE = 4;

  final int taps;
  final int inputBlocks;
  final int outputBlocks;

  /** Blocks of columns. */
  final int columnBlocks;

  /** Columns that lie together, and the blocks that they fill; then a new block starts. */
  private final int section;

  private final int sectionBlocks;
  private final int columns;

  /** Outputs, rounded up to what the kernels do at once. */
  private final int rows;

  /** [output block][column][lane]. */
  private final float[] matrix;

  /** [tap][input block][output][lane]. */
  private final float[] transposed;

  /** The same for columns that are tangents followed by values. */
  private final float[] both;

  private final float[] transposedBoth;
  private final ImmutableList<Part> parts;
  private final ChannelBlocks inputs;
  private final int lanes;
  private final int width;

  /** Floats of a block of columns, and of one of the output. */
  private final int plane;

  private final int columnsAt;
  private final int gradientAt;

  /**
   * @param out what it makes at once: some rows of the output
   */
  MatrixStage(
      ImmutableList<Part> parts,
      ChannelBlocks inputs,
      Shape out,
      int taps,
      boolean along,
      Scratch.Layout layout) {
    this.parts = parts;
    this.inputs = inputs;
    width = out.width();
    this.taps = taps;
    lanes = inputs.lanes();
    inputBlocks = inputs.count();
    outputBlocks = Storage.blocks(out.channels(), lanes);
    columnBlocks = taps * inputBlocks;
    section = roundUp(inputs.section(), AT_ONCE);
    sectionBlocks = Storage.blocks(section, lanes);
    columns = columnBlocks / sectionBlocks * section;
    rows = roundUp(out.channels(), AT_ONCE);
    matrix = new float[outputBlocks * columns * lanes];
    transposed = new float[columnBlocks * rows * lanes];
    both = new float[along ? 2 * matrix.length : 0];
    transposedBoth = new float[along ? 2 * transposed.length : 0];
    plane = out.pixels() * lanes;
    int sets = along ? 2 : 1;
    columnsAt = layout.floats((long) sets * columnBlocks * plane);
    gradientAt = layout.floats((long) sets * outputBlocks * plane);
  }

  private static int roundUp(int n, int multiple) {
    return (n + multiple - 1) / multiple * multiple;
  }

  long multiplyAdds(int pixels) {
    long weights = 0;
    for (int part = 0; part < parts.size(); part++) { // an iterator would be allocated
      weights += parts.get(part).weight.size();
    }
    return weights * pixels;
  }

  void pack(float[] w) {
    pack(w, matrix, columns, 0, transposed, rows, 0);
  }

  /** Packs the weights again, beside the direction. */
  void packAlong(float[] w, float[] dw) {
    pack(w, both, 2 * columns, 0, transposedBoth, 2 * rows, rows);
    pack(dw, both, 2 * columns, columns, transposedBoth, 2 * rows, 0);
  }

  private void pack(
      float[] w, float[] forward, int length, int at, float[] back, int backLength, int backAt) {
    for (int part = 0; part < parts.size(); part++) { // an iterator would be allocated
      Part p = parts.get(part);
      for (int o = 0; o < p.outputs(); o++) {
        int out = p.firstOutput + o;
        for (int t = 0; t < p.taps; t++) {
          int from = p.firstTap + t;
          for (int b = 0; b < inputBlocks; b++) {
            int block = from * inputBlocks + b;
            int to = (out / lanes * length + at + column(block)) * lanes + out % lanes;
            int backTo = (block * backLength + backAt + out) * lanes;
            int first = inputs.first(b);
            int count = inputs.size(b);
            for (int i = 0; i < count; i++) {
              float value = w.length == 0 ? 0 : w[index(p, o, first + i, t)];
              forward[to + i * lanes] = value;
              back[backTo + i] = value;
            }
          }
        }
      }
    }
  }

  /** Which column is the first of a block. */
  private int column(int block) {
    return block / sectionBlocks * section + block % sectionBlocks * lanes;
  }

  private int index(Part p, int output, int input, int tap) {
    return p.weight.offset() + (output * inputs.channels() + input) * p.taps + tap;
  }

  /** A block of the columns; along a direction their tangents come first. */
  Plane columns(Scratch s, int block, Plane p) {
    return place(p, s, columnsAt, block);
  }

  /** A block of the output's gradient; along a direction its derivative comes after it. */
  private Plane gradient(Scratch s, int block) {
    return place(s.n, s, gradientAt, block);
  }

  private Plane place(Plane p, Scratch s, int at, int block) {
    return p.set(s.floats, at + block * plane, width * lanes, lanes);
  }

  /** Brings rows of an image of the output's gradient into scratch memory. */
  void take(Run run, Scratch s, Affine gradient, int image, Band band) {
    take(run, s, gradient, image, band, 0);
  }

  /** Likewise its derivative. */
  void takeAlong(Run run, Scratch s, Affine derivative, int image, Band band) {
    take(run, s, derivative, image, band, outputBlocks);
  }

  private void take(Run run, Scratch s, Affine g, int image, Band band, int from) {
    for (int b = 0; b < outputBlocks; b++) {
      run.combine(s, g, image, b, false, gradient(s, from + b), band);
    }
  }

  /** Rows of an image of the output, from the columns. */
  void forward(Run run, Scratch s, Storage y, int image, Band band) {
    forward(run, s, matrix, columns, y, image, band);
  }

  /** The tangent of the output, from the columns' tangents and the columns after them. */
  void forwardAlong(Run run, Scratch s, Storage y, int image, Band band) {
    forward(run, s, both, 2 * columns, y, image, band);
  }

  private void forward(
      Run run, Scratch s, float[] weights, int length, Storage y, int image, Band band) {
    Plane x = columns(s, 0, s.m);
    Plane to = band.of(y.point(s.a, image, 0));
    run.kernels.multiply(
        x, plane, section, length, weights, 0, outputBlocks, to, y.plane, band.rows(), width);
  }

  /** The gradient of a tap's columns, blocks of which lie so far apart. */
  void backward(Run run, Scratch s, int tap, Plane to, int toBlock, Band band) {
    backward(run, s, transposed, rows, tap, to, toBlock, band);
  }

  /** The derivative of that. */
  void backwardAlong(Run run, Scratch s, int tap, Plane to, int toBlock, Band band) {
    backward(run, s, transposedBoth, 2 * rows, tap, to, toBlock, band);
  }

  private void backward(
      Run run, Scratch s, float[] weights, int length, int tap, Plane to, int toBlock, Band band) {
    Plane g = gradient(s, 0);
    int at = tap * inputBlocks * length * lanes;
    run.kernels.multiply(
        g, plane, rows, length, weights, at, inputBlocks, to, toBlock, band.rows(), width);
  }

  /** Adds the weight gradient. */
  void weights(Run run, Scratch s, int at, Band band) {
    weights(run, s, 0, 0, at, band);
  }

  /** Adds its derivative: from the columns' tangents, and from the gradient's derivative. */
  void weightsAlong(Run run, Scratch s, int at, Band band) {
    weights(run, s, 0, 0, at, band);
    weights(run, s, columnBlocks, outputBlocks, at, band);
  }

  private void weights(Run run, Scratch s, int column, int output, int at, Band band) {
    Plane x = columns(s, column, s.m);
    Plane g = gradient(s, output);
    int height = band.rows();
    run.kernels.multiplyWeights(
        x, plane, section, columns, g, plane, outputBlocks, height, width, run.partials, at);
  }

  /** Bytes of its packed weights. */
  long bytes() {
    return 4L * (matrix.length + transposed.length + both.length + transposedBoth.length);
  }

  /** Floats of its weight gradient, as the kernels leave it. */
  int partial() {
    return outputBlocks * columns * lanes;
  }

  /** Adds up the weight gradient of a block of outputs over all chunks. */
  void unpack(Run run, int block, int at, int stride) {
    run.addParts(at + block * columns * lanes, columns * lanes, stride);
    for (int part = 0; part < parts.size(); part++) { // an iterator would be allocated
      Part p = parts.get(part);
      int first = Math.max(p.firstOutput, block * lanes);
      int last = Math.min(p.firstOutput + p.outputs(), (block + 1) * lanes);
      for (int out = first; out < last; out++) {
        for (int t = 0; t < p.taps; t++) {
          for (int b = 0; b < inputBlocks; b++) {
            int k = block * columns + column((p.firstTap + t) * inputBlocks + b);
            int from = at + k * lanes + out % lanes;
            int input = inputs.first(b);
            for (int i = 0; i < inputs.size(b); i++) {
              run.weightGradient[index(p, out - p.firstOutput, input + i, t)] =
                  run.partials[from + i * lanes];
            }
          }
        }
      }
    }
  }
}
