package io.github.oche.bilevel.problems;

/** Products with small matrices that lie row by row in an array, in one fixed order of addition. */
final class Rows {
  private Rows() {}

  /** The inner product of {@code count} entries, from i of a and from j of b. */
  static double dot(double[] a, int i, double[] b, int j, int count) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int k = 0;
    for (; k + 3 < count; k += 4) { // four sums, which need not wait for each other
      s0 += a[i + k] * b[j + k];
      s1 += a[i + k + 1] * b[j + k + 1];
      s2 += a[i + k + 2] * b[j + k + 2];
      s3 += a[i + k + 3] * b[j + k + 3];
    }
    for (; k < count; k++) {
      s0 += a[i + k] * b[j + k];
    }
    return s0 + s1 + (s2 + s3);
  }

  /** Adds a multiple of {@code count} entries, from i of a, to those from j on. */
  static void add(double factor, double[] a, int i, double[] to, int j, int count) {
    for (int k = 0; k < count; k++) {
      to[j + k] += factor * a[i + k];
    }
  }

  /** to = M v. */
  static void multiply(double[] m, int at, double[] v, double[] to) {
    for (int o = 0; o < to.length; o++) {
      to[o] = dot(m, at + o * v.length, v, 0, v.length);
    }
  }

  /** Adds M' v. */
  static void addTransposed(double[] m, int at, double[] v, double[] to) {
    for (int o = 0; o < v.length; o++) {
      add(v[o], m, at + o * to.length, to, 0, to.length);
    }
  }

  /** Adds a b'. */
  static void addOuter(double[] a, double[] b, double[] to, int at) {
    for (int o = 0; o < a.length; o++) {
      add(a[o], b, 0, to, at + o * b.length, b.length);
    }
  }
}
