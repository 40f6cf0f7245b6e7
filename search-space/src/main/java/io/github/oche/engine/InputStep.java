package io.github.oche.engine;

/**
 * Brings images from channel planes into the engine's layout; or all zeros, where there are none.
 */
final class InputStep extends Step {
  private final Storage y;
  private final boolean zeros;

  InputStep(Tensor out, boolean zeros) {
    super(out);
    y = out.stored();
    this.zeros = zeros;
  }

  @Override
  String kind() {
    return "input";
  }

  @Override
  void scheduleForward(int time) {
    out.touchValue(time);
  }

  @Override
  void scheduleAlong(int time) {
    out.touchAlong(time);
  }

  @Override
  void scheduleBackward(int time, boolean along) {}

  @Override
  int sums(int batch, boolean along) {
    return batch * Norm.sumsPerImage(y);
  }

  @Override
  void forward(Run run, Scratch s, int image) {
    y.clear(image);
    if (zeros) {
      return;
    }
    int pixels = y.height * y.width;
    for (int c = 0; c < y.channels; c++) {
      int to = y.point(s.a, image, c / run.lanes).at() + c % run.lanes;
      float[] data = s.a.data();
      int from = (image * y.channels + c) * pixels;
      for (int i = 0; i < pixels; i++) {
        data[to + i * run.lanes] = run.images[from + i];
      }
    }
  }

  @Override
  void forwardAlong(Run run, Scratch s, int image) {
    out.along().x[0].clear(image);
  }
}
