package io.github.oche.engine;

import io.github.oche.engine.kernel.Plane;

/**
 * How a convolution reads its input, rectified or not, with zeros around it, and where the gradient
 * goes. What is not stored like that is brought into that form image by image, in scratch memory.
 */
final class Source {
  final Tensor x;
  final boolean rectify;

  /** All rows of the input. */
  final Band all;

  private boolean accumulate;

  Source(Tensor x, boolean rectify) {
    this.x = x;
    this.rectify = rectify;
    all = Band.all(x.shape.height());
  }

  void scheduleForward(int time) {
    x.touchValue(time);
  }

  void scheduleAlong(int time) {
    scheduleForward(time);
    x.touchAlong(time);
  }

  void scheduleBackward(int time, boolean along) {
    scheduleForward(time);
    if (along) {
      scheduleAlong(time);
    }
    if (x.hasGradient) {
      accumulate = x.contribute(time);
    }
  }

  private boolean isView(int rows, int columns, Affine value) {
    return !rectify && value.isStored() && Math.max(rows, columns) <= value.x[0].pad;
  }

  /**
   * Points at the padded value of a block: at its first zero, {@code rows} above and {@code
   * columns} left of the first pixel. What does not lie in memory like that is written to {@code
   * at}, where {@link #clear} has been.
   */
  Plane padded(Run run, Scratch s, int image, int block, int at, int rows, int columns, Plane out) {
    if (isView(rows, columns, x.value)) {
      return corner(x.stored().point(out, image, block), rows, columns);
    }
    run.combine(s, x.value, image, block, rectify, inside(s, at, rows, columns, run.lanes, out));
    return corner(out, rows, columns);
  }

  /** Writes the value of some rows of a block as columns of a matrix. */
  void columns(Run run, Scratch s, int image, int block, Band band, Plane to) {
    run.combine(s, x.value, image, block, rectify, to, band);
  }

  /** Writes the tangent of {@code value}, which is what {@link #columns} gave. */
  void columnsAlong(
      Run run, Scratch s, int image, int block, Band band, Plane value, int spare, Plane to) {
    if (!rectify) {
      run.combine(s, x.along(), image, block, false, to, band);
      return;
    }
    Plane tangent = s.d.set(s.floats, spare, x.shape.width() * run.lanes, run.lanes);
    run.combine(s, x.along(), image, block, false, tangent, band);
    run.kernels.rectified(value, tangent, false, to, band.rows(), x.shape.width());
  }

  /** Points at something that is positive just where the value of a block is, without padding. */
  Plane mask(Run run, Scratch s, int image, int block, int at, int rows, int columns, Plane out) {
    if (x.value.isStored()) {
      return x.stored().point(out, image, block);
    }
    return inner(padded(run, s, image, block, at, rows, columns, out), rows, columns);
  }

  /** The tangent of {@code value}, which is what {@link #padded} gave. */
  Plane paddedAlong(
      Run run,
      Scratch s,
      int image,
      int block,
      Plane value,
      int at,
      int spare,
      int rows,
      int columns,
      Plane out) {
    Affine along = x.along();
    if (isView(rows, columns, along)) {
      return corner(along.x[0].point(out, image, block), rows, columns);
    }
    inside(s, at, rows, columns, run.lanes, out);
    Plane mask = inner(value, rows, columns);
    columnsAlong(run, s, image, block, all, mask, spare, out);
    corner(value, rows, columns);
    return corner(out, rows, columns);
  }

  /** Clears around where {@link #padded} writes. */
  void clear(Scratch s, int at, int rows, int columns) {
    int h = x.shape.height();
    int w = x.shape.width();
    Padding.clear(s.floats, at, h, w, rows, rows, columns, columns, x.channels.lanes());
  }

  private Plane inside(Scratch s, int at, int rows, int columns, int lanes, Plane out) {
    int row = (x.shape.width() + 2 * columns) * lanes;
    return inner(out.set(s.floats, at, row, lanes), rows, columns);
  }

  /** Moves a view from its padding to the first pixel. */
  static Plane inner(Plane p, int rows, int columns) {
    return p.at(p.at() + rows * p.row() + columns * p.pixel());
  }

  private static Plane corner(Plane p, int rows, int columns) {
    return inner(p, -rows, -columns);
  }

  /** Whether there is a gradient to add to. */
  boolean accumulate() {
    return accumulate;
  }

  /** Points at where a block's gradient goes, or its derivative. */
  Plane target(int image, int block, boolean along, Plane p) {
    return (along ? x.targetAlong() : x.target()).point(p, image, block);
  }

  /**
   * Adds some rows of a block's gradient.
   *
   * @param value these rows of the block's value: where it is not positive, nothing passes
   */
  void give(
      Run run,
      Scratch s,
      int image,
      int block,
      Band band,
      Plane value,
      Plane g,
      boolean along,
      Plane spare) {
    Plane to = band.of(target(image, block, along, spare));
    add(run, s, value, g, accumulate, to, band.rows(), x.shape.width());
  }

  /** Adds a part of a gradient where it belongs, or writes it there. */
  void add(
      Run run,
      Scratch s,
      Plane value,
      Plane g,
      boolean accumulate,
      Plane to,
      int rows,
      int columns) {
    if (rectify) {
      run.kernels.rectified(value, g, accumulate, to, rows, columns);
    } else if (accumulate) {
      run.kernels.combine(s.list(to, g), 2, run.add, 0, false, to, rows, columns);
    } else {
      run.kernels.combine(s.list(g), 1, run.copy, 0, false, to, rows, columns);
    }
  }

  /** After an image's whole gradient: measures it for the batch norm that it belongs to. */
  void measure(Run run, int base, int image, boolean along, Scratch s) {
    if (x.measuredByUser && run.needs(x)) {
      Present.of(x.norm).measureGradient(run, base, image, along, s);
    }
  }

  /** After all images. */
  void finish(Run run, int base, boolean along) {
    if (x.measuredByUser && run.needs(x)) {
      if (along) {
        Present.of(x.norm).finishGradientAlong(run, base, 1, 0);
      } else {
        Present.of(x.norm).finishGradient(run, base, 1);
      }
    }
  }

  /** Sums that {@link #measure} needs for a batch. */
  int sums(int batch, boolean along) {
    return x.measuredByUser ? (along ? 3 : 1) * batch * Norm.sumsPerImage(x.value.x[0]) : 0;
  }
}
