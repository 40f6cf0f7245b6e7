package io.github.oche.engine;

import io.github.oche.engine.kernel.Plane;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Batch norm of a stored tensor z: y = s z + t with s = scale / sigma and t = bias - s mean, a
 * channel at a time. Nothing but the coefficients is computed here; whoever reads y, its tangent or
 * the gradient of z combines stored tensors with them.
 *
 * <p>With r = 1 / sigma, n values a channel and g the gradient of y:
 *
 * <pre>
 * gradient of z     = A g + B z + C,   A = scale r,  B = -scale r^2 q,  C = -scale r p - B mean
 *                     where p = (sum g) / n,  q = r (sum g z - mean sum g) / n
 * gradient of scale = n q,  of bias = n p
 * </pre>
 *
 * <p>and everything differentiated once more along a direction.
 */
final class Norm {
  static final double EPSILON = 1e-5;
  private static final double MOMENTUM = 0.1;

  /** Below this part of the squared mean, the difference of sums has lost too many digits. */
  private static final double CANCELLED = 0.01;

  final Op.BatchNorm op;
  final Tensor x;
  final Storage z;
  final @Nullable Storage zAlong;

  /** y = s z + t. */
  final Affine value;

  /** The derivative of y: s dz + u z + v. */
  final @Nullable Affine along;

  /** Gradient of y that users add to. */
  final @Nullable Storage target;

  final @Nullable Storage targetAlong;

  /** Gradient of z, from the gradient of y (or of the sum that y is a term of) and z. */
  @Nullable Affine gradient;

  /** Its derivative: streams g, dg, z, dz. */
  @Nullable Affine gradientAlong;

  private final int channels;
  private final double[] mean;
  private final double[] inverse;
  private final double[] meanAlong;
  private final double[] inverseAlong;

  Norm(Op.BatchNorm op, Tensor x, @Nullable Storage target, @Nullable Storage targetAlong) {
    this.op = op;
    this.x = x;
    this.z = x.stored();
    this.zAlong = x.along == null ? null : x.along.x[0];
    this.target = target;
    this.targetAlong = targetAlong;
    this.channels = z.channels;
    value = new Affine(z);
    along = zAlong == null ? null : new Affine(zAlong, z);
    mean = new double[channels];
    inverse = new double[channels];
    meanAlong = new double[channels];
    inverseAlong = new double[channels];
    if (target != null) {
      gradientFrom(target, targetAlong);
    }
  }

  /** Says whose gradient stands for that of y: its own, or that of the sum it is a term of. */
  void gradientFrom(Storage g, @Nullable Storage gAlong) {
    gradient = new Affine(g, z);
    gradientAlong = gAlong == null || zAlong == null ? null : new Affine(g, gAlong, z, zAlong);
  }

  /** Bytes of its coefficients. */
  long bytes() {
    return 4L * Double.BYTES * channels
        + Affine.bytes(value)
        + Affine.bytes(along)
        + Affine.bytes(gradient)
        + Affine.bytes(gradientAlong);
  }

  /** Measures an image of z at {@code base}; {@link #finish} comes after all of them. */
  void measure(Run run, int base, int image, Scratch s) {
    moments(run, base, z, z, image, s);
  }

  static void moments(Run run, int base, Storage x, Storage y, int image, Scratch s) {
    int at = run.sumsAt(base, x.blocks, image);
    Arrays.fill(run.sums, at, at + x.blocks * 2 * run.lanes, 0);
    for (int b = 0; b < x.blocks; b++) {
      Plane p = x.point(s.a, image, b);
      Plane q = y.point(s.b, image, b);
      run.kernels.moments(p, q, x.height, x.width, run.sums, at + b * 2 * run.lanes);
    }
  }

  private double values(Run run) {
    return (double) run.count * z.height * z.width;
  }

  private double scale(float[] w, int channel) {
    return op.scale() == null ? 1 : w[op.scale().offset() + channel];
  }

