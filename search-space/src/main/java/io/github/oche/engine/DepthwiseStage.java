package io.github.oche.engine;

import io.github.oche.engine.kernel.Plane;
import io.github.oche.engine.kernel.Taps;
import java.util.Arrays;

/** The depthwise convolution of a step: its weights as the kernels want them, and its scratch. */
final class DepthwiseStage {
  /** Pixels that leave room in the first cache for what is made of them. */
  private static final int BAND = 128;

  final Source source;
  final Shape in;
  final Shape out;
  final int lanes;
  final int blocks;
  final int taps;

  /** Kernels, a block after the other: [taps][lanes]; the same turned round; their directions. */
  final float[] kernel;

  final float[] turned;
  final float[] kernelAlong;
  final float[] turnedAlong;

  private final Parameter weight;
  private final Window window;
  private final Taps forward;
  private final Taps backward;
  private final int padRows;
  private final int padColumns;
  private final int stride;

  // The gradient of the output lies, stride pixels apart, in a plane that the turned kernel reads.
  private final int top;
  private final int left;
  private final int gradientRow;
  private final int gradientPlane;

  private final int valueAt;
  private final int gradientAt;
  private final int resultAt;
  private int valueAlongAt;
  private int gradientAlongAt;
  private int resultAlongAt;
  private int spareAt;

  DepthwiseStage(
      Op.Depthwise op, Source source, Shape out, int lanes, boolean along, Scratch.Layout layout) {
    this.source = source;
    this.in = source.x.shape;
    this.out = out;
    this.lanes = lanes;
    blocks = Storage.blocks(in.channels(), lanes);
    weight = op.weight();
    window = op.window();
    taps = window.taps();
    stride = window.strideRows();
    padRows = window.padRows();
    padColumns = window.padColumns();
    forward = new Taps(window.rows(), window.columns(), window.dilation(), stride);
    backward = new Taps(window.rows(), window.columns(), window.dilation(), 1);
    int spanRows = window.dilation() * (window.rows() - 1);
    int spanColumns = window.dilation() * (window.columns() - 1);
    top = spanRows - padRows;
    left = spanColumns - padColumns;
    gradientRow = (in.width() + spanColumns) * lanes;
    gradientPlane = (in.height() + spanRows) * gradientRow;
    kernel = new float[blocks * taps * lanes];
    turned = new float[kernel.length];
    kernelAlong = new float[along ? kernel.length : 0];
    turnedAlong = new float[kernelAlong.length];
    int padded = (in.height() + 2 * padRows) * (in.width() + 2 * padColumns) * lanes;
    int largest = Math.max(in.pixels(), out.pixels()) * lanes;
    valueAt = layout.floats(padded);
    gradientAt = layout.floats((long) blocks * gradientPlane);
    resultAt = layout.floats(largest);
    if (along) {
      valueAlongAt = layout.floats(padded);
      gradientAlongAt = layout.floats((long) blocks * gradientPlane);
      resultAlongAt = layout.floats(largest);
      spareAt = layout.floats(largest);
    }
  }

  String kind() {
    return window.toString();
  }

  long multiplyAdds() {
    return (long) in.channels() * taps * out.pixels();
  }

  void pack(float[] w) {
    pack(w, kernel, turned);
  }

  void packAlong(float[] dw) {
    pack(dw, kernelAlong, turnedAlong);
  }

  private void pack(float[] w, float[] kernel, float[] turned) {
    if (w.length == 0) {
      Arrays.fill(kernel, 0);
      Arrays.fill(turned, 0);
      return;
    }
    for (int c = 0; c < in.channels(); c++) {
      for (int t = 0; t < taps; t++) {
        float value = w[weight.offset() + c * taps + t];
        int block = c / lanes * taps;
        kernel[(block + t) * lanes + c % lanes] = value;
        turned[(block + taps - 1 - t) * lanes + c % lanes] = value;
      }
    }
  }

  /** The padded input of a block. */
  Plane value(Run run, Scratch s, int image, int block, Plane p) {
    return source.padded(run, s, image, block, valueAt, padRows, padColumns, p);
  }

  /** Its tangent. */
  Plane valueAlong(Run run, Scratch s, int image, int block, Plane value, Plane p) {
    return source.paddedAlong(
        run, s, image, block, value, valueAlongAt, spareAt, padRows, padColumns, p);
  }

  int kernelAt(int block) {
    return block * taps * lanes;
  }

  void forward(Run run, Plane value, int block, Plane y) {
    run.kernels.depthwise(value, forward, kernel, kernelAt(block), y, out.height(), out.width());
  }

  /** The tangent of the output of a block, as two planes whose sum it is. */
  Plane[] forwardAlong(Run run, Scratch s, Plane value, Plane valueAlong, int block) {
    int row = out.width() * lanes;
    Plane a = s.c.set(s.floats, resultAt, row, lanes);
    Plane b = s.d.set(s.floats, resultAlongAt, row, lanes);
    int h = out.height();
    int w = out.width();
    run.kernels.depthwise(valueAlong, forward, kernel, kernelAt(block), a, h, w);
    run.kernels.depthwise(value, forward, kernelAlong, kernelAt(block), b, h, w);
    return s.list(a, b);
  }

