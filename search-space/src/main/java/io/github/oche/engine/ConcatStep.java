package io.github.oche.engine;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.kernel.Plane;

/**
 * Joins channels by copying them. Only where {@link Places} does not have them written where the
 * join wants them in the first place.
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
    if (to.channels % to.lanes > 0) {
      to.clear(image); // the lanes that nobody writes
    }
    int first = 0;
    for (int k = 0; k < xs.size(); k++) { // an iterator would be allocated
      Tensor x = xs.get(k);
      Storage from = along ? x.along().x[0] : x.stored();
      copy(run, s, from, 0, to, first, from.channels, image, false);
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
        copy(run, s, from, first, to, 0, channels, image, accumulate[k]);
      }
      first += channels;
    }
  }

  /**
   * Copies channels, or adds them to what is there: as many at a time as lie side by side on both
   * sides, so that each pixel is touched once and not once a channel.
   */
  private static void copy(
      Run run,
      Scratch s,
      Storage x,
      int from,
      Storage y,
      int to,
      int channels,
      int image,
      boolean add) {
    int lanes = run.lanes;
    int done = 0;
    while (done < channels) {
      int p = from + done;
      int q = to + done;
      int together = Math.min(channels - done, lanes - Math.max(p % lanes, q % lanes));
      Plane source = x.point(s.a, image, p / lanes);
      Plane target = y.point(s.b, image, q / lanes);
      copy(source, p % lanes, target, q % lanes, together, x.height, x.width, add);
      done += together;
    }
  }

  private static void copy(
      Plane x, int from, Plane y, int to, int channels, int height, int width, boolean add) {
    float[] a = x.data();
    float[] b = y.data();
    for (int r = 0; r < height; r++) {
      int p = x.at() + r * x.row() + from;
      int q = y.at() + r * y.row() + to;
      for (int c = 0; c < width; c++, p += x.pixel(), q += y.pixel()) {
        if (add) {
          for (int k = 0; k < channels; k++) {
            b[q + k] += a[p + k];
          }
        } else {
          for (int k = 0; k < channels; k++) {
            b[q + k] = a[p + k];
          }
        }
      }
    }
  }
}
