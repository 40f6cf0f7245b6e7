package io.github.oche.engine;

/** Numbers and their derivatives along a direction: what is done to one is done to both. */
final class Dual {
  final double[] value;
  final double[] along;

  Dual(int size) {
    this(new double[size], new double[size]);
  }

  Dual(double[] value, double[] along) {
    this.value = value;
    this.along = along;
  }

  static Dual of(float[] value, float[] along) {
    Dual d = new Dual(value.length);
    for (int i = 0; i < value.length; i++) {
      d.value[i] = value[i];
      d.along[i] = along.length == 0 ? 0 : along[i];
    }
    return d;
  }

  Scalar get(int i) {
    return new Scalar(value[i], along[i]);
  }

  void set(int i, Scalar x) {
    value[i] = x.value;
    along[i] = x.along;
  }

  void add(int i, Scalar x) {
    value[i] += x.value;
    along[i] += x.along;
  }

  /** Adds a[j] * b[k] to number i. */
  void addProduct(int i, Dual a, int j, Dual b, int k) {
    value[i] += a.value[j] * b.value[k];
    along[i] += a.along[j] * b.value[k] + a.value[j] * b.along[k];
  }

  /** One number and its derivative. */
  record Scalar(double value, double along) {
    static final Scalar ZERO = new Scalar(0, 0);

    Scalar plus(Scalar x) {
      return new Scalar(value + x.value, along + x.along);
    }

    Scalar minus(Scalar x) {
      return new Scalar(value - x.value, along - x.along);
    }

    Scalar times(Scalar x) {
      return new Scalar(value * x.value, along * x.value + value * x.along);
    }

    Scalar times(double factor) {
      return new Scalar(value * factor, along * factor);
    }

    Scalar exp() {
      double e = StrictMath.exp(value);
      return new Scalar(e, e * along);
    }

    Scalar log() {
      return new Scalar(StrictMath.log(value), along / value);
    }

    /** 1 / sqrt(x). */
    Scalar inverseRoot() {
      double r = 1 / Math.sqrt(value);
      return new Scalar(r, -0.5 * r * r * r * along);
    }
  }
}