  private static double at(float[] w, @Nullable Parameter p, int channel) {
    return p == null || w.length == 0 ? 0 : w[p.offset() + channel];
  }

  /**
   * Turns what was measured into coefficients, and in training updates the running statistics; in
   * evaluation takes those instead.
   */
  void finish(Run run, int base) {
    if (!run.readsBatch()) {
      finishFromStatistics(run);
      return;
    }
    double n = values(run);
    for (int c = 0; c < channels; c++) {
      double m = run.sum(base, z.blocks, c, 0) / n;
      double variance = run.sum(base, z.blocks, c, 1) / n - m * m;
      if (variance < CANCELLED * m * m) {
        variance = variance(run, c, m);
      }
      if (run.mode == Network.Mode.TRAINING) {
        update(run.statistics, op.mean().offset() + c, m);
        update(run.statistics, op.variance().offset() + c, variance * n / Math.max(1, n - 1));
      }
      set(run, c, m, 1 / Math.sqrt(variance + EPSILON));
    }
  }

  /** The variance of a channel far from zero, by a second pass. */
  private double variance(Run run, int channel, double mean) {
    double sum = 0;
    for (int image = 0; image < run.count; image++) {
      for (int r = 0; r < z.height; r++) {
        int at = z.at(image, channel) + r * z.row;
        for (int i = 0; i < z.width; i++) {
          double d = z.buffer.data[at + i * z.lanes] - mean;
          sum += d * d;
        }
      }
    }
    return sum / values(run);
  }

  private static void update(float[] statistics, int i, double measured) {
    statistics[i] = (float) ((1 - MOMENTUM) * statistics[i] + MOMENTUM * measured);
  }

  private void finishFromStatistics(Run run) {
    for (int c = 0; c < channels; c++) {
      double variance = run.statistics[op.variance().offset() + c];
      set(run, c, run.statistics[op.mean().offset() + c], 1 / Math.sqrt(variance + EPSILON));
    }
  }

  private void set(Run run, int c, double m, double r) {
    mean[c] = m;
    inverse[c] = r;
    double s = scale(run.w, c) * r;
    value.set(0, c, s);
    value.set(1, c, at(run.w, op.bias(), c) - s * m);
  }

  /** Measures an image of z and its tangent; {@link #finishAlong} comes after all of them. */
  void measureAlong(Run run, int base, int image, Scratch s) {
    moments(run, base, Present.of(zAlong), z, image, s);
  }

  void finishAlong(Run run, int base) {
    double n = values(run);
    Affine a = Present.of(along);
    for (int c = 0; c < channels; c++) {
      double dm = run.sum(base, z.blocks, c, 0) / n;
      double dv = 2 * (run.sum(base, z.blocks, c, 1) / n - mean[c] * dm);
      double r = inverse[c];
      double dr = -0.5 * r * r * r * dv;
      meanAlong[c] = dm;
      inverseAlong[c] = dr;
      double scale = scale(run.w, c);
      double s = scale * r;
      double u = scale * dr + at(run.dw, op.scale(), c) * r;
      a.set(0, c, s);
      a.set(1, c, u);
      a.set(2, c, at(run.dw, op.bias(), c) - u * mean[c] - s * dm);
    }
  }

  /** How many doubles of sums a backward measurement takes for an image. */
  static int sumsPerImage(Storage z) {
    return z.blocks * 2 * z.lanes;
  }

  /**
   * Measures an image of the gradient of y, at {@code base}; along a direction two more sets follow
   * it.
   */
  void measureGradient(Run run, int base, int image, boolean direction, Scratch s) {
    Affine g = Present.of(gradient);
    moments(run, base, g.x[0], z, image, s);
    if (direction) {
      int set = run.count * sumsPerImage(z);
      moments(run, base + set, Present.of(gradientAlong).x[1], z, image, s);
      moments(run, base + 2 * set, g.x[0], Present.of(zAlong), image, s);
    }
  }

