package io.github.oche.engine;

import io.github.oche.engine.kernel.Plane;

/** A depthwise convolution that stands alone. */
final class DepthwiseStep extends ConvolutionStep {
  private final DepthwiseStage depthwise;

  DepthwiseStep(
      Source source, Op.Depthwise op, Tensor out, int lanes, boolean along, Scratch.Layout layout) {
    super(source, out);
    layout.start();
    depthwise = new DepthwiseStage(op, source, out.shape, lanes, along, layout);
  }

  @Override
  String kind() {
    return "depthwise " + depthwise.kind();
  }

  @Override
  long multiplyAdds() {
    return depthwise.multiplyAdds();
  }

  @Override
  int partials() {
    return depthwise.partial();
  }

  @Override
  long bytes() {
    return depthwise.bytes();
  }

  @Override
  void pack(Run run) {
    depthwise.pack(run.w);
  }

  @Override
  void packAlong(Run run) {
    depthwise.packAlong(run.dw);
  }

  @Override
  void clear(Scratch s) {
    depthwise.clear(s);
  }

  @Override
  void forward(Run run, Scratch s, int image) {
    for (int b = 0; b < depthwise.blocks; b++) {
      Plane x = depthwise.value(run, s, image, b, s.a);
      depthwise.forward(run, x, b, y.point(s.b, image, b));
    }
  }

  @Override
  void forwardAlong(Run run, Scratch s, int image) {
    for (int b = 0; b < depthwise.blocks; b++) {
      Plane x = depthwise.value(run, s, image, b, s.a);
      Plane dx = depthwise.valueAlong(run, s, image, b, x, s.b);
      depthwise.forwardAlong(run, x, dx, b, out.along().x[0].point(s.c, image, b));
    }
  }

  private void gradient(Run run, Scratch s, int image, boolean along) {
    Affine g = along ? out.gradientAlong() : out.gradient();
    Plane to = depthwise.gradient(s, along, s.a);
    for (int b = 0; b < depthwise.blocks; b++) {
      run.combine(s, g, image, b, false, to);
      to.at(to.at() + depthwise.gradientPlane());
    }
  }

  @Override
  void backward(Run run, Scratch s, int image, int at) {
    gradient(run, s, image, false);
    for (int b = 0; b < depthwise.blocks; b++) {
      Plane x = depthwise.value(run, s, image, b, s.a);
      if (run.wantWeights) {
        depthwise.weights(run, s, x, false, b, at, s.b);
      }
      if (run.needs(source.x)) {
        depthwise.backward(run, s, image, b, x);
      }
    }
    source.measure(run, sumsAt(), image, false, s);
  }

  @Override
  void backwardAlong(Run run, Scratch s, int image, int at) {
    gradient(run, s, image, false);
    gradient(run, s, image, true);
    for (int b = 0; b < depthwise.blocks; b++) {
      Plane x = depthwise.value(run, s, image, b, s.a);
      if (run.wantWeights) {
        depthwise.weights(run, s, x, true, b, at, s.b);
        Plane dx = depthwise.valueAlong(run, s, image, b, x, s.c);
        depthwise.weights(run, s, dx, false, b, at, s.b);
      }
      if (run.needs(source.x)) {
        depthwise.backward(run, s, image, b, x);
        depthwise.backwardAlong(run, s, image, b, x);
      }
    }
    source.measure(run, sumsAt(), image, true, s);
  }

  @Override
  int unpackPieces() {
    return depthwise.blocks;
  }

  @Override
  void unpack(Run run, int piece, int at, int stride) {
    depthwise.unpack(run, piece, at, stride);
  }
}
