package io.github.oche.engine;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.kernel.Plane;

/**
 * A pointwise convolution: a matrix product whose columns are the pixels. It works on as many rows
 * of an image at a time as leave the columns and their gradient in the second cache.
 */
final class PointwiseStep extends MatrixStep {
  /** Numbers of the input that are worked on at once. */
  private static final int AT_ONCE = 1 << 16;

  private final ImmutableList<Band> bands;

  /** Floats of a block of a band. */
  private final int plane;

  private final int gradientAt;
  private final int spareAt;

  PointwiseStep(
      Source source, Op.Convolution op, Tensor out, boolean along, Scratch.Layout layout) {
    this(source, op, out, bands(source.x.shape), along, layout);
  }

  private PointwiseStep(
      Source source,
      Op.Convolution op,
      Tensor out,
      ImmutableList<Band> bands,
      boolean along,
      Scratch.Layout layout) {
    super(
        "convolution " + Window.point(),
        source,
        ImmutableList.of(new MatrixStage.Part(op.weight(), 1, 0, 0)),
        1,
        out,
        largest(out.shape, bands),
        along,
        layout);
    this.bands = bands;
    plane = largest(out.shape, bands).pixels() * y.lanes;
    gradientAt = layout.floats((long) matrix.inputBlocks * plane);
    spareAt = layout.floats(along ? plane : 0);
  }

  private static ImmutableList<Band> bands(Shape in) {
    return Band.of(in.height(), Math.max(1, AT_ONCE / (in.channels() * in.width())));
  }

  private static Shape largest(Shape out, ImmutableList<Band> bands) {
    int rows = bands.stream().mapToInt(Band::rows).max().orElseThrow();
    return new Shape(out.channels(), rows, out.width());
  }

  /** Lays out the columns, and along a direction their tangents before them. */
  private void columns(Run run, Scratch s, int image, boolean along, Band band) {
    int own = along ? matrix.columnBlocks : 0;
    for (int b = 0; b < matrix.inputBlocks; b++) {
      Plane x = matrix.columns(s, own + b, s.a);
      source.columns(run, s, image, b, band, x);
      if (along) {
        source.columnsAlong(run, s, image, b, band, x, spareAt, matrix.columns(s, b, s.b));
      }
    }
  }

  @Override
  void forward(Run run, Scratch s, int image) {
    for (int i = 0; i < bands.size(); i++) { // an iterator would be allocated
      columns(run, s, image, false, bands.get(i));
      matrix.forward(run, s, y, image, bands.get(i));
    }
  }

  @Override
  void forwardAlong(Run run, Scratch s, int image) {
    for (int i = 0; i < bands.size(); i++) {
      columns(run, s, image, true, bands.get(i));
      matrix.forwardAlong(run, s, out.along().x[0], image, bands.get(i));
    }
  }

  @Override
  void backward(Run run, Scratch s, int image, int at) {
    for (int i = 0; i < bands.size(); i++) {
      Band band = bands.get(i);
      matrix.take(run, s, out.gradient(), image, band);
      if (laysOut(run)) {
        columns(run, s, image, false, band);
      }
      if (run.wantWeights) {
        matrix.weights(run, s, at, band);
      }
      if (run.needs(source.x)) {
        give(run, s, image, false, 0, band);
      }
    }
    source.measure(run, sumsAt(), image, false, s);
  }

  @Override
  void backwardAlong(Run run, Scratch s, int image, int at) {
    int own = run.wantWeights ? matrix.columnBlocks : 0;
    for (int i = 0; i < bands.size(); i++) {
      Band band = bands.get(i);
      matrix.take(run, s, out.gradient(), image, band);
      matrix.takeAlong(run, s, out.gradientAlong(), image, band);
      if (laysOut(run)) {
        columns(run, s, image, run.wantWeights, band);
      }
      if (run.wantWeights) {
        matrix.weightsAlong(run, s, at, band);
      }
      if (run.needs(source.x)) {
        give(run, s, image, false, own, band);
        give(run, s, image, true, own, band);
      }
    }
    source.measure(run, sumsAt(), image, true, s);
  }

  /**
   * Whether the way back needs the columns: for the weights, or since nothing stored tells where a
   * ReLU lets the gradient pass.
   */
  private boolean laysOut(Run run) {
    return run.wantWeights || (source.rectify && run.needs(source.x) && !source.x.value.isStored());
  }

  /**
   * Takes a band's gradient, or its derivative, to the input.
   *
   * @param own the block that the columns start with
   */
  private void give(Run run, Scratch s, int image, boolean along, int own, Band band) {
    int row = y.width * run.lanes;
    Plane columns = s.a.set(s.floats, gradientAt, row, run.lanes);
    if (along) {
      matrix.backwardAlong(run, s, 0, columns, plane, band);
    } else {
      matrix.backward(run, s, 0, columns, plane, band);
    }
    for (int b = 0; b < matrix.inputBlocks; b++) {
      Plane g = s.b.set(s.floats, gradientAt + b * plane, row, run.lanes);
      Plane x = s.a;
      if (laysOut(run)) {
        matrix.columns(s, own + b, x);
      } else if (source.rectify) {
        band.of(source.x.stored().point(x, image, b));
      }
      source.give(run, s, image, b, band, x, g, along, s.c);
    }
  }
}
