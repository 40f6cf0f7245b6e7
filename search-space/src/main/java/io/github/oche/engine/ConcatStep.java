package io.github.oche.engine;

import com.google.common.collect.ImmutableList;

/**
 * Joins channels by copying them. Only where inputs do not fill their last channel block: else they
 * are written where the join wants them in the first place.
 */
final class ConcatStep extends Step {
  private final ImmutableList<Tensor> xs;
  private final Storage y;
  private final boolean[] accumulate;

  ConcatStep(ImmutableList<Tensor> xs, Tensor out) {
    super(out);
    this.xs = xs;
    y = out.stored();
    accumulate = new boolean[xs.size()];
  }

  @Override
  String kind() {
    return "join";
  }

  @Override
  void scheduleForward(int time) {
    xs.forEach(x -> x.touchValue(time));
    out.touchValue(time);
  }

  @Override
  void scheduleAlong(int time) {
    xs.forEach(x -> x.touchAlong(time));
    out.touchAlong(time);
  }

  @Override
  void scheduleBackward(int time, boolean along) {
    out.touchGradient(time);
    for (int k = 0; k < xs.size(); k++) {
      if (xs.get(k).hasGradient) {
        accumulate[k] = xs.get(k).contribute(time);
      }
    }
  }

  @Override
  int sums(int batch, boolean along) {
    return batch * Norm.sumsPerImage(y);
  }

  @Override
  void forward(Run run, Scratch s, int image) {
    join(run, s, image, false);
  }

  @Override
  void forwardAlong(Run run, Scratch s, int image) {
    join(run, s, image, true);
  }

  private void join(Run run, Scratch s, int image, boolean along) {
    Storage to = along ? out.along().x[0] : y;
    to.clear(image);
    int first = 0;
    for (int k = 0; k < xs.size(); k++) { // an iterator would be allocated
      Tensor x = xs.get(k);
      Storage from = along ? x.along().x[0] : x.stored();
      for (int c = 0; c < from.channels; c++) {
        copy(run, s, from, c, to, first + c, image, false);
      }
      first += from.channels;
    }
  }

  @Override
  void backward(Run run, Scratch s, int image, int at) {
    part(run, s, image, false);
  }

  @Override
  void backwardAlong(Run run, Scratch s, int image, int at) {
    part(run, s, image, false);
    part(run, s, image, true);
  }

  private void part(Run run, Scratch s, int image, boolean along) {
    Storage from = along ? out.targetAlong() : out.target();
    int first = 0;
    for (int k = 0; k < xs.size(); k++) {
      Tensor x = xs.get(k);
      int channels = x.shape.channels();
      if (run.needs(x)) {
        Storage to = along ? x.targetAlong() : x.target();
        if (!accumulate[k]) {
          to.clear(image);
        }
        for (int c = 0; c < channels; c++) {
          copy(run, s, from, first + c, to, c, image, true);
        }
      }
      first += channels;
    }
  }

  private static void copy(
      Run run, Scratch s, Storage x, int from, Storage y, int to, int image, boolean add) {
    int lanes = run.lanes;
    int p = x.point(s.a, image, from / lanes).at() + from % lanes;
    int q = y.point(s.b, image, to / lanes).at() + to % lanes;
    float[] a = x.buffer.data;
    float[] b = y.buffer.data;
    for (int r = 0; r < x.height; r++) {
      for (int c = 0; c < x.width; c++) {
        int i = q + r * y.row + c * lanes;
        float value = a[p + r * x.row + c * lanes];
        b[i] = add ? b[i] + value : value;
      }
    }
  }
}
