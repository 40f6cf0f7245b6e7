package io.github.oche.bilevel.problems;

import io.github.oche.bilevel.BilevelProblem;

/**
 * Ridge regression whose penalty is the upper variable, the golden problem of the solvers: two
 * weights, four training rows, three validation rows.
 *
 * <pre>{@code
 * f(x, y) = ||X y - b||^2 / 8 + exp(x) ||y||^2 / 2        F(y) = ||V y - c||^2 / 6
 * y*(x) = (t, t),  t = 0.75 / (1.25 + exp(x))             x* = ln(7/16),  phi* = 17/216
 * phi'(x) = -(3 t - 4/3) exp(x) t / (1.25 + exp(x))
 * }</pre>
 */
public final class Ridge {
  /** Where phi is least: ln(7/16). */
  public static final double SOLUTION = Math.log(7.0 / 16);

  private static final double[][] X = {{1, 0}, {0, 2}, {1, 1}, {2, -1}};
  private static final double[] B = {1, 2, 0, 1};
  private static final double[][] V = {{1, 1}, {0, 1}, {2, 0}};
  private static final double[] C = {1, 1, 0.5};
  private static final double[][] A = {{1.5, -0.25}, {-0.25, 1.5}}; // X'X / 4
  private static final double[] R = {0.75, 0.75}; // X'b / 4
  private static final double[][] VV = {{5.0 / 3, 1.0 / 3}, {1.0 / 3, 2.0 / 3}}; // V'V / 3
  private static final double[] VC = {2.0 / 3, 2.0 / 3}; // V'c / 3

  private Ridge() {}

  /**
   * The problem; x has one entry, y has two, both {@code DOUBLE}.
   *
   * @return both objectives with exact products
   */
  public static BilevelProblem problem() {
    return new BilevelProblem(upper(), lower());
  }

  private static ClosedForm upper() {
    return new ClosedForm(
        (x, y) -> squares(V, C, y) / 6,
        (x, y) -> new double[1],
        (x, y) -> affine(VV, 0, y, VC),
        (x, y, dx, dy) -> new double[][] {{0}, affine(VV, 0, dy, new double[2])});
  }

  private static ClosedForm lower() {
    return new ClosedForm(
        (x, y) -> squares(X, B, y) / 8 + 0.5 * Math.exp(x[0]) * dot(y, y),
        (x, y) -> new double[] {0.5 * Math.exp(x[0]) * dot(y, y)},
        (x, y) -> affine(A, Math.exp(x[0]), y, R),
        (x, y, dx, dy) -> {
          double e = Math.exp(x[0]);
          double[] h = affine(A, e, dy, new double[2]);
          h[0] += e * y[0] * dx[0];
          h[1] += e * y[1] * dx[0];
          return new double[][] {{0.5 * e * dot(y, y) * dx[0] + e * dot(y, dy)}, h};
        });
  }

  /** (m + shift I) v - r. */
  private static double[] affine(double[][] m, double shift, double[] v, double[] r) {
    double[] result = new double[2];
    for (int i = 0; i < 2; i++) {
      result[i] = m[i][0] * v[0] + m[i][1] * v[1] + shift * v[i] - r[i];
    }
    return result;
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1];
  }

  private static double squares(double[][] m, double[] b, double[] y) {
    double sum = 0;
    for (int i = 0; i < m.length; i++) {
      double r = dot(m[i], y) - b[i];
      sum += r * r;
    }
    return sum;
  }
}
