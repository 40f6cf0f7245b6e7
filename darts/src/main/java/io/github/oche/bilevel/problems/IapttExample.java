package io.github.oche.bilevel.problems;

import io.github.oche.bilevel.BilevelProblem;
import io.github.oche.bilevel.Projection;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A lower level that is not convex: for each entry
 *
 * <pre>{@code
 * F = x + x y        f = -sin(x y)        x in [1, 10],  y in [-2, 2]
 * }</pre>
 *
 * <p>The solution of the box-constrained problem is {@code x* = 11 pi / 4, y* = -2} with {@code F =
 * -11 pi / 4} an entry: {@code x y = -11 pi / 2} is the least maximiser of the sine within reach.
 *
 * @see "Liu et al. (2021), Towards gradient-based bilevel optimization with non-convex followers
 *     and beyond"
 */
public final class IapttExample {
  /** Every entry of x at the solution: 11 pi / 4. */
  public static final double SOLUTION = 11 * Math.PI / 4;

  private IapttExample() {}

  /**
   * The problem; x and y have the same length, {@code DOUBLE}. Lower steps should be projected onto
   * [-2, 2] too, by {@link io.github.oche.bilevel.Projected}.
   *
   * @return both objectives with exact products, and both boxes
   */
  public static BilevelProblem problem() {
    return new BilevelProblem(upper(), lower(), Projection.box(1, 10), Projection.box(-2, 2));
  }

  private static ClosedForm upper() {
    return new ClosedForm(
        (x, y) -> sum(x.length, i -> x[i] + x[i] * y[i]),
        (x, y) -> each(x.length, i -> 1 + y[i]),
        (x, y) -> each(x.length, i -> x[i]),
        (x, y, dx, dy) -> new double[][] {each(x.length, i -> dy[i]), each(x.length, i -> dx[i])});
  }

  private static ClosedForm lower() {
    return new ClosedForm(
        (x, y) -> sum(x.length, i -> -Math.sin(x[i] * y[i])),
        (x, y) -> each(x.length, i -> -y[i] * Math.cos(x[i] * y[i])),
        (x, y) -> each(x.length, i -> -x[i] * Math.cos(x[i] * y[i])),
        (x, y, dx, dy) ->
            new double[][] {
              each(x.length, i -> along(x[i], y[i], y[i], dx[i], dy[i], dy[i])),
              each(x.length, i -> along(x[i], y[i], x[i], dx[i], dy[i], dx[i]))
            });
  }

  /** Derivative of -factor cos(x y), where the factor itself changes by dFactor. */
  private static double along(
      double x, double y, double factor, double dx, double dy, double dFactor) {
    return factor * Math.sin(x * y) * (y * dx + x * dy) - dFactor * Math.cos(x * y);
  }

  private static double sum(int n, IntToDoubleFunction term) {
    return IntStream.range(0, n).mapToDouble(term).sum();
  }

  private static double[] each(int n, IntToDoubleFunction entry) {
    return IntStream.range(0, n).mapToDouble(entry).toArray();
  }
}