  /** Clears where the output's gradient goes; the first pixel of block 0 is pointed at. */
  Plane gradient(Scratch s, boolean along, Plane p) {
    int at = along ? gradientAlongAt : gradientAt;
    int rows = gradientPlane / gradientRow;
    int columns = gradientRow / lanes;
    for (int b = 0; b < blocks; b++) {
      int plane = at + b * gradientPlane;
      if (stride == 1) {
        Padding.clear(
            s.floats,
            plane,
            out.height(),
            out.width(),
            top,
            rows - top - out.height(),
            left,
            columns - left - out.width(),
            lanes);
      } else {
        Arrays.fill(s.floats, plane, plane + gradientPlane, 0);
      }
    }
    return gradientOf(s, at, 0, p);
  }

  private Plane gradientOf(Scratch s, int at, int block, Plane p) {
    return p.set(
        s.floats,
        at + block * gradientPlane + top * gradientRow + left * lanes,
        stride * gradientRow,
        stride * lanes);
  }

  int gradientPlane() {
    return gradientPlane;
  }

  /** Adds the weight gradient of a block. */
  void weights(Run run, Scratch s, Plane value, boolean along, int block, int at, Plane spare) {
    Plane g = gradientOf(s, along ? gradientAlongAt : gradientAt, block, spare);
    run.kernels.depthwiseWeights(
        value, forward, g, out.height(), out.width(), run.partials, at + kernelAt(block));
  }

  /** Takes a block's gradient back to the input. */
  void backward(Run run, Scratch s, int image, int block, Plane value, Plane spare) {
    if (source.rectify) {
      giveRectified(run, s, image, block, value, gradientAt, turned, source.accumulate(), false);
      return;
    }
    Plane g = backward(run, s, gradientAt, turned, resultAt, block, s.c);
    source.give(run, s, image, block, value, g, false, spare);
  }

  /** Likewise its derivative. */
  void backwardAlong(Run run, Scratch s, int image, int block, Plane value, Plane spare) {
    if (source.rectify) {
      giveRectified(
          run, s, image, block, value, gradientAlongAt, turned, source.accumulate(), true);
      giveRectified(run, s, image, block, value, gradientAt, turnedAlong, true, true);
      return;
    }
    Plane a = backward(run, s, gradientAlongAt, turned, resultAt, block, s.c);
    Plane b = backward(run, s, gradientAt, turnedAlong, resultAlongAt, block, s.d);
    run.kernels.combine(s.list(a, b), 2, run.add, 0, false, a, in.height(), in.width());
    source.give(run, s, image, block, value, a, true, spare);
  }

  private Plane backward(
      Run run, Scratch s, int at, float[] kernel, int resultAt, int block, Plane p) {
    Plane g = s.b.set(s.floats, at + block * gradientPlane, gradientRow, lanes);
    p.set(s.floats, resultAt, in.width() * lanes, lanes);
    run.kernels.depthwise(g, backward, kernel, kernelAt(block), p, in.height(), in.width());
    return p;
  }

  /** Some rows at a time, which are in the first cache when the ReLU takes them. */
  private void giveRectified(
      Run run,
      Scratch s,
      int image,
      int block,
      Plane value,
      int at,
      float[] kernel,
      boolean accumulate,
      boolean along) {
    Plane g = s.b.set(s.floats, at + block * gradientPlane, gradientRow, lanes);
    Plane sums = s.c.set(s.floats, resultAt, in.width() * lanes, lanes);
    Plane to = source.target(image, block, along, s.d);
    Source.inner(value, padRows, padColumns);
    int before = value.at();
    int band = Math.max(1, BAND / in.width());
    for (int row = 0; row < in.height(); row += band) {
      int rows = Math.min(band, in.height() - row);
      run.kernels.depthwise(g, backward, kernel, kernelAt(block), sums, rows, in.width());
      run.kernels.rectified(value, sums, accumulate, to, rows, in.width());
      g.at(g.at() + rows * g.row());
      value.at(value.at() + rows * value.row());
      to.at(to.at() + rows * to.row());
    }
    value.at(before);
    Source.inner(value, -padRows, -padColumns);
  }

  /** Bytes of its packed weights. */
  long bytes() {
    return 4L * (kernel.length + turned.length + kernelAlong.length + turnedAlong.length);
  }

  /** Floats of its weight gradient, as the kernels leave it. */
  int partial() {
    return kernel.length;
  }

  /** Adds up a block's weight gradient over all chunks. */
  void unpack(Run run, int block, int at, int stride) {
    run.addParts(at + kernelAt(block), taps * lanes, stride);
    int last = Math.min(in.channels(), (block + 1) * lanes);
    for (int c = block * lanes; c < last; c++) {
      for (int t = 0; t < taps; t++) {
        int from = at + kernelAt(block) + t * lanes + c % lanes;
        run.weightGradient[weight.offset() + c * taps + t] = run.partials[from];
      }
    }
  }
}
