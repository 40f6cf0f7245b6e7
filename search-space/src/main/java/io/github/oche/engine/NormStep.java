package io.github.oche.engine;

/**
 * The part of a batch norm that no other step does: writes y where a user needs it stored, measures
 * the gradient where the users do not, and adds z's gradient where z has other users too.
 */
final class NormStep extends Step {
  private final Tensor x;
  private final Norm norm;
  private final boolean stores;
  private final boolean shares;
  private final int spareAt;
  private boolean accumulate;

  /**
   * @param stores whether y has a storage of its own
   * @param shares whether z has other users
   */
  NormStep(Norm norm, Tensor out, boolean stores, boolean shares, Scratch.Layout layout) {
    super(out);
    this.x = norm.x;
    this.norm = norm;
    this.stores = stores;
    this.shares = shares;
    layout.start();
    spareAt = layout.floats(shares ? x.stored().plane : 0);
  }

  /** What it normalises. */
  Tensor input() {
    return x;
  }

  private boolean measuresGradient() {
    return out.target != null && !out.measuredByUser;
  }

  @Override
  String kind() {
    return "batch norm";
  }

  @Override
  boolean runsAlone() {
    return shares;
  }

  @Override
  long bytes() {
    return norm.bytes();
  }

  @Override
  boolean worksForward() {
    return stores;
  }

  @Override
  boolean worksBackward() {
    return measuresGradient();
  }

  @Override
  void scheduleForward(int time) {
    norm.z.touch(time);
    out.touchValue(time);
  }

  @Override
  void scheduleAlong(int time) {
    scheduleForward(time);
    Present.of(norm.zAlong).touch(time);
    out.touchAlong(time);
  }

  @Override
  void scheduleBackward(int time, boolean along) {
    if (!out.hasGradient) {
      return;
    }
    norm.z.touch(time);
    Present.of(norm.gradient).touch(time);
    if (along) {
      Present.of(norm.gradientAlong).touch(time);
    }
    if (shares && x.hasGradient) {
      accumulate = x.contribute(time);
    }
  }

  @Override
  int sums(int batch, boolean along) {
    return (along ? 3 : 1) * batch * Norm.sumsPerImage(norm.z);
  }

  @Override
  void forward(Run run, Scratch s, int image) {
    write(run, s, norm.value, out.stored(), image);
  }

  @Override
  void forwardAlong(Run run, Scratch s, int image) {
    write(run, s, Present.of(norm.along), out.along().x[0], image);
  }

  @Override
  void backward(Run run, Scratch s, int image, int at) {
    norm.measureGradient(run, sumsAt(), image, false, s);
  }

  @Override
  void finishBackward(Run run) {
    if (measuresGradient()) {
      norm.finishGradient(run, sumsAt(), 1);
    }
    share(run, false);
  }

  @Override
  void backwardAlong(Run run, Scratch s, int image, int at) {
    norm.measureGradient(run, sumsAt(), image, true, s);
  }

  @Override
  void finishBackwardAlong(Run run) {
    if (measuresGradient()) {
      norm.finishGradientAlong(run, sumsAt(), 1, 0);
    }
    share(run, true);
  }

  /** Adds z's gradient to that of its other users: rare, and so neither parallel nor clever. */
  private void share(Run run, boolean along) {
    if (!shares || !run.needs(x)) {
      return;
    }
    Scratch s = run.scratch[0];
    for (int image = 0; image < run.count; image++) {
      add(run, s, Present.of(norm.gradient), x.target(), image);
      if (along) {
        add(run, s, Present.of(norm.gradientAlong), x.targetAlong(), image);
      }
    }
  }

  private void add(Run run, Scratch s, Affine a, Storage to, int image) {
    if (!accumulate) {
      write(run, s, a, to, image);
      return;
    }
    for (int b = 0; b < to.blocks; b++) {
      s.a.set(s.floats, spareAt, to.width * run.lanes, run.lanes);
      run.combine(s, a, image, b, false, s.a);
      to.point(s.b, image, b);
      run.kernels.combine(s.list(s.b, s.a), 2, run.add, 0, false, s.b, to.height, to.width);
    }
  }

  private static void write(Run run, Scratch s, Affine a, Storage to, int image) {
    for (int b = 0; b < to.blocks; b++) {
      run.combine(s, a, image, b, false, to.point(s.a, image, b));
    }
  }
}
