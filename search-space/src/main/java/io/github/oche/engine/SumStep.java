package io.github.oche.engine;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.kernel.Plane;
import java.util.Arrays;

/**
 * A weighted sum as one pass over all its terms, each read through its batch norm. Backwards, one
 * pass over the same terms gives what batch norms and mixing weights need: the sums of g and of g
 * times the term, a channel at a time.
 */
final class SumStep extends Step {
  /**
   * One term: weight times x, and for drop path times each image's number.
   *
   * @param slot of the drop path, or -1
   */
  record Term(Tensor x, MixtureWeight weight, int slot) {
    /**
     * Whether the gradient of x is not stored, since it is that of the sum times the weight. Holds
     * for a normalised tensor that is used here alone.
     */
    boolean isOnlyUse() {
      return x.norm != null && x.target == null;
    }
  }

  private final ImmutableList<Term> terms;

  /** Streams before the terms: the sum so far, where there is one. */
  private final int first;

  private final Storage y;
  private final int batch;
  private final boolean masked;
  private final boolean[] accumulate;
  private final float[] coefficients;
  private final float[] coefficientsAlong;
  private final int maskedAt;
  private final int maskedAlongAt;
  private final int giveAt;

  /**
   * @param adds whether to add to what other steps have written to the output
   */
  SumStep(
      ImmutableList<Term> terms,
      Tensor out,
      boolean adds,
      int batch,
      boolean along,
      Scratch.Layout layout) {
    super(out);
    this.terms = terms;
    first = adds ? 1 : 0;
    this.batch = batch;
    y = out.stored();
    masked = terms.stream().anyMatch(t -> t.slot >= 0);
    accumulate = new boolean[terms.size()];
    coefficients = new float[y.blocks * (first + terms.size() + 1) * y.lanes];
    coefficientsAlong = new float[along ? y.blocks * (first + 2 * terms.size() + 1) * y.lanes : 0];
    layout.start();
    layout.streams(first + 2 * terms.size() + 1);
    maskedAt = layout.floats(masked ? coefficients.length : 0);
    maskedAlongAt = layout.floats(masked ? coefficientsAlong.length : 0);
    giveAt = layout.floats(4L * y.lanes);
  }

  @Override
  String kind() {
    return "weighted sum";
  }

  @Override
  void scheduleForward(int time) {
    terms.forEach(t -> t.x.touchValue(time));
    out.touchValue(time);
  }

  @Override
  void scheduleAlong(int time) {
    scheduleForward(time);
    terms.forEach(t -> t.x.touchAlong(time));
    out.touchAlong(time);
  }

  @Override
  void scheduleBackward(int time, boolean along) {
    out.touchGradient(time);
    for (int k = 0; k < terms.size(); k++) {
      Tensor x = terms.get(k).x;
      x.touchValue(time);
      if (along) {
        x.touchAlong(time);
      }
      if (x.hasGradient) {
        accumulate[k] = x.contribute(time);
      }
    }
  }

  @Override
  int sums(int batch, boolean along) {
    return Math.max(1, terms.size()) * (along ? 3 : 1) * batch * Norm.sumsPerImage(y);
  }

  @Override
  long bytes() {
    return 4L * (coefficients.length + coefficientsAlong.length);
  }

  private int base(int term) {
    int sets = coefficientsAlong.length > 0 ? 3 : 1;
    return sumsAt() + term * sets * batch * Norm.sumsPerImage(y);
  }

  /** Where the coefficients of a channel's terms start, after that of the sum so far. */
  private int start(float[] c, int at, int channel, int streams) {
    int block = at + channel / y.lanes * (first + streams + 1) * y.lanes;
    Arrays.fill(c, block, block + first * y.lanes, 1);
    return block + first * y.lanes;
  }

