package io.github.oche.engine;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import io.github.oche.engine.kernel.Plane;
import java.util.Arrays;

/**
 * A dense convolution as a matrix product: the input's taps are laid out as columns, image by
 * image. Pointwise convolutions and {@code factorizedReduce} are the ones with one and two taps.
 */
final class DenseStep extends ConvolutionStep {
  /** Where the taps lie relative to the first, and how far the window moves. */
  private record Geometry(
      ImmutableIntArray rows,
      ImmutableIntArray columns,
      int strideRows,
      int strideColumns,
      int padRows,
      int padColumns) {
    static Geometry of(Window w) {
      ImmutableIntArray.Builder rows = ImmutableIntArray.builder(w.taps());
      ImmutableIntArray.Builder columns = ImmutableIntArray.builder(w.taps());
      for (int t = 0; t < w.taps(); t++) {
        rows.add(t / w.columns() * w.dilation());
        columns.add(t % w.columns() * w.dilation());
      }
      return new Geometry(
          rows.build(),
          columns.build(),
          w.strideRows(),
          w.strideColumns(),
          w.padRows(),
          w.padColumns());
    }

    int taps() {
      return rows.length();
    }

    /** Whether the one column block of a pixel is the pixel itself. */
    boolean isPoint() {
      return taps() == 1
          && strideRows == 1
          && strideColumns == 1
          && padRows == 0
          && padColumns == 0;
    }
  }

  private final String kind;
  private final Geometry geometry;
  private final MatrixStage matrix;
  private final Shape in;
  private final int paddedPlane;
  private final int valueAt;
  private final int columnsAt;
  private final int gradientAt;
  private final int tapAt;
  private final int inputGradientAt;
  private int valueAlongAt;
  private int inputGradientAlongAt;
  private int spareAt;

  private DenseStep(
      String kind,
      Source source,
      Geometry geometry,
      ImmutableList<MatrixStage.Part> parts,
      Tensor out,
      int lanes,
      boolean along,
      Scratch.Layout layout) {
    super(source, out);
    this.kind = kind;
    this.geometry = geometry;
    in = source.x.shape;
    matrix =
        new MatrixStage(parts, source.x.channels, out.shape.channels(), geometry.taps(), along);
    paddedPlane =
        (in.height() + 2 * geometry.padRows) * (in.width() + 2 * geometry.padColumns) * lanes;
    layout.start();
    int blocks = matrix.inputBlocks;
    long pixels = out.shape.pixels();
    int sets = along ? 2 : 1;
    valueAt = layout.floats(paddedPlane);
    columnsAt = layout.floats(sets * matrix.columnBlocks * pixels * lanes);
    gradientAt = layout.floats(sets * matrix.outputBlocks * pixels * lanes);
    tapAt = layout.floats(geometry.isPoint() ? 0 : blocks * pixels * lanes);
    inputGradientAt = layout.floats((long) blocks * paddedPlane);
    if (along) {
      valueAlongAt = layout.floats(paddedPlane);
      inputGradientAlongAt = layout.floats((long) blocks * paddedPlane);
      spareAt = layout.floats((long) in.pixels() * lanes);
    }
  }

  static DenseStep of(
      Source source,
      Op.Convolution op,
      Tensor out,
      int lanes,
      boolean along,
      Scratch.Layout layout) {
    Geometry geometry = Geometry.of(op.window());
    ImmutableList<MatrixStage.Part> parts =
        ImmutableList.of(new MatrixStage.Part(op.weight(), geometry.taps(), 0, 0));
    return new DenseStep(
        "convolution " + op.window(), source, geometry, parts, out, lanes, along, layout);
  }

