package io.github.oche.engine;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.kernel.Plane;

/**
 * A depthwise convolution and the pointwise one that follows it, image by image, so that what lies
 * between them never leaves the cache. It is not kept: the backward pass computes it again.
 */
final class SeparableStep extends ConvolutionStep {
  private final DepthwiseStage depthwise;
  private final MatrixStage matrix;
  private final int pixels;
  private final int width;
  private final int plane;
  private final int columnsAt;
  private final int gradientAt;

  SeparableStep(
      Source source,
      Op.Depthwise first,
      Shape middle,
      Op.Convolution second,
      Tensor out,
      int lanes,
      boolean along,
      Scratch.Layout layout) {
    super(source, out);
    layout.start();
    depthwise = new DepthwiseStage(first, source, middle, lanes, along, layout);
    matrix =
        new MatrixStage(
            ImmutableList.of(new MatrixStage.Part(second.weight(), 1, 0, 0)),
            ChannelBlocks.of(middle.channels(), lanes),
            out.shape.channels(),
            1,
            along);
    pixels = middle.pixels();
    width = middle.width();
    int sets = along ? 2 : 1;
    plane = pixels * lanes;
    columnsAt = layout.floats((long) sets * matrix.columnBlocks * plane);
    gradientAt = layout.floats((long) sets * matrix.outputBlocks * plane);
  }

  @Override
  String kind() {
    return "separable " + depthwise.kind();
  }

  @Override
  long multiplyAdds() {
    return depthwise.multiplyAdds() + matrix.multiplyAdds(pixels);
  }

  @Override
  int partials() {
    return depthwise.partial() + matrix.partial();
  }

  @Override
  long bytes() {
    return depthwise.bytes() + matrix.bytes();
  }

  @Override
  void pack(Run run) {
    depthwise.pack(run.w);
    matrix.pack(run.w);
  }

  @Override
  void packAlong(Run run) {
    depthwise.packAlong(run.dw);
    matrix.packAlong(run.w, run.dw);
  }

  /** A block of the columns; along a direction their tangents come first. */
  private Plane columns(Scratch s, int block) {
    return s.m.set(s.floats, columnsAt + block * plane, width * matrix.lanes, matrix.lanes);
  }

  /** A block of the output's gradient; along a direction its derivative comes first. */
  private Plane gradient(Scratch s, int block) {
    return s.n.set(s.floats, gradientAt + block * plane, width * matrix.lanes, matrix.lanes);
  }

  @Override
  void forward(Run run, Scratch s, int image) {
    for (int b = 0; b < depthwise.blocks; b++) {
      Plane x = depthwise.value(run, s, image, b, s.a);
      depthwise.forward(run, x, b, columns(s, b));
    }
    matrix.forward(run, columns(s, 0), y.point(s.a, image, 0), y.plane, pixels / width, width);
  }

  @Override
  void forwardAlong(Run run, Scratch s, int image) {
    bothColumns(run, s, image);
    Plane to = out.along().x[0].point(s.a, image, 0);
    matrix.forwardAlong(run, columns(s, 0), to, y.plane, pixels / width, width);
  }

  /** Writes the columns' tangents, and the columns after them. */
  private void bothColumns(Run run, Scratch s, int image) {
    for (int b = 0; b < depthwise.blocks; b++) {
      Plane x = depthwise.value(run, s, image, b, s.a);
      depthwise.forward(run, x, b, columns(s, matrix.columnBlocks + b));
      Plane dx = depthwise.valueAlong(run, s, image, b, x, s.b);
      depthwise.forwardAlong(run, x, dx, b, columns(s, b));
    }
  }

  @Override
  void backward(Run run, Scratch s, int image, int at) {
    int rows = pixels / width;
    Affine g = out.gradient();
    for (int b = 0; b < matrix.outputBlocks; b++) {
      run.combine(s, g, image, b, false, gradient(s, b));
    }
    boolean input = run.needs(source.x);
    Plane gradient = depthwise.gradient(s, false, s.a);
    matrix.backward(run, gradient(s, 0), 0, gradient, depthwise.gradientPlane(), rows, width);
    for (int b = 0; b < depthwise.blocks; b++) {
      Plane x = depthwise.value(run, s, image, b, s.a);
      if (run.wantWeights) {
        depthwise.forward(run, x, b, columns(s, b));
        depthwise.weights(run, s, x, false, b, at, s.b);
      }
      if (input) {
        depthwise.backward(run, s, image, b, x);
      }
    }
    if (run.wantWeights) {
      int to = at + depthwise.partial();
      matrix.weights(run, columns(s, 0), gradient(s, 0), rows, width, to);
    }
    source.measure(run, sumsAt(), image, false, s);
  }

  @Override
  void backwardAlong(Run run, Scratch s, int image, int at) {
    int rows = pixels / width;
    int half = matrix.outputBlocks;
    Affine g = out.gradient();
    Affine dg = out.gradientAlong();
    for (int b = 0; b < half; b++) {
      run.combine(s, g, image, b, false, gradient(s, half + b));
      run.combine(s, dg, image, b, false, gradient(s, b));
    }
    int to = depthwise.gradientPlane();
    matrix.backward(run, gradient(s, half), 0, depthwise.gradient(s, false, s.a), to, rows, width);
    matrix.backwardAlong(run, gradient(s, 0), 0, depthwise.gradient(s, true, s.a), to, rows, width);
    boolean input = run.needs(source.x);
    if (run.wantWeights) {
      bothColumns(run, s, image);
      int weights = at + depthwise.partial();
      matrix.weights(run, columns(s, 0), gradient(s, half), rows, width, weights);
      matrix.weights(run, columns(s, matrix.columnBlocks), gradient(s, 0), rows, width, weights);
    }
    for (int b = 0; b < depthwise.blocks; b++) {
      Plane x = depthwise.value(run, s, image, b, s.a);
      if (run.wantWeights) {
        depthwise.weights(run, s, x, true, b, at, s.b);
        Plane dx = depthwise.valueAlong(run, s, image, b, x, s.c);
        depthwise.weights(run, s, dx, false, b, at, s.b);
      }
      if (input) {
        depthwise.backward(run, s, image, b, x);
        depthwise.backwardAlong(run, s, image, b, x);
      }
    }
    source.measure(run, sumsAt(), image, true, s);
  }

  @Override
  int unpackPieces() {
    return depthwise.blocks + matrix.outputBlocks;
  }

  @Override
  void unpack(Run run, int piece, int at, int stride) {
    if (piece < depthwise.blocks) {
      depthwise.unpack(run, piece, at, stride);
    } else {
      matrix.unpack(run, piece - depthwise.blocks, at + depthwise.partial(), stride);
    }
  }
}
