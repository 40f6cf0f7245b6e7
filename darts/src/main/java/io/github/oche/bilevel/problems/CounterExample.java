package io.github.oche.bilevel.problems;

import io.github.oche.bilevel.BilevelProblem;
import io.github.oche.bilevel.Projection;

/**
 * A lower level with many solutions, which tells the families apart:
 *
 * <pre>{@code
 * F(x, y) = (x - y2)^2 / 2 + (y1 - 1)^2 / 2        f(x, y) = y1^2 / 2 - x y1        x in [-100, 100]
 * }</pre>
 *
 * <p>Every y with y1 = x solves the lower level, whose Hessian diag(1, 0) is singular; the solution
 * is x = 1, y = (1, 1), F = 0. Methods that differentiate the lower level alone never move y2.
 *
 * @see "Liu et al. (2020), A generic first-order algorithmic framework for bi-level programming
 *     beyond lower-level singleton, example 1"
 */
public final class CounterExample {
  private CounterExample() {}

  /**
   * The problem; x has one entry, y has two, both {@code DOUBLE}.
   *
   * @return both objectives with exact products
   */
  public static BilevelProblem problem() {
    ClosedForm upper =
        new ClosedForm(
            (x, y) -> 0.5 * (x[0] - y[1]) * (x[0] - y[1]) + 0.5 * (y[0] - 1) * (y[0] - 1),
            (x, y) -> new double[] {x[0] - y[1]},
            (x, y) -> new double[] {y[0] - 1, y[1] - x[0]},
            (x, y, dx, dy) -> new double[][] {{dx[0] - dy[1]}, {dy[0], dy[1] - dx[0]}});
    ClosedForm lower =
        new ClosedForm(
            (x, y) -> 0.5 * y[0] * y[0] - x[0] * y[0],
            (x, y) -> new double[] {-y[0]},
            (x, y) -> new double[] {y[0] - x[0], 0},
            (x, y, dx, dy) -> new double[][] {{-dy[0]}, {dy[0] - dx[0], 0}});
    return new BilevelProblem(upper, lower, Projection.box(-100, 100), Projection.NONE);
  }
}