  /** Sets the coefficients of the gradient of z where y is used with this weight. */
  void finishGradient(Run run, int base, double weight) {
    double n = values(run);
    Affine g = Present.of(gradient);
    for (int c = 0; c < channels; c++) {
      double s0 = weight * run.sum(base, z.blocks, c, 0);
      double s1 = weight * run.sum(base, z.blocks, c, 1);
      double r = inverse[c];
      double scale = scale(run.w, c);
      double p = s0 / n;
      double q = r * (s1 - mean[c] * s0) / n;
      double b = -scale * r * r * q;
      g.set(0, c, scale * r * weight);
      g.set(1, c, b);
      g.set(2, c, -scale * r * p - b * mean[c]);
      if (run.wantWeights) {
        give(run, op.scale(), c, n * q);
        give(run, op.bias(), c, s0);
      }
    }
  }

  /** The same along a direction, in which the weight moves by {@code dweight}. */
  void finishGradientAlong(Run run, int base, double weight, double dweight) {
    double n = values(run);
    int set = run.count * sumsPerImage(z);
    Affine g = Present.of(gradient);
    Affine dg = Present.of(gradientAlong);
    for (int c = 0; c < channels; c++) {
      double sg = run.sum(base, z.blocks, c, 0);
      double sgz = run.sum(base, z.blocks, c, 1);
      double s0 = weight * sg;
      double s1 = weight * sgz;
      double ds0 = weight * run.sum(base + set, z.blocks, c, 0) + dweight * sg;
      double ds1 =
          weight * (run.sum(base + set, z.blocks, c, 1) + run.sum(base + 2 * set, z.blocks, c, 1))
              + dweight * sgz;
      double m = mean[c];
      double dm = meanAlong[c];
      double r = inverse[c];
      double dr = inverseAlong[c];
      double scale = scale(run.w, c);
      double dscale = at(run.dw, op.scale(), c);
      double p = s0 / n;
      double dp = ds0 / n;
      double q = r * (s1 - m * s0) / n;
      double dq = (dr * (s1 - m * s0) + r * (ds1 - dm * s0 - m * ds0)) / n;
      double a = scale * r;
      double da = dscale * r + scale * dr;
      double b = -scale * r * r * q;
      double db = -(dscale * r * r + 2 * scale * r * dr) * q - scale * r * r * dq;
      g.set(0, c, a * weight);
      g.set(1, c, b);
      g.set(2, c, -a * p - b * m);
      dg.set(0, c, da * weight + a * dweight);
      dg.set(1, c, a * weight);
      dg.set(2, c, db);
      dg.set(3, c, b);
      dg.set(4, c, -da * p - a * dp - db * m - b * dm);
      if (run.wantWeights) {
        give(run, op.scale(), c, n * dq);
        give(run, op.bias(), c, ds0);
      }
    }
  }

  private static void give(Run run, @Nullable Parameter p, int channel, double value) {
    if (p != null) {
      run.weightGradient[p.offset() + channel] = (float) value;
    }
  }

  /** The gradient of a mixing weight: the inner product of the sum's gradient with y. */
  double product(Run run, int base) {
    double product = 0;
    for (int c = 0; c < channels; c++) {
      product +=
          value.get(0, c) * run.sum(base, z.blocks, c, 1)
              + value.get(1, c) * run.sum(base, z.blocks, c, 0);
    }
    return product;
  }

  /** Its derivative along a direction. */
  double productAlong(Run run, int base) {
    int set = run.count * sumsPerImage(z);
    Affine a = Present.of(along);
    double product = 0;
    for (int c = 0; c < channels; c++) {
      product +=
          value.get(0, c) * run.sum(base + set, z.blocks, c, 1)
              + value.get(1, c) * run.sum(base + set, z.blocks, c, 0)
              + a.get(0, c) * run.sum(base + 2 * set, z.blocks, c, 1)
              + a.get(1, c) * run.sum(base, z.blocks, c, 1)
              + a.get(2, c) * run.sum(base, z.blocks, c, 0);
    }
    return product;
  }
}