  private void fill(Run run, float[] c, int at, int image) {
    int n = terms.size();
    for (int channel = 0; channel < y.channels; channel++) {
      int lane = channel % y.lanes;
      int block = start(c, at, channel, n);
      double constant = 0;
      for (int k = 0; k < n; k++) {
        Term t = terms.get(k);
        double w = run.weight(t.weight) * (image < 0 ? 1 : run.mask(t.slot, image));
        c[block + k * y.lanes + lane] = (float) (w * t.x.value.get(0, channel));
        constant += w * t.x.value.get(1, channel);
      }
      c[block + n * y.lanes + lane] = (float) constant;
    }
  }

  /** Streams: each term's tangent and value. */
  private void fillAlong(Run run, float[] c, int at, int image) {
    int n = terms.size();
    for (int channel = 0; channel < y.channels; channel++) {
      int lane = channel % y.lanes;
      int block = start(c, at, channel, 2 * n);
      double constant = 0;
      for (int k = 0; k < n; k++) {
        Term t = terms.get(k);
        double mask = image < 0 ? 1 : run.mask(t.slot, image);
        double w = run.weight(t.weight) * mask;
        double dw = run.weightAlong(t.weight) * mask;
        Affine x = t.x.value;
        Affine dx = t.x.along();
        boolean normed = dx.streams() == 2;
        c[block + 2 * k * y.lanes + lane] = (float) (w * dx.get(0, channel));
        c[block + (2 * k + 1) * y.lanes + lane] =
            (float) ((normed ? w * dx.get(1, channel) : 0) + dw * x.get(0, channel));
        constant += (normed ? w * dx.get(2, channel) : 0) + dw * x.get(1, channel);
      }
      c[block + 2 * n * y.lanes + lane] = (float) constant;
    }
  }

  @Override
  void startForward(Run run) {
    if (!masked) {
      fill(run, coefficients, 0, -1);
    }
  }

  @Override
  void startForwardAlong(Run run) {
    if (!masked) {
      fillAlong(run, coefficientsAlong, 0, -1);
    }
  }

  @Override
  void forward(Run run, Scratch s, int image) {
    if (terms.isEmpty()) {
      y.clear(image);
      return;
    }
    if (masked) {
      fill(run, s.floats, maskedAt, image);
    }
    int n = terms.size();
    for (int b = 0; b < y.blocks; b++) {
      for (int k = 0; k < n; k++) {
        terms.get(k).x.value.x[0].point(s.streams[first + k], image, b);
      }
      combine(run, s, n, masked ? s.floats : coefficients, masked ? maskedAt : 0, y, image, b);
    }
  }

  @Override
  void forwardAlong(Run run, Scratch s, int image) {
    Storage dy = out.along().x[0];
    if (terms.isEmpty()) {
      dy.clear(image);
      return;
    }
    if (masked) {
      fillAlong(run, s.floats, maskedAlongAt, image);
    }
    int n = terms.size();
    for (int b = 0; b < y.blocks; b++) {
      for (int k = 0; k < n; k++) {
        terms.get(k).x.along().x[0].point(s.streams[first + 2 * k], image, b);
        terms.get(k).x.value.x[0].point(s.streams[first + 2 * k + 1], image, b);
      }
      float[] c = masked ? s.floats : coefficientsAlong;
      combine(run, s, 2 * n, c, masked ? maskedAlongAt : 0, dy, image, b);
    }
  }

  /** Sums so many streams, and what is there already. */
  private void combine(
      Run run, Scratch s, int streams, float[] c, int at, Storage to, int image, int block) {
    int n = first + streams;
    to.point(s.a, image, block);
    if (first > 0) {
      to.point(s.streams[0], image, block);
    }
    run.kernels.combine(
        s.streams, n, c, at + block * (n + 1) * to.lanes, false, s.a, to.height, to.width);
  }

  @Override
  void backward(Run run, Scratch s, int image, int at) {
    for (int k = 0; k < terms.size(); k++) {
      measure(run, s, k, image, false);
      Term t = terms.get(k);
      if (!t.isOnlyUse() && run.needs(t.x)) {
        float w = run.weight(t.weight) * run.mask(t.slot, image);
        give(run, s, t.x.target(), image, accumulate[k], out.target(), w, out.target(), 0);
      }
    }
  }

