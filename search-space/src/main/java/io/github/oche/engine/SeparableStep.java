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
            middle.channels(),
            out.shape.channels(),
            1,
            lanes,
            along);
    pixels = middle.pixels();
    width = middle.width();
    int sets = along ? 2 : 1;
    columnsAt = layout.floats((long) sets * pixels * matrix.pitch);
    gradientAt = layout.floats((long) sets * pixels * matrix.gradientPitch);
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

  private Plane columns(Scratch s, int pitch, int offset) {
    return s.m.set(s.floats, columnsAt + offset, width * pitch, pitch);
  }

  private Plane gradient(Scratch s, int pitch, int offset) {
    return s.n.set(s.floats, gradientAt + offset, width * pitch, pitch);
  }

  @Override
  void forward(Run run, Scratch s, int image) {
    int pitch = matrix.pitch;
    for (int b = 0; b < depthwise.blocks; b++) {
      Plane x = depthwise.value(run, s, image, b, s.a);
      depthwise.forward(run, x, b, columns(s, pitch, b * run.lanes));
    }
    matrix.forward(
        run, columns(s, pitch, 0), y.point(s.a, image, 0), y.plane, pixels / width, width);
  }

  @Override
  void forwardAlong(Run run, Scratch s, int image) {
    int pitch = 2 * matrix.pitch;
    bothColumns(run, s, image);
    Plane to = out.along().x[0].point(s.a, image, 0);
    matrix.forwardAlong(run, columns(s, pitch, 0), to, y.plane, pixels / width, width);
  }

  /** Writes the columns' tangents, and the columns beside them. */
  private void bothColumns(Run run, Scratch s, int image) {
    int pitch = 2 * matrix.pitch;
    for (int b = 0; b < depthwise.blocks; b++) {
      Plane x = depthwise.value(run, s, image, b, s.a);
      depthwise.forward(run, x, b, columns(s, pitch, matrix.pitch + b * run.lanes));
      Plane dx = depthwise.valueAlong(run, s, image, b, x, s.b);
      Plane[] sum = depthwise.forwardAlong(run, s, x, dx, b);
      Plane to = columns(s, pitch, b * run.lanes);
      run.kernels.combine(sum, 2, run.add, 0, false, to, pixels / width, width);
    }
  }

  @Override
  void backward(Run run, Scratch s, int image, int at) {
    int rows = pixels / width;
    int pitch = matrix.gradientPitch;
    Affine g = out.gradient();
    for (int b = 0; b < matrix.outputBlocks; b++) {
      Plane to = gradient(s, pitch, b * run.lanes);
      run.combine(s, g, image, b, false, to);
    }
    boolean input = run.needs(source.x);
    Plane gradient = depthwise.gradient(s, false, s.a);
    matrix.backward(
        run, gradient(s, pitch, 0), 0, gradient, depthwise.gradientPlane(), rows, width);
    for (int b = 0; b < depthwise.blocks; b++) {
      Plane x = depthwise.value(run, s, image, b, s.a);
      if (run.wantWeights) {
        depthwise.forward(run, x, b, columns(s, matrix.pitch, b * run.lanes));
        depthwise.weights(run, s, x, false, b, at, s.b);
      }
      if (input) {
        depthwise.backward(run, s, image, b, x);
      }
    }
    if (run.wantWeights) {
      int to = at + depthwise.partial();
      matrix.weights(run, columns(s, matrix.pitch, 0), gradient(s, pitch, 0), rows, width, to);
    }
    source.measure(run, sumsAt(), image, false, s);
  }

  @Override
  void backwardAlong(Run run, Scratch s, int image, int at) {
    int rows = pixels / width;
    int half = matrix.gradientPitch;
    int pitch = 2 * half;
    Affine g = out.gradient();
    Affine dg = out.gradientAlong();
    for (int b = 0; b < matrix.outputBlocks; b++) {
      Plane to = gradient(s, pitch, half + b * run.lanes);
      run.combine(s, g, image, b, false, to);
      to = gradient(s, pitch, b * run.lanes);
      run.combine(s, dg, image, b, false, to);
    }
    int plane = depthwise.gradientPlane();
    matrix.backward(
        run, gradient(s, pitch, half), 0, depthwise.gradient(s, false, s.a), plane, rows, width);
    matrix.backwardAlong(
        run, gradient(s, pitch, 0), 0, depthwise.gradient(s, true, s.a), plane, rows, width);
    boolean input = run.needs(source.x);
    if (run.wantWeights) {
      bothColumns(run, s, image);
      int to = at + depthwise.partial();
      int columns = 2 * matrix.pitch;
      matrix.weights(run, columns(s, columns, 0), gradient(s, pitch, half), rows, width, to);
      matrix.weights(
          run, columns(s, columns, matrix.pitch), gradient(s, pitch, 0), rows, width, to);
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
