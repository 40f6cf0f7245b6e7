package io.github.oche.engine;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.kernel.Plane;

/**
 * The matrix product that ends a convolution: output channels from columns, a column for each tap
 * and input channel. Columns lie in blocks, as channels do; each tap starts a new one. Holds the
 * weights as the kernels want them.
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

  final int lanes;
  final int outputs;
  final int taps;
  final int inputBlocks;
  final int outputBlocks;

  /** Blocks of columns. */
  final int columnBlocks;

  /** Lanes of a block that hold columns. */
  private final int depth;

  /** Columns from a tap to the next. */
  private final int tap;

  /** Columns, and outputs, rounded up to what the kernels do at once. */
  private final int columns;

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

  MatrixStage(
      ImmutableList<Part> parts, ChannelBlocks inputs, int outputs, int taps, boolean along) {
    this.parts = parts;
    this.inputs = inputs;
    this.outputs = outputs;
    this.taps = taps;
    lanes = inputs.lanes();
    inputBlocks = inputs.count();
    outputBlocks = Storage.blocks(outputs, lanes);
    columnBlocks = taps * inputBlocks;
    int atOnce = Math.min(8, lanes);
    depth = taps > 1 && inputs.span() <= atOnce ? atOnce : lanes;
    tap = inputBlocks * depth;
    columns = taps > 1 ? taps * tap : roundUp(inputs.span(), atOnce);
    rows = roundUp(outputs, atOnce);
    matrix = new float[outputBlocks * columns * lanes];
    transposed = new float[columnBlocks * rows * lanes];
    both = new float[along ? outputBlocks * (taps * tap + columns) * lanes : 0];
    transposedBoth = new float[along ? columnBlocks * (outputBlocks * lanes + rows) * lanes : 0];
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
    int second = taps * tap;
    int backSecond = outputBlocks * lanes;
    pack(w, both, second + columns, 0, transposedBoth, backSecond + rows, 0);
    pack(dw, both, second + columns, second, transposedBoth, backSecond + rows, backSecond);
  }

  private void pack(
      float[] w, float[] forward, int length, int at, float[] back, int backLength, int backAt) {
    for (int part = 0; part < parts.size(); part++) { // an iterator would be allocated
      Part p = parts.get(part);
      for (int o = 0; o < p.outputs(); o++) {
        int out = p.firstOutput + o;
        for (int t = 0; t < p.taps; t++) {
          int from = p.firstTap + t;
          int to = (out / lanes * length + at + from * tap) * lanes + out % lanes;
          for (int b = 0; b < inputBlocks; b++) {
            int backTo = ((from * inputBlocks + b) * backLength + backAt + out) * lanes;
            int first = inputs.first(b);
            int count = inputs.size(b);
            for (int i = 0; i < count; i++) {
              float value = w.length == 0 ? 0 : w[index(p, o, first + i, t)];
              forward[to + (b * lanes + i) * lanes] = value;
              back[backTo + i] = value;
            }
          }
        }
      }
    }
  }

  private int index(Part p, int output, int input, int tap) {
    return p.weight.offset() + (output * inputs.channels() + input) * p.taps + tap;
  }

  /** The output from the columns, whose blocks lie a plane apart. */
  void forward(Run run, Plane x, Plane y, int yBlock, int height, int width) {
    int plane = height * width * lanes;
    run.kernels.multiply(
        x, plane, depth, columns, matrix, 0, outputBlocks, y, yBlock, height, width);
  }

  /** The tangent of the output: x holds the columns' tangents, and the columns after them. */
  void forwardAlong(Run run, Plane x, Plane y, int yBlock, int height, int width) {
    int plane = height * width * lanes;
    int length = taps * tap + columns;
    run.kernels.multiply(x, plane, depth, length, both, 0, outputBlocks, y, yBlock, height, width);
  }

  /** The gradient of a tap's columns, a plane for each block of them. */
  void backward(Run run, Plane g, int tap, Plane y, int yBlock, int height, int width) {
    int plane = height * width * lanes;
    int at = tap * inputBlocks * rows * lanes;
    run.kernels.multiply(
        g, plane, lanes, rows, transposed, at, inputBlocks, y, yBlock, height, width);
  }

  /** Its derivative: g holds the gradient's derivative, and the gradient after it. */
  void backwardAlong(Run run, Plane g, int tap, Plane y, int yBlock, int height, int width) {
    int plane = height * width * lanes;
    int length = outputBlocks * lanes + rows;
    int at = tap * inputBlocks * length * lanes;
    run.kernels.multiply(
        g, plane, lanes, length, transposedBoth, at, inputBlocks, y, yBlock, height, width);
  }

  void weights(Run run, Plane x, Plane g, int height, int width, int at) {
    int plane = height * width * lanes;
    run.kernels.multiplyWeights(
        x, plane, depth, columns, g, plane, outputBlocks, height, width, run.partials, at);
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
          int k = block * columns + (p.firstTap + t) * tap;
          int from = at + k * lanes + out % lanes;
          for (int b = 0; b < inputBlocks; b++) {
            int input = inputs.first(b);
            for (int i = 0; i < inputs.size(b); i++) {
              run.weightGradient[index(p, out - p.firstOutput, input + i, t)] =
                  run.partials[from + (b * lanes + i) * lanes];
            }
          }
        }
      }
    }
  }
}
