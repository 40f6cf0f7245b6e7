package io.github.oche.engine;

import com.google.common.collect.ImmutableList;
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
  private final ImmutableList<Phase> phases;

  /** Of each turned tap its place among the phases'. */
  private final int[] places;

  private final boolean hasTangents;
  private final int padRows;
  private final int padColumns;
  private final int stride;

  // The gradient of the output lies in a plane with zeros around it, which the phases' taps read.
  private final int top;
  private final int bottom;
  private final int left;
  private final int right;
  private final int gradientRow;
  private final int gradientPlane;

  private final int valueAt;
  private final int gradientAt;
  private final int resultAt;
  private int valueAlongAt;
  private int gradientAlongAt;
  private int spareAt;

  DepthwiseStage(
      Op.Depthwise op, Source source, Shape out, int lanes, boolean along, Scratch.Layout layout) {
    this.source = source;
    this.in = source.x.shape;
    this.out = out;
    this.lanes = lanes;
    hasTangents = along;
    blocks = Storage.blocks(in.channels(), lanes);
    weight = op.weight();
    window = op.window();
    taps = window.taps();
    stride = window.strideRows();
    padRows = window.padRows();
    padColumns = window.padColumns();
    forward = new Taps(window.rows(), window.columns(), window.dilation(), stride);
    phases = Phase.all(window);
    places = new int[taps];
    phases.forEach(p -> p.place(places, window.columns()));
    top = phases.stream().mapToInt(p -> p.rows().before()).max().orElse(0);
    left = phases.stream().mapToInt(p -> p.columns().before()).max().orElse(0);
    bottom = phases.stream().mapToInt(p -> p.rows().after(rows(p), out.height())).max().orElse(0);
    right =
        phases.stream().mapToInt(p -> p.columns().after(columns(p), out.width())).max().orElse(0);
    gradientRow = (left + out.width() + right) * lanes;
    gradientPlane = (top + out.height() + bottom) * gradientRow;
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
      spareAt = layout.floats(largest);
    }
  }

  private int rows(Phase phase) {
    return phase.rows().pixels(in.height(), stride);
  }

  private int columns(Phase phase) {
    return phase.columns().pixels(in.width(), stride);
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
        turned[(block + places[taps - 1 - t]) * lanes + c % lanes] = value;
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
    int at = kernelAt(block);
    run.kernels.depthwise(value, forward, kernel, at, false, y, out.height(), out.width());
  }

  /** The tangent of the output of a block. */
  void forwardAlong(Run run, Plane value, Plane valueAlong, int block, Plane y) {
    int at = kernelAt(block);
    int h = out.height();
    int w = out.width();
    run.kernels.depthwise(valueAlong, forward, kernel, at, false, y, h, w);
    run.kernels.depthwise(value, forward, kernelAlong, at, true, y, h, w);
  }

  /** Clears around where the input and the output's gradient go. */
  void clear(Scratch s) {
    source.clear(s, valueAt, padRows, padColumns);
    clearGradient(s, gradientAt);
    if (hasTangents) {
      source.clear(s, valueAlongAt, padRows, padColumns);
      clearGradient(s, gradientAlongAt);
    }
  }

  private void clearGradient(Scratch s, int at) {
    int height = out.height();
    int width = out.width();
    for (int b = 0; b < blocks; b++) {
      int block = at + b * gradientPlane;
      Padding.clear(s.floats, block, height, width, top, bottom, left, right, lanes);
    }
  }

  /** Points at where block 0 of the output's gradient goes. */
  Plane gradient(Scratch s, boolean along, Plane p) {
    return gradientOf(s, along ? gradientAlongAt : gradientAt, 0, 0, 0, p);
  }

  private Plane gradientOf(Scratch s, int at, int block, int row, int column, Plane p) {
    int pixel = (top + row) * gradientRow + (left + column) * lanes;
    return p.set(s.floats, at + block * gradientPlane + pixel, gradientRow, lanes);
  }

  int gradientPlane() {
    return gradientPlane;
  }

  /** Adds the weight gradient of a block. */
  void weights(Run run, Scratch s, Plane value, boolean along, int block, int at, Plane spare) {
    Plane g = gradientOf(s, along ? gradientAlongAt : gradientAt, block, 0, 0, spare);
    run.kernels.depthwiseWeights(
        value, forward, g, out.height(), out.width(), run.partials, at + kernelAt(block));
  }

  /** Takes a block's gradient back to the input. */
  void backward(Run run, Scratch s, int image, int block, Plane value) {
    give(run, s, image, block, value, gradientAt, turned, source.accumulate(), false);
  }

  /** Likewise its derivative. */
  void backwardAlong(Run run, Scratch s, int image, int block, Plane value) {
    give(run, s, image, block, value, gradientAlongAt, turned, source.accumulate(), true);
    give(run, s, image, block, value, gradientAt, turnedAlong, true, true);
  }

  private void give(
      Run run,
      Scratch s,
      int image,
      int block,
      Plane value,
      int at,
      float[] kernel,
      boolean accumulate,
      boolean along) {
    int start = value.at();
    int row = value.row();
    for (int i = 0; i < phases.size(); i++) { // an iterator would be allocated
      Phase p = phases.get(i);
      if (rows(p) == 0 || columns(p) == 0) { // of an image narrower than the stride
        continue;
      }
      Plane to = phase(p, source.target(image, block, along, s.d));
      Taps reaching = p.taps();
      if (reaching != null) {
        phase(p, Source.inner(value, padRows, padColumns));
        give(run, s, p, reaching, block, value, at, kernel, accumulate, to);
        value.set(value.data(), start, row, lanes);
      } else if (!accumulate) {
        clear(to, rows(p), columns(p));
      }
    }
  }

  /** Narrows a view to the pixels of a phase. */
  private Plane phase(Phase p, Plane x) {
    int first = x.at() + p.rows().start() * x.row() + p.columns().start() * x.pixel();
    return x.set(x.data(), first, stride * x.row(), stride * x.pixel());
  }

  /**
   * Adds to where the gradient goes or, where a ReLU or gaps between pixels are in the way, some
   * rows at a time, which are in the first cache when they are added.
   */
  private void give(
      Run run,
      Scratch s,
      Phase p,
      Taps reaching,
      int block,
      Plane value,
      int at,
      float[] kernel,
      boolean accumulate,
      Plane to) {
    int columns = columns(p);
    int weights = kernelAt(block) + p.first() * lanes;
    Plane g = gradientOf(s, at, block, p.rows().offset(), p.columns().offset(), s.b);
    if (!source.rectify && stride == 1) {
      run.kernels.depthwise(g, reaching, kernel, weights, accumulate, to, rows(p), columns);
      return;
    }
    int band = Math.max(1, BAND / columns);
    Plane sums = s.c.set(s.floats, resultAt, columns * lanes, lanes);
    for (int row = 0; row < rows(p); row += band) {
      int rows = Math.min(band, rows(p) - row);
      run.kernels.depthwise(g, reaching, kernel, weights, false, sums, rows, columns);
      source.add(run, s, value, sums, accumulate, to, rows, columns);
      g.at(g.at() + rows * g.row());
      value.at(value.at() + rows * value.row());
      to.at(to.at() + rows * to.row());
    }
  }

  private void clear(Plane x, int rows, int columns) {
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        int from = x.at() + r * x.row() + c * x.pixel();
        Arrays.fill(x.data(), from, from + lanes, 0);
      }
    }
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
