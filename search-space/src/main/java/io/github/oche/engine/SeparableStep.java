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
  private final Band all;

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
            out.shape,
            1,
            along,
            layout);
    all = Band.all(out.shape.height());
  }

  @Override
  String kind() {
    return "separable " + depthwise.kind();
  }

  @Override
  long multiplyAdds() {
    return depthwise.multiplyAdds() + matrix.multiplyAdds(out.shape.pixels());
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

  @Override
  void clear(Scratch s) {
    depthwise.clear(s);
  }

  @Override
  void forward(Run run, Scratch s, int image) {
    for (int b = 0; b < depthwise.blocks; b++) {
      Plane x = depthwise.value(run, s, image, b, s.a);
      depthwise.forward(run, x, b, matrix.columns(s, b, s.m));
    }
    matrix.forward(run, s, y, image, all);
  }

  @Override
  void forwardAlong(Run run, Scratch s, int image) {
    bothColumns(run, s, image);
    matrix.forwardAlong(run, s, out.along().x[0], image, all);
  }

  /** Writes the columns' tangents, and the columns after them. */
  private void bothColumns(Run run, Scratch s, int image) {
    for (int b = 0; b < depthwise.blocks; b++) {
      Plane x = depthwise.value(run, s, image, b, s.a);
      depthwise.forward(run, x, b, matrix.columns(s, matrix.columnBlocks + b, s.m));
      Plane dx = depthwise.valueAlong(run, s, image, b, x, s.b);
      depthwise.forwardAlong(run, x, dx, b, matrix.columns(s, b, s.m));
    }
  }

  @Override
  void backward(Run run, Scratch s, int image, int at) {
    matrix.take(run, s, out.gradient(), image, all);
    Plane gradient = depthwise.gradient(s, false, s.a);
    matrix.backward(run, s, 0, gradient, depthwise.gradientPlane(), all);
    boolean input = run.needs(source.x);
    for (int b = 0; b < depthwise.blocks; b++) {
      Plane x = depthwise.value(run, s, image, b, s.a);
      if (run.wantWeights) {
        depthwise.forward(run, x, b, matrix.columns(s, b, s.m));
        depthwise.weights(run, s, x, false, b, at, s.b);
      }
      if (input) {
        depthwise.backward(run, s, image, b, x);
      }
    }
    if (run.wantWeights) {
      matrix.weights(run, s, at + depthwise.partial(), all);
    }
    source.measure(run, sumsAt(), image, false, s);
  }

  @Override
  void backwardAlong(Run run, Scratch s, int image, int at) {
    matrix.take(run, s, out.gradient(), image, all);
    matrix.takeAlong(run, s, out.gradientAlong(), image, all);
    int plane = depthwise.gradientPlane();
    matrix.backward(run, s, 0, depthwise.gradient(s, false, s.a), plane, all);
    matrix.backwardAlong(run, s, 0, depthwise.gradient(s, true, s.a), plane, all);
    boolean input = run.needs(source.x);
    if (run.wantWeights) {
      bothColumns(run, s, image);
      matrix.weightsAlong(run, s, at + depthwise.partial(), all);
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
