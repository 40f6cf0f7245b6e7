package io.github.oche.engine;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.kernel.Plane;

/**
 * The matrix product that ends a convolution: output channels from columns, a column for each tap
 * and input channel. Holds the weights as the kernels want them.
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
  final int inputs;
  final int outputs;
  final int taps;
  final int inputBlocks;
  final int outputBlocks;

  /** Columns: taps x inputs. */
  final int columns;

  /** The same rounded up to what the kernels do at once. */
  private final int gradientColumns;

  /** Numbers from a pixel of the columns to the next. */
  final int pitch;

  /** Numbers from a pixel of the output's gradient to the next. */
  final int gradientPitch;

  /** [output block][column][lane]. */
  private final float[] matrix;

  /** [tap][input block][output][lane]. */
  private final float[] transposed;

  /** The same for columns that are tangents followed by values. */
  private final float[] both;

  private final float[] transposedBoth;
  private final ImmutableList<Part> parts;

  MatrixStage(
      ImmutableList<Part> parts, int inputs, int outputs, int taps, int lanes, boolean along) {
    this.parts = parts;
    this.inputs = inputs;
    this.outputs = outputs;
    this.taps = taps;
    this.lanes = lanes;
    inputBlocks = Storage.blocks(inputs, lanes);
    outputBlocks = Storage.blocks(outputs, lanes);
    columns = taps * inputs;
    gradientColumns = (columns + 3) / 4 * 4;
    pitch = (taps - 1) * inputs + inputBlocks * lanes;
    gradientPitch = outputBlocks * lanes;
    matrix = new float[outputBlocks * columns * lanes];
    transposed = new float[taps * inputBlocks * outputs * lanes];
    both = new float[along ? outputBlocks * (pitch + columns) * lanes : 0];
    transposedBoth = new float[along ? taps * inputBlocks * (gradientPitch + outputs) * lanes : 0];
  }

  long multiplyAdds(int pixels) {
    long weights = 0;
    for (int part = 0; part < parts.size(); part++) { // an iterator would be allocated
      weights += parts.get(part).weight.size();
    }
    return weights * pixels;
  }

  void pack(float[] w) {
    pack(w, matrix, columns, 0, transposed, outputs, 0);
  }

  /** Packs the weights again, beside the direction. */
  void packAlong(float[] w, float[] dw) {
    pack(w, both, pitch + columns, 0, transposedBoth, gradientPitch + outputs, 0);
    pack(dw, both, pitch + columns, pitch, transposedBoth, gradientPitch + outputs, gradientPitch);
  }

  private void pack(
      float[] w, float[] forward, int rows, int row, float[] backward, int backRows, int backRow) {
    for (int part = 0; part < parts.size(); part++) { // an iterator would be allocated
      Part p = parts.get(part);
      for (int o = 0; o < p.outputs(); o++) {
        int out = p.firstOutput + o;
        for (int t = 0; t < p.taps; t++) {
          int tap = p.firstTap + t;
          int to = (out / lanes * rows + row + tap * inputs) * lanes + out % lanes;
          for (int b = 0; b < inputBlocks; b++) {
            int back = ((tap * inputBlocks + b) * backRows + backRow + out) * lanes;
            int first = b * lanes;
            int count = Math.min(lanes, inputs - first);
            for (int i = 0; i < count; i++) {
              float value = w.length == 0 ? 0 : w[index(p, o, first + i, t)];
              forward[to + (first + i) * lanes] = value;
              backward[back + i] = value;
            }
          }
        }
      }
    }
  }

  private int index(Part p, int output, int input, int tap) {
    return p.weight.offset() + (output * inputs + input) * p.taps + tap;
  }

  void forward(Run run, Plane x, Plane y, int yBlock, int rows, int width) {
    run.kernels.multiply(x, columns, matrix, 0, outputBlocks, y, yBlock, rows, width);
  }

  /** The tangent of the output: x holds the columns' tangents, and the columns from pitch on. */
  void forwardAlong(Run run, Plane x, Plane y, int yBlock, int rows, int width) {
    run.kernels.multiply(x, pitch + columns, both, 0, outputBlocks, y, yBlock, rows, width);
  }

  /** The gradient of a tap's columns, a plane for each block of them. */
  void backward(Run run, Plane g, int tap, Plane y, int yBlock, int rows, int width) {
    int at = tap * inputBlocks * outputs * lanes;
    run.kernels.multiply(g, outputs, transposed, at, inputBlocks, y, yBlock, rows, width);
  }

  /** Its derivative: g holds the gradient's derivative, and the gradient from its pitch on. */
  void backwardAlong(Run run, Plane g, int tap, Plane y, int yBlock, int rows, int width) {
    int length = gradientPitch + outputs;
    int at = tap * inputBlocks * length * lanes;
    run.kernels.multiply(g, length, transposedBoth, at, inputBlocks, y, yBlock, rows, width);
  }

  void weights(Run run, Plane x, Plane g, int rows, int width, int at) {
    run.kernels.multiplyWeights(x, gradientColumns, g, outputBlocks, rows, width, run.partials, at);
  }

  /** Bytes of its packed weights. */
  long bytes() {
    return 4L * (matrix.length + transposed.length + both.length + transposedBoth.length);
  }

  /** Floats of its weight gradient, as the kernels leave it. */
  int partial() {
    return outputBlocks * gradientColumns * lanes;
  }

  /** Adds up the weight gradient of a block of outputs over all chunks. */
  void unpack(Run run, int block, int at, int stride) {
    run.addParts(at + block * gradientColumns * lanes, gradientColumns * lanes, stride);
    for (int part = 0; part < parts.size(); part++) { // an iterator would be allocated
      Part p = parts.get(part);
      int first = Math.max(p.firstOutput, block * lanes);
      int last = Math.min(p.firstOutput + p.outputs(), (block + 1) * lanes);
      for (int out = first; out < last; out++) {
        for (int t = 0; t < p.taps; t++) {
          int k = block * gradientColumns + (p.firstTap + t) * inputs;
          int from = at + k * lanes + out % lanes;
          for (int i = 0; i < inputs; i++) {
            run.weightGradient[index(p, out - p.firstOutput, i, t)] =
                run.partials[from + i * lanes];
          }
        }
      }
    }
  }
}