  static DenseStep of(
      Source source,
      Op.FactorizedReduce op,
      Tensor out,
      int lanes,
      boolean along,
      Scratch.Layout layout) {
    Geometry geometry =
        new Geometry(ImmutableIntArray.of(0, 1), ImmutableIntArray.of(0, 1), 2, 2, 0, 0);
    ImmutableList<MatrixStage.Part> parts =
        ImmutableList.of(
            new MatrixStage.Part(op.first(), 1, 0, 0),
            new MatrixStage.Part(op.second(), 1, 1, op.first().shape().get(0)));
    return new DenseStep("factorized reduce", source, geometry, parts, out, lanes, along, layout);
  }

  @Override
  String kind() {
    return kind;
  }

  @Override
  long multiplyAdds() {
    return matrix.multiplyAdds(out.shape.pixels());
  }

  @Override
  int partials() {
    return matrix.partial();
  }

  @Override
  long bytes() {
    return matrix.bytes();
  }

  @Override
  void pack(Run run) {
    matrix.pack(run.w);
  }

  @Override
  void packAlong(Run run) {
    matrix.packAlong(run.w, run.dw);
  }

  private Plane value(Run run, Scratch s, int image, int block, Plane p) {
    return source.padded(run, s, image, block, valueAt, geometry.padRows, geometry.padColumns, p);
  }

  private Plane valueAlong(Run run, Scratch s, int image, int block, Plane value, Plane p) {
    return source.paddedAlong(
        run,
        s,
        image,
        block,
        value,
        valueAlongAt,
        spareAt,
        geometry.padRows,
        geometry.padColumns,
        p);
  }

  /** A block of the columns; along a direction their tangents come first. */
  private Plane columns(Scratch s, int block) {
    return block(s.m, s, columnsAt, block);
  }

  /** A block of the output's gradient; along a direction its derivative comes first. */
  private Plane gradient(Scratch s, int block) {
    return block(s.n, s, gradientAt, block);
  }

  private Plane block(Plane p, Scratch s, int at, int block) {
    int row = y.width * y.lanes;
    return p.set(s.floats, at + block * y.height * row, row, y.lanes);
  }

  /** Lays out the columns, and along a direction their tangents before them. */
  private void columns(Run run, Scratch s, int image, boolean along) {
    int own = along ? matrix.columnBlocks : 0;
    for (int b = 0; b < matrix.inputBlocks; b++) {
      if (geometry.isPoint() && !along) {
        source.columns(run, s, image, b, columns(s, b));
        continue;
      }
      Plane x = value(run, s, image, b, s.a);
      if (along) {
        valueAlong(run, s, image, b, x, s.b);
      }
      for (int tap = 0; tap < matrix.taps; tap++) {
        int block = tap * matrix.inputBlocks + b;
        gather(run, s, s.a, tap, columns(s, own + block));
        if (along) {
          gather(run, s, s.b, tap, columns(s, block));
        }
      }
    }
  }

  private void gather(Run run, Scratch s, Plane padded, int tap, Plane to) {
    Plane x = tap(padded, tap, s.c);
    run.kernels.combine(s.list(x), 1, run.copy, 0, false, to, y.height, y.width);
  }

  /** The pixels under a tap, as far apart as the window moves. */
  private Plane tap(Plane padded, int tap, Plane p) {
    return p.set(
        padded.data(),
        padded.at()
            + geometry.rows.get(tap) * padded.row()
            + geometry.columns.get(tap) * padded.pixel(),
        geometry.strideRows * padded.row(),
        geometry.strideColumns * padded.pixel());
  }

  @Override
  void forward(Run run, Scratch s, int image) {
    columns(run, s, image, false);
    Plane to = y.point(s.a, image, 0);
    matrix.forward(run, columns(s, 0), to, y.plane, y.height, y.width);
  }

  @Override
  void forwardAlong(Run run, Scratch s, int image) {
    columns(run, s, image, true);
    Plane to = out.along().x[0].point(s.a, image, 0);
    matrix.forwardAlong(run, columns(s, 0), to, y.plane, y.height, y.width);
  }

