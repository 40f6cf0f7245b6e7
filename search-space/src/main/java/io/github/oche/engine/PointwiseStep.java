package io.github.oche.engine;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.kernel.Plane;

/**
 * A pointwise convolution: a matrix product whose columns are the pixels. It works on as many rows
 * of an image at a time as leave the columns and their gradient in the second cache.
 */
final class PointwiseStep extends ConvolutionStep {
  /** Numbers of the input that are worked on at once. */
  private static final int AT_ONCE = 1 << 16;

  private final MatrixStage matrix;
  private final ImmutableList<Band> bands;

  /** Floats of a block of a band. */
  private final int plane;

  private final int gradientAt;
  private final int spareAt;

  PointwiseStep(
      Source source, Op.Convolution op, Tensor out, boolean along, Scratch.Layout layout) {
    super(source, out);
    Shape in = source.x.shape;
    bands = Band.of(in.height(), Math.max(1, AT_ONCE / (in.channels() * in.width())));
    int rows = bands.stream().mapToInt(Band::rows).max().orElseThrow();
    ImmutableList<MatrixStage.Part> weight =
        ImmutableList.of(new MatrixStage.Part(op.weight(), 1, 0, 0));
    layout.start();
    matrix =
        new MatrixStage(
            weight,
            source.x.channels,
            new Shape(out.shape.channels(), rows, in.width()),
            1,
            along,
            layout);
    plane = rows * in.width() * y.lanes;
    gradientAt = layout.floats((long) matrix.inputBlocks * plane);
    spareAt = layout.floats(along ? plane : 0);
  }

  @Override
  String kind() {
    return "convolution " + Window.point();
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
      if (run.wantWeights || needsMask(run)) {
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
      if (run.wantWeights || needsMask(run)) {
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

  /** Whether the columns tell where a ReLU lets the gradient pass, since nothing stored does. */
  private boolean needsMask(Run run) {
    return source.rectify && run.needs(source.x) && !source.x.value.isStored();
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
    boolean laidOut = run.wantWeights || needsMask(run);
    for (int b = 0; b < matrix.inputBlocks; b++) {
      Plane g = s.b.set(s.floats, gradientAt + b * plane, row, run.lanes);
      Plane x = s.a;
      if (laidOut) {
        matrix.columns(s, own + b, x);
      } else if (source.rectify) {
        band.of(source.x.stored().point(x, image, b));
      }
      Plane to = band.of(source.target(image, b, along, s.c));
      source.add(run, s, x, g, source.accumulate(), to, band.rows(), y.width);
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
