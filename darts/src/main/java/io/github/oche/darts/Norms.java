package io.github.oche.darts;

/** Norms of long vectors whose bits depend on nothing but the vector. */
final class Norms {
  private static final int LANES = 16; // partial sums, whatever the machine

  private Norms() {}

  static double of(float[] g) {
    double[] sums = new double[LANES];
    int whole = g.length / LANES * LANES;
    for (int i = 0; i < whole; i += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        sums[lane] += (double) g[i + lane] * g[i + lane];
      }
    }
    for (int i = whole; i < g.length; i++) {
      sums[i - whole] += (double) g[i] * g[i];
    }
    for (int width = LANES / 2; width > 0; width /= 2) {
      for (int lane = 0; lane < width; lane++) {
        sums[lane] += sums[lane + width];
      }
    }
    return Math.sqrt(sums[0]);
  }
}