  private void gradient(Run run, Scratch s, Affine g, int image, int from) {
    for (int b = 0; b < matrix.outputBlocks; b++) {
      run.combine(s, g, image, b, false, gradient(s, from + b));
    }
  }

  @Override
  void backward(Run run, Scratch s, int image, int at) {
    gradient(run, s, out.gradient(), image, 0);
    if (run.wantWeights) {
      columns(run, s, image, false);
      matrix.weights(run, columns(s, 0), gradient(s, 0), y.height, y.width, at);
    }
    if (run.needs(source.x)) {
      inputGradient(run, s, gradient(s, 0), false, inputGradientAt);
      give(run, s, image, inputGradientAt, false);
    }
    source.measure(run, sumsAt(), image, false, s);
  }

  @Override
  void backwardAlong(Run run, Scratch s, int image, int at) {
    int half = matrix.outputBlocks;
    gradient(run, s, out.gradient(), image, half);
    gradient(run, s, out.gradientAlong(), image, 0);
    if (run.wantWeights) {
      columns(run, s, image, true);
      matrix.weights(run, columns(s, 0), gradient(s, half), y.height, y.width, at);
      matrix.weights(run, columns(s, matrix.columnBlocks), gradient(s, 0), y.height, y.width, at);
    }
    if (run.needs(source.x)) {
      inputGradient(run, s, gradient(s, half), false, inputGradientAt);
      inputGradient(run, s, gradient(s, 0), true, inputGradientAlongAt);
      give(run, s, image, inputGradientAt, false);
      give(run, s, image, inputGradientAlongAt, true);
    }
    source.measure(run, sumsAt(), image, true, s);
  }

  /** The padded planes of the input's gradient, from {@code at} on. */
  private void inputGradient(Run run, Scratch s, Plane g, boolean along, int at) {
    int row = (in.width() + 2 * geometry.padColumns) * run.lanes;
    if (geometry.isPoint()) {
      product(run, g, along, 0, s.a.set(s.floats, at, row, run.lanes), paddedPlane);
      return;
    }
    Arrays.fill(s.floats, at, at + matrix.inputBlocks * paddedPlane, 0);
    int plane = y.height * y.width * run.lanes;
    for (int t = 0; t < matrix.taps; t++) {
      product(run, g, along, t, s.a.set(s.floats, tapAt, y.width * run.lanes, run.lanes), plane);
      for (int b = 0; b < matrix.inputBlocks; b++) {
        Plane part = s.a.set(s.floats, tapAt + b * plane, y.width * run.lanes, run.lanes);
        Plane to = tap(s.b.set(s.floats, at + b * paddedPlane, row, run.lanes), t, s.c);
        run.kernels.combine(s.list(to, part), 2, run.add, 0, false, to, y.height, y.width);
      }
    }
  }

  private void product(Run run, Plane g, boolean along, int tap, Plane to, int plane) {
    if (along) {
      matrix.backwardAlong(run, g, tap, to, plane, y.height, y.width);
    } else {
      matrix.backward(run, g, tap, to, plane, y.height, y.width);
    }
  }

  private void give(Run run, Scratch s, int image, int at, boolean along) {
    int row = (in.width() + 2 * geometry.padColumns) * run.lanes;
    for (int b = 0; b < matrix.inputBlocks; b++) {
      Plane g =
          Source.inner(
              s.b.set(s.floats, at + b * paddedPlane, row, run.lanes),
              geometry.padRows,
              geometry.padColumns);
      Plane x = s.a;
      if (source.rectify) {
        source.mask(run, s, image, b, valueAt, geometry.padRows, geometry.padColumns, x);
      }
      source.give(run, s, image, b, x, g, along, s.c);
    }
  }

  @Override
  int unpackPieces() {
    return matrix.outputBlocks;
  }

  @Override
  void unpack(Run run, int piece, int at, int stride) {
    matrix.unpack(run, piece, at, stride);
  }
}
