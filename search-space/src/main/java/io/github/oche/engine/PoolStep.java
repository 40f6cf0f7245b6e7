package io.github.oche.engine;

import io.github.oche.engine.kernel.Plane;

/** Largest value or mean of each window. */
final class PoolStep extends Step {
  private final Tensor x;
  private final boolean max;
  private final int size;
  private final int stride;
  private final int padding;
  private final Storage from;
  private final Storage y;
  private final int gradientAt;
  private boolean accumulate;

  private PoolStep(
      Tensor x, boolean max, int size, int stride, int padding, Tensor out, Scratch.Layout layout) {
    super(out);
    this.x = x;
    this.max = max;
    this.size = size;
    this.stride = stride;
    this.padding = padding;
    from = x.stored();
    y = out.stored();
    layout.start();
    gradientAt = layout.floats(y.plane);
  }

  static PoolStep of(Tensor x, Op.MaxPool op, Tensor out, Scratch.Layout layout) {
    return new PoolStep(x, true, op.size(), op.stride(), op.padding(), out, layout);
  }

  static PoolStep of(Tensor x, Op.AveragePool op, Tensor out, Scratch.Layout layout) {
    return new PoolStep(x, false, op.size(), op.stride(), op.padding(), out, layout);
  }

  @Override
  String kind() {
    return (max ? "max pool " : "average pool ")
        + size
        + "x"
        + size
        + (stride > 1 ? ", stride " + stride : "");
  }

  @Override
  void scheduleForward(int time) {
    x.touchValue(time);
    out.touchValue(time);
  }

  @Override
  void scheduleAlong(int time) {
    scheduleForward(time);
    x.touchAlong(time);
    out.touchAlong(time);
  }

  @Override
  void scheduleBackward(int time, boolean along) {
    x.touchValue(time);
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
    for (int b = 0; b < y.blocks; b++) {
      pool(run, from.point(s.a, image, b), y.point(s.b, image, b));
    }
  }

  private void pool(Run run, Plane p, Plane q) {
    int h = from.height;
    int w = from.width;
    if (max) {
      run.kernels.maxPool(p, h, w, size, stride, padding, q, y.height, y.width);
    } else {
      run.kernels.averagePool(p, h, w, size, stride, padding, q, y.height, y.width);
    }
  }

  @Override
  void forwardAlong(Run run, Scratch s, int image) {
    int h = from.height;
    int w = from.width;
    for (int b = 0; b < y.blocks; b++) {
      Plane dp = x.along().x[0].point(s.b, image, b);
      Plane dq = out.along().x[0].point(s.c, image, b);
      if (max) {
        Plane p = from.point(s.a, image, b);
        run.kernels.maxPoolAlong(p, dp, h, w, size, stride, padding, dq, y.height, y.width);
      } else {
        pool(run, dp, dq);
      }
    }
  }

  @Override
  void backward(Run run, Scratch s, int image, int at) {
    if (run.needs(x)) {
      give(run, s, out.gradient(), x.target(), image);
    }
  }

  @Override
  void backwardAlong(Run run, Scratch s, int image, int at) {
    if (run.needs(x)) {
      give(run, s, out.gradient(), x.target(), image);
      give(run, s, out.gradientAlong(), x.targetAlong(), image);
    }
  }

  private void give(Run run, Scratch s, Affine gradient, Storage target, int image) {
    if (!accumulate) {
      target.clear(image);
    }
    int h = from.height;
    int w = from.width;
    for (int b = 0; b < y.blocks; b++) {
      Plane g = s.b.set(s.floats, gradientAt, y.row, run.lanes);
      run.combine(s, gradient, image, b, false, g);
      Plane to = target.point(s.c, image, b);
      if (max) {
        Plane p = from.point(s.a, image, b);
        run.kernels.maxPoolBackward(p, h, w, size, stride, padding, g, y.height, y.width, to);
      } else {
        run.kernels.averagePoolBackward(g, y.height, y.width, size, stride, padding, to, h, w);
      }
    }
  }
}
