package io.github.oche.bilevel.problems;

import io.github.oche.bilevel.BilevelProblem;

/**
 * The smallest data hyper-cleaning: three training values a = (1, 2, 10), each with a weight by the
 * sigmoid s of its own upper entry, and one clean validation value c = 1.5:
 *
 * <pre>{@code
 * f = sum s(x_i) (y - a_i)^2 / 2        F = (y - c)^2 / 2
 * y*(x) = sum s(x_i) a_i / sum s(x_i)
 * phi'(x)_i = (y* - c) s'(x_i) (a_i - y*) / sum s(x_i)
 * }</pre>
 *
 * <p>At x = 0 y* is 13/3 and phi' = (-1.574074, -1.101852, 2.675926): the outlier's weight goes
 * down, the others' up.
 */
public final class HyperCleaningExample {
  private static final double[] A = {1, 2, 10};
  private static final double C = 1.5;

  private HyperCleaningExample() {}

  /**
   * The problem; x has three entries, y has one, both {@code DOUBLE}.
   *
   * @return both objectives with exact products
   */
  public static BilevelProblem problem() {
    ClosedForm upper =
        new ClosedForm(
            (x, y) -> 0.5 * (y[0] - C) * (y[0] - C),
            (x, y) -> new double[3],
            (x, y) -> new double[] {y[0] - C},
            (x, y, dx, dy) -> new double[][] {new double[3], {dy[0]}});
    return new BilevelProblem(upper, lower());
  }

  private static ClosedForm lower() {
    return new ClosedForm(
        (x, y) -> {
          double sum = 0;
          for (int i = 0; i < 3; i++) {
            sum += 0.5 * weight(x[i]) * (y[0] - A[i]) * (y[0] - A[i]);
          }
          return sum;
        },
        (x, y) -> {
          double[] byX = new double[3];
          for (int i = 0; i < 3; i++) {
            double s = weight(x[i]);
            byX[i] = 0.5 * s * (1 - s) * (y[0] - A[i]) * (y[0] - A[i]);
          }
          return byX;
        },
        (x, y) -> {
          double sum = 0;
          for (int i = 0; i < 3; i++) {
            sum += weight(x[i]) * (y[0] - A[i]);
          }
          return new double[] {sum};
        },
        (x, y, dx, dy) -> {
          double[] byX = new double[3];
          double byY = 0;
          for (int i = 0; i < 3; i++) {
            double s = weight(x[i]);
            double slope = s * (1 - s);
            double away = y[0] - A[i];
            byX[i] = 0.5 * slope * (1 - 2 * s) * away * away * dx[i] + slope * away * dy[0];
            byY += s * dy[0] + slope * away * dx[i];
          }
          return new double[][] {byX, {byY}};
        });
  }

  /**
   * The hypergradient in closed form.
   *
   * @param x three entries
   * @return {@code phi'(x)}
   */
  public static double[] hypergradient(double... x) {
    double weights = 0;
    double weighted = 0;
    for (int i = 0; i < 3; i++) {
      weights += weight(x[i]);
      weighted += weight(x[i]) * A[i];
    }
    double y = weighted / weights;
    double[] h = new double[3];
    for (int i = 0; i < 3; i++) {
      double s = weight(x[i]);
      h[i] = (y - C) * s * (1 - s) * (A[i] - y) / weights;
    }
    return h;
  }

  /**
   * The weight of a training value.
   *
   * @param x its upper entry
   * @return {@code s(x)}, from 0 to 1
   */
  public static double weight(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
