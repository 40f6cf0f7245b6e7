package io.github.oche.bilevel;

import io.github.oche.bilevel.problems.ClosedForm;

/**
 * A problem that is quadratic in nothing and has all cross derivatives, of three upper and two
 * lower variables: sums of {@code s^2/2 + sin s} over linear forms s of (x, y).
 */
final class Waves {
  private static final double[][] UPPER = {
    {0.3, -0.2, 0.5, 0.8, -0.4}, {-0.6, 0.1, 0.2, 0.3, 0.9}, {0.2, 0.7, -0.3, -0.5, 0.6}
  };
  private static final double[][] LOWER = {
    {0.7, 0.4, -0.1, 1.1, 0.2}, {-0.2, 0.5, 0.6, -0.3, 0.9}, {0.4, -0.8, 0.3, 0.5, 0.7}
  };

  private Waves() {}

  static BilevelProblem problem() {
    return new BilevelProblem(objective(UPPER), objective(LOWER));
  }

  private static ClosedForm objective(double[][] forms) {
    return new ClosedForm(
        (x, y) -> {
          double sum = 0;
          for (double[] form : forms) {
            double s = dot(form, x, y);
            sum += 0.5 * s * s + Math.sin(s);
          }
          return sum;
        },
        (x, y) -> gradient(forms, x, y, 0, x.length),
        (x, y) -> gradient(forms, x, y, x.length, y.length),
        (x, y, dx, dy) ->
            new double[][] {
              product(forms, x, y, dx, dy, 0, x.length),
              product(forms, x, y, dx, dy, x.length, y.length)
            });
  }

  private static double[] gradient(double[][] forms, double[] x, double[] y, int from, int length) {
    double[] sum = new double[length];
    for (double[] form : forms) {
      double s = dot(form, x, y);
      for (int i = 0; i < length; i++) {
        sum[i] += (s + Math.cos(s)) * form[from + i];
      }
    }
    return sum;
  }

  private static double[] product(
      double[][] forms, double[] x, double[] y, double[] dx, double[] dy, int from, int length) {
    double[] sum = new double[length];
    for (double[] form : forms) {
      double along = (1 - Math.sin(dot(form, x, y))) * dot(form, dx, dy);
      for (int i = 0; i < length; i++) {
        sum[i] += along * form[from + i];
      }
    }
    return sum;
  }

  private static double dot(double[] form, double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += form[i] * x[i];
    }
    for (int i = 0; i < y.length; i++) {
      sum += form[x.length + i] * y[i];
    }
    return sum;
  }
}
