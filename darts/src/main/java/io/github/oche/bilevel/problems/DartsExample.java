package io.github.oche.bilevel.problems;

import io.github.oche.bilevel.BilevelProblem;

/**
 * The example of figure 2 of the DARTS paper: {@code F = x y - 2 x + 1}, {@code f = (y - x)^2},
 * with the solution x = y = 1 and {@code phi'(x) = 2 x - 2}. The one-stage method has its fixed
 * point at {@code 2 / (1 + 2 xi)}: first order, xi = 0, stays at 2.
 *
 * @see <a href="https://arxiv.org/abs/1806.09055">Liu, Simonyan and Yang (2019), DARTS, figure
 *     2</a>
 */
public final class DartsExample {
  private DartsExample() {}

  /**
   * The problem; x and y have one entry, {@code DOUBLE}.
   *
   * @return both objectives with exact products
   */
  public static BilevelProblem problem() {
    ClosedForm upper =
        new ClosedForm(
            (x, y) -> x[0] * y[0] - 2 * x[0] + 1,
            (x, y) -> new double[] {y[0] - 2},
            (x, y) -> new double[] {x[0]},
            (x, y, dx, dy) -> new double[][] {{dy[0]}, {dx[0]}});
    ClosedForm lower =
        new ClosedForm(
            (x, y) -> (y[0] - x[0]) * (y[0] - x[0]),
            (x, y) -> new double[] {2 * (x[0] - y[0])},
            (x, y) -> new double[] {2 * (y[0] - x[0])},
            (x, y, dx, dy) -> new double[][] {{2 * (dx[0] - dy[0])}, {2 * (dy[0] - dx[0])}});
    return new BilevelProblem(upper, lower);
  }
}