  @Override
  void backwardAlong(Run run, Scratch s, int image, int at) {
    for (int k = 0; k < terms.size(); k++) {
      measure(run, s, k, image, true);
      Term t = terms.get(k);
      if (!t.isOnlyUse() && run.needs(t.x)) {
        float mask = run.mask(t.slot, image);
        float w = run.weight(t.weight) * mask;
        float dw = run.weightAlong(t.weight) * mask;
        Storage g = out.target();
        give(run, s, t.x.target(), image, accumulate[k], g, w, g, 0);
        give(run, s, t.x.targetAlong(), image, accumulate[k], out.targetAlong(), w, g, dw);
      }
    }
  }

  private boolean wantsProduct(Run run, Term t) {
    return run.wantMixing && !t.weight.isConstant();
  }

  private void measure(Run run, Scratch s, int k, int image, boolean along) {
    Term t = terms.get(k);
    if (t.isOnlyUse()) {
      Present.of(t.x.norm).measureGradient(run, base(k), image, along, s);
    } else if (wantsProduct(run, t)) {
      Storage x = t.x.value.x[0];
      Norm.moments(run, base(k), out.target(), x, image, s);
      if (along) {
        int set = run.count * Norm.sumsPerImage(y);
        Norm.moments(run, base(k) + set, out.targetAlong(), x, image, s);
        Norm.moments(run, base(k) + 2 * set, out.target(), t.x.along().x[0], image, s);
      }
    }
  }

  /** to (+)= a g + b h; h is left out where b is 0. */
  private void give(
      Run run,
      Scratch s,
      Storage to,
      int image,
      boolean accumulate,
      Storage g,
      float a,
      Storage h,
      float b) {
    int streams = 0;
    for (int block = 0; block < y.blocks; block++) {
      Plane target = to.point(s.a, image, block);
      streams = 0;
      if (accumulate) {
        streams = stream(run, s, streams, to, image, block, 1);
      }
      streams = stream(run, s, streams, g, image, block, a);
      if (b != 0) {
        streams = stream(run, s, streams, h, image, block, b);
      }
      int end = giveAt + streams * run.lanes;
      Arrays.fill(s.floats, end, end + run.lanes, 0);
      run.kernels.combine(s.streams, streams, s.floats, giveAt, false, target, y.height, y.width);
    }
  }

  private int stream(Run run, Scratch s, int k, Storage x, int image, int block, float weight) {
    x.point(s.streams[k], image, block);
    int at = giveAt + k * run.lanes;
    Arrays.fill(s.floats, at, at + run.lanes, weight);
    return k + 1;
  }

  @Override
  void finishBackward(Run run) {
    for (int k = 0; k < terms.size(); k++) {
      Term t = terms.get(k);
      Norm norm = t.x.norm;
      if (norm != null && t.isOnlyUse()) {
        norm.finishGradient(run, base(k), run.weight(t.weight));
      }
      if (wantsProduct(run, t)) {
        run.mixingGradient[t.weight.index()] +=
            norm != null ? norm.product(run, base(k)) : product(run, base(k));
      }
    }
  }

  @Override
  void finishBackwardAlong(Run run) {
    int set = run.count * Norm.sumsPerImage(y);
    for (int k = 0; k < terms.size(); k++) {
      Term t = terms.get(k);
      Norm norm = t.x.norm;
      if (norm != null && t.isOnlyUse()) {
        norm.finishGradientAlong(run, base(k), run.weight(t.weight), run.weightAlong(t.weight));
      }
      if (wantsProduct(run, t)) {
        run.mixingGradient[t.weight.index()] +=
            norm != null
                ? norm.productAlong(run, base(k))
                : product(run, base(k) + set) + product(run, base(k) + 2 * set);
      }
    }
  }

  private double product(Run run, int base) {
    double product = 0;
    for (int c = 0; c < y.channels; c++) {
      product += run.sum(base, y.blocks, c, 1);
    }
    return product;
  }
}
