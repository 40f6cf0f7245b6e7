package io.github.oche.engine;

import java.util.Arrays;

/** The mean of each channel over all pixels. */
final class GlobalAverageStep extends Step {
  private final Tensor x;
  private final Storage from;
  private final Storage y;
  private final int coefficientsAt;
  private boolean accumulate;

  GlobalAverageStep(Tensor x, Tensor out, Scratch.Layout layout) {
    super(out);
    this.x = x;
    from = x.stored();
    y = out.stored();
    layout.start();
    coefficientsAt = layout.floats(2L * y.lanes);
  }

  @Override
  String kind() {
    return "global average";
  }

  @Override
  void scheduleForward(int time) {
    x.touchValue(time);
    out.touchValue(time);
  }

  @Override
  void scheduleAlong(int time) {
    x.touchAlong(time);
    out.touchAlong(time);
  }

  @Override
  void scheduleBackward(int time, boolean along) {
    out.touchGradient(time);
    if (x.hasGradient) {
      accumulate = x.contribute(time);
    }
  }

  @Override
  int sums(int batch, boolean along) {
    return batch * Norm.sumsPerImage(from);
  }

  @Override
  void forward(Run run, Scratch s, int image) {
    average(run, s, from, y, image);
  }

  @Override
  void forwardAlong(Run run, Scratch s, int image) {
    average(run, s, x.along().x[0], out.along().x[0], image);
  }

  private void average(Run run, Scratch s, Storage x, Storage y, int image) {
    Norm.moments(run, sumsAt(), x, x, image, s);
    int at = run.sumsAt(sumsAt(), x.blocks, image);
    double pixels = x.height * x.width;
    for (int b = 0; b < x.blocks; b++) {
      int to = y.point(s.a, image, b).at();
      for (int v = 0; v < run.lanes; v++) {
        s.a.data()[to + v] = (float) (run.sums[at + b * 2 * run.lanes + v] / pixels);
      }
    }
  }

  @Override
  void backward(Run run, Scratch s, int image, int at) {
    if (run.needs(x)) {
      spread(run, s, out.gradient(), x.target(), image);
    }
  }

  @Override
  void backwardAlong(Run run, Scratch s, int image, int at) {
    if (run.needs(x)) {
      spread(run, s, out.gradient(), x.target(), image);
      spread(run, s, out.gradientAlong(), x.targetAlong(), image);
    }
  }

  /** Adds an equal share to each pixel: x times 1 (or 0) plus a constant. */
  private void spread(Run run, Scratch s, Affine g, Storage to, int image) {
    if (!accumulate) {
      to.clear(image);
    }
    float pixels = from.height * from.width;
    int c = coefficientsAt;
    Arrays.fill(s.floats, c, c + run.lanes, 1);
    for (int b = 0; b < to.blocks; b++) {
      s.b.set(s.floats, c + run.lanes, run.lanes, run.lanes);
      run.combine(s, g, image, b, false, s.b);
      for (int v = 0; v < run.lanes; v++) {
        s.floats[c + run.lanes + v] /= pixels;
      }
      to.point(s.a, image, b);
      run.kernels.combine(s.list(s.a), 1, s.floats, c, false, s.a, to.height, to.width);
    }
  }
}
