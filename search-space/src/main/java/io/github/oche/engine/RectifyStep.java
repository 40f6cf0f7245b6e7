package io.github.oche.engine;

import org.jspecify.annotations.Nullable;

/** Writes max(0, x), with zeros around it where convolutions read them. */
final class RectifyStep extends Step {
  private final Tensor x;
  private final Storage y;
  private final @Nullable Storage dy;
  private boolean accumulate;

  RectifyStep(Tensor x, Tensor out) {
    super(out);
    this.x = x;
    y = out.stored();
    dy = out.along == null ? null : out.along.x[0];
  }

  @Override
  String kind() {
    return "rectify";
  }

  @Override
  void scheduleForward(int time) {
    x.touchValue(time);
    y.touch(time);
  }

  @Override
  void scheduleAlong(int time) {
    scheduleForward(time);
    x.touchAlong(time);
    Present.of(dy).touch(time);
  }

  @Override
  void scheduleBackward(int time, boolean along) {
    y.touch(time);
    out.touchGradient(time);
    if (x.hasGradient) {
      accumulate = x.contribute(time);
    }
  }

  @Override
  int sums(int batch, boolean along) {
    return batch * Norm.sumsPerImage(y);
  }

  @Override
  void forward(Run run, Scratch s, int image) {
    if (y.pad > 0) {
      y.clearBorder(image);
    }
    for (int b = 0; b < y.blocks; b++) {
      run.combine(s, x.value, image, b, true, y.point(s.a, image, b));
    }
  }

  @Override
  void forwardAlong(Run run, Scratch s, int image) {
    Storage to = Present.of(dy);
    if (y.pad > 0) {
      to.clearBorder(image);
    }
    for (int b = 0; b < y.blocks; b++) {
      to.point(s.b, image, b);
      run.combine(s, x.along(), image, b, false, s.b);
      run.kernels.rectified(y.point(s.a, image, b), s.b, false, s.b, y.height, y.width);
    }
  }

  @Override
  void backward(Run run, Scratch s, int image, int at) {
    if (run.needs(x)) {
      give(run, s, out.target(), x.target(), image);
    }
  }

  @Override
  void backwardAlong(Run run, Scratch s, int image, int at) {
    if (run.needs(x)) {
      give(run, s, out.target(), x.target(), image);
      give(run, s, out.targetAlong(), x.targetAlong(), image);
    }
  }

  private void give(Run run, Scratch s, Storage from, Storage to, int image) {
    for (int b = 0; b < y.blocks; b++) {
      run.kernels.rectified(
          y.point(s.a, image, b),
          from.point(s.b, image, b),
          accumulate,
          to.point(s.c, image, b),
          y.height,
          y.width);
    }
  }
}
