package io.github.oche.bilevel;

/**
 * Ridge regression whose penalty is the upper variable: {@code f = ||X y - b||^2 / 8 + exp(x)
 * ||y||^2 / 2}, {@code F = ||V y - c||^2 / 6}, with two weights, four training and three validation
 * rows. {@code A = X'X/4}, {@code r = X'b/4}.
 */
final class Ridge {
  private static final double[][] A = {{1.5, -0.25}, {-0.25, 1.5}};
  private static final double[] R = {0.75, 0.75};
  private static final double[][] X = {{1, 0}, {0, 2}, {1, 1}, {2, -1}};
  private static final double[] B = {1, 2, 0, 1};
  private static final double[][] V = {{1, 1}, {0, 1}, {2, 0}};
  private static final double[] C = {1, 1, 0.5};

  private Ridge() {}

  static Closed upper() {
    return new Closed(
        (x, y) -> squares(V, C, y) / 6,
        (x, y) -> new double[] {0},
        (x, y) -> {
          double[] g = new double[2];
          for (int i = 0; i < V.length; i++) {
            double residual = V[i][0] * y[0] + V[i][1] * y[1] - C[i];
            g[0] += V[i][0] * residual / 3;
            g[1] += V[i][1] * residual / 3;
          }
          return g;
        },
        null);
  }

  static Closed lower(boolean exact) {
    return new Closed(
        (x, y) -> squares(X, B, y) / 8 + 0.5 * Math.exp(x[0]) * (y[0] * y[0] + y[1] * y[1]),
        (x, y) -> new double[] {0.5 * Math.exp(x[0]) * (y[0] * y[0] + y[1] * y[1])},
        (x, y) -> affine(x, y, -1),
        exact ? Ridge::along : null);
  }

  /** The lower step of the golden table: plain gradient descent of rate 0.4. */
  static double[] descend(double x, double[] y) {
    double[] g = affine(new double[] {x}, y, -1);
    return new double[] {y[0] - 0.4 * g[0], y[1] - 0.4 * g[1]};
  }

  private static double[][] along(double[] x, double[] y, double[] dx, double[] dy) {
    double e = Math.exp(x[0]);
    double[] hy = affine(x, dy, 0);
    return new double[][] {
      {0.5 * e * (y[0] * y[0] + y[1] * y[1]) * dx[0] + e * (y[0] * dy[0] + y[1] * dy[1])},
      {hy[0] + e * y[0] * dx[0], hy[1] + e * y[1] * dx[0]}
    };
  }

  /** (A + exp(x)) q + shift r. */
  private static double[] affine(double[] x, double[] q, double shift) {
    double[] h = new double[2];
    for (int i = 0; i < 2; i++) {
      h[i] = A[i][0] * q[0] + A[i][1] * q[1] + Math.exp(x[0]) * q[i] + shift * R[i];
    }
    return h;
  }

  private static double squares(double[][] m, double[] b, double[] y) {
    double sum = 0;
    for (int i = 0; i < m.length; i++) {
      double r = m[i][0] * y[0] + m[i][1] * y[1] - b[i];
      sum += r * r;
    }
    return sum;
  }
}
