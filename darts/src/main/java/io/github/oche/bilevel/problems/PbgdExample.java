package io.github.oche.bilevel.problems;

import io.github.oche.bilevel.BilevelProblem;
import io.github.oche.bilevel.Projection;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A lower level that is not convex but satisfies the Polyak-Lojasiewicz inequality:
 *
 * <pre>{@code
 * F = cos(4 y + 2) / (1 + exp(2 - 4 x)) + ln((4 x - 2)^2 + 1) / 2
 * f = (x + y)^2 + x sin(x + y)^2                                        x in [0, 3]
 * }</pre>
 *
 * <p>The lower solution is y = -x. {@code phi(x) = F(x, -x)} has its local minima at 0.38236,
 * 1.215145 (the least, 0.1999109) and 2.829642.
 *
 * @see "Shen and Chen (2023), On penalty-based bilevel gradient descent method"
 */
public final class PbgdExample {
  private PbgdExample() {}

  /**
   * The problem; x and y have one entry, {@code DOUBLE}.
   *
   * @return both objectives with exact products
   */
  public static BilevelProblem problem() {
    return new BilevelProblem(upper(), lower(), Projection.box(0, 3), Projection.NONE);
  }

  /**
   * The upper objective at the lower solution.
   *
   * @param x upper variable
   * @return {@code phi(x) = F(x, -x)}
   */
  public static double phi(double x) {
    return upper().value(Nd4j.createFromArray(x), Nd4j.createFromArray(-x));
  }

  /**
   * Minimisation of {@code y} over the minimiser of {@code y^2}: a penalty of weight gamma on the
   * value gap gives {@code y = -1 / (2 gamma)} instead of 0. x has no influence.
   *
   * @return both objectives with exact products
   */
  public static BilevelProblem tight() {
    return new BilevelProblem(
        ofY((y, order) -> order == 0 ? y : order == 1 ? 1 : 0),
        ofY((y, order) -> order == 0 ? y * y : order == 1 ? 2 * y : 2));
  }

  /**
   * {@code F = sin(y - 2 pi / 3)^2}, {@code f = y^2 + 2 sin(y)^2}: the solution is y = 0, but a
   * penalty on the norm of the gradient of f has a stationary point at y = 2 pi / 3 whatever its
   * weight, since the second derivative of f is zero there. x has no influence.
   *
   * @return both objectives with exact products
   */
  public static BilevelProblem spurious() {
    double third = 2 * Math.PI / 3;
    return new BilevelProblem(
        ofY(
            (y, order) ->
                switch (order) {
                  case 0 -> Math.pow(Math.sin(y - third), 2);
                  case 1 -> Math.sin(2 * (y - third));
                  default -> 2 * Math.cos(2 * (y - third));
                }),
        ofY(
            (y, order) ->
                switch (order) {
                  case 0 -> y * y + 2 * Math.pow(Math.sin(y), 2);
                  case 1 -> 2 * y + 2 * Math.sin(2 * y);
                  default -> 2 + 4 * Math.cos(2 * y);
                }));
  }

  private interface Derivative {
    double of(double y, int order);
  }

  private static ClosedForm ofY(Derivative d) {
    return new ClosedForm(
        (x, y) -> d.of(y[0], 0),
        (x, y) -> new double[1],
        (x, y) -> new double[] {d.of(y[0], 1)},
        (x, y, dx, dy) -> new double[][] {{0}, {d.of(y[0], 2) * dy[0]}});
  }

  private static ClosedForm upper() {
    return new ClosedForm(
        (x, y) -> Math.cos(4 * y[0] + 2) * sigmoid(x[0]) + 0.5 * Math.log(square(4 * x[0] - 2) + 1),
        (x, y) -> {
          double s = sigmoid(x[0]);
          double u = 4 * x[0] - 2;
          return new double[] {Math.cos(4 * y[0] + 2) * 4 * s * (1 - s) + 4 * u / (square(u) + 1)};
        },
        (x, y) -> new double[] {-4 * Math.sin(4 * y[0] + 2) * sigmoid(x[0])},
        (x, y, dx, dy) -> {
          double s = sigmoid(x[0]);
          double ds = 4 * s * (1 - s);
          double u = 4 * x[0] - 2;
          double cos = Math.cos(4 * y[0] + 2);
          double sin = Math.sin(4 * y[0] + 2);
          double xx = cos * 4 * ds * (1 - 2 * s) + 16 * (1 - square(u)) / square(square(u) + 1);
          double xy = -4 * sin * ds;
          double yy = -16 * cos * s;
          return new double[][] {{xx * dx[0] + xy * dy[0]}, {xy * dx[0] + yy * dy[0]}};
        });
  }

  private static ClosedForm lower() {
    return new ClosedForm(
        (x, y) -> square(x[0] + y[0]) + x[0] * square(Math.sin(x[0] + y[0])),
        (x, y) -> {
          double s = x[0] + y[0];
          return new double[] {2 * s + square(Math.sin(s)) + x[0] * Math.sin(2 * s)};
        },
        (x, y) -> {
          double s = x[0] + y[0];
          return new double[] {2 * s + x[0] * Math.sin(2 * s)};
        },
        (x, y, dx, dy) -> {
          double s = x[0] + y[0];
          double yy = 2 + 2 * x[0] * Math.cos(2 * s);
          double xy = yy + Math.sin(2 * s);
          double xx = xy + Math.sin(2 * s);
          return new double[][] {{xx * dx[0] + xy * dy[0]}, {xy * dx[0] + yy * dy[0]}};
        });
  }

  /** 1 / (1 + exp(2 - 4 x)). */
  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(2 - 4 * x));
  }

  private static double square(double v) {
    return v * v;
  }
}
