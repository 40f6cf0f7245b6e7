package io.github.oche.engine;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import io.github.oche.engine.kernel.Plane;
import java.util.Arrays;

/**
 * A dense convolution of several taps, or with a stride, as a matrix product: the input's taps are
 * laid out as columns, image by image. {@code factorizedReduce} is one of two taps.
 */
final class DenseStep extends MatrixStep {
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
  }

  private final Geometry geometry;
  private final Band all;
  private final Shape in;
  private final boolean hasTangents;
  private final int paddedPlane;
  private final int valueAt;
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
    super(kind, source, parts, geometry.taps(), out, out.shape, along, layout);
    this.geometry = geometry;
    hasTangents = along;
    in = source.x.shape;
    all = Band.all(out.shape.height());
    paddedPlane =
        (in.height() + 2 * geometry.padRows) * (in.width() + 2 * geometry.padColumns) * lanes;
    int blocks = matrix.inputBlocks;
    valueAt = layout.floats(paddedPlane);
    tapAt = layout.floats((long) blocks * out.shape.pixels() * lanes);
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

  /** Lays out the columns, and along a direction their tangents before them. */
  private void columns(Run run, Scratch s, int image, boolean along) {
    int own = along ? matrix.columnBlocks : 0;
    for (int b = 0; b < matrix.inputBlocks; b++) {
      Plane x = value(run, s, image, b, s.a);
      if (along) {
        valueAlong(run, s, image, b, x, s.b);
      }
      for (int tap = 0; tap < matrix.taps; tap++) {
        int block = tap * matrix.inputBlocks + b;
        gather(run, s, s.a, tap, matrix.columns(s, own + block, s.m));
        if (along) {
          gather(run, s, s.b, tap, matrix.columns(s, block, s.m));
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
  void clear(Scratch s) {
    source.clear(s, valueAt, geometry.padRows, geometry.padColumns);
    if (hasTangents) {
      source.clear(s, valueAlongAt, geometry.padRows, geometry.padColumns);
    }
  }

  @Override
  void forward(Run run, Scratch s, int image) {
    columns(run, s, image, false);
    matrix.forward(run, s, y, image, all);
  }

  @Override
  void forwardAlong(Run run, Scratch s, int image) {
    columns(run, s, image, true);
    matrix.forwardAlong(run, s, out.along().x[0], image, all);
  }

  @Override
  void backward(Run run, Scratch s, int image, int at) {
    matrix.take(run, s, out.gradient(), image, all);
    if (run.wantWeights) {
      columns(run, s, image, false);
      matrix.weights(run, s, at, all);
    }
    if (run.needs(source.x)) {
      inputGradient(run, s, false, inputGradientAt);
      give(run, s, image, inputGradientAt, false);
    }
    source.measure(run, sumsAt(), image, false, s);
  }

  @Override
  void backwardAlong(Run run, Scratch s, int image, int at) {
    matrix.take(run, s, out.gradient(), image, all);
    matrix.takeAlong(run, s, out.gradientAlong(), image, all);
    if (run.wantWeights) {
      columns(run, s, image, true);
      matrix.weightsAlong(run, s, at, all);
    }
    if (run.needs(source.x)) {
      inputGradient(run, s, false, inputGradientAt);
      inputGradient(run, s, true, inputGradientAlongAt);
      give(run, s, image, inputGradientAt, false);
      give(run, s, image, inputGradientAlongAt, true);
    }
    source.measure(run, sumsAt(), image, true, s);
  }

  /** The padded planes of the input's gradient, or of its derivative, from {@code at} on. */
  private void inputGradient(Run run, Scratch s, boolean along, int at) {
    int row = (in.width() + 2 * geometry.padColumns) * run.lanes;
    Arrays.fill(s.floats, at, at + matrix.inputBlocks * paddedPlane, 0);
    int plane = y.height * y.width * run.lanes;
    for (int t = 0; t < matrix.taps; t++) {
      product(run, s, along, t, plane);
      for (int b = 0; b < matrix.inputBlocks; b++) {
        Plane part = s.a.set(s.floats, tapAt + b * plane, y.width * run.lanes, run.lanes);
        Plane to = tap(s.b.set(s.floats, at + b * paddedPlane, row, run.lanes), t, s.c);
        run.kernels.combine(s.list(to, part), 2, run.add, 0, false, to, y.height, y.width);
      }
    }
  }

  private void product(Run run, Scratch s, boolean along, int tap, int plane) {
    Plane first = s.a.set(s.floats, tapAt, y.width * run.lanes, run.lanes);
    if (along) {
      matrix.backwardAlong(run, s, tap, first, plane, all);
    } else {
      matrix.backward(run, s, tap, first, plane, all);
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
      source.give(run, s, image, b, source.all, x, g, along, s.c);
    }
  }
}
