package io.github.oche.darts;

/** Norms of long vectors whose bits depend on nothing but the vector. */
final class Norms {
  private Norms() {}

  static double of(float[] g) {
    double s0 = 0; // four sums at a time, whatever the machine
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < g.length; i += 4) {
      s0 += (double) g[i] * g[i];
      s1 += (double) g[i + 1] * g[i + 1];
      s2 += (double) g[i + 2] * g[i + 2];
      s3 += (double) g[i + 3] * g[i + 3];
    }
    for (; i < g.length; i++) {
      s0 += (double) g[i] * g[i];
    }
    return Math.sqrt((s0 + s1) + (s2 + s3));
  }
}
