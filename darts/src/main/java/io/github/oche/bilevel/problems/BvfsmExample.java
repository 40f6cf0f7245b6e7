package io.github.oche.bilevel.problems;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.BilevelProblem;
import io.github.oche.bilevel.Objective;
import java.util.Arrays;

/**
 * A lower level with infinitely many separate solutions, one x and n entries of y:
 *
 * <pre>{@code
 * F = (x - 2)^2 + ||y - 4||^2        f = sum sin(x + y_i - 2)
 * x* = (2 (1 - n) + n C) / (1 + n),  y_i* = C + 2 - x*,  F* = n (C - 4)^2 / (1 + n),   C = 3 pi / 2
 * }</pre>
 *
 * <p>Every lower solution has f = -n, so that methods differ only in which they find.
 *
 * @see "Liu et al. (2021), Value-function-based sequential minimization for bi-level optimization,
 *     equation 20"
 */
public final class BvfsmExample {
  private static final double C = 1.5 * Math.PI;

  private BvfsmExample() {}

  /**
   * The problem; x has one entry, y any number, both {@code DOUBLE}.
   *
   * @return both objectives with exact products
   */
  public static BilevelProblem problem() {
    return new BilevelProblem(upper(1, 4), sines(2));
  }

  /**
   * Where x is at the optimistic solution.
   *
   * @param n entries of y
   * @return x*
   */
  public static double solutionX(int n) {
    checkArgument(n >= 1, "n is %s, expected at least 1", n);
    return (2 * (1 - n) + n * C) / (1 + n);
  }

  /**
   * Where every entry of y is at the optimistic solution.
   *
   * @param n entries of y
   * @return y*
   */
  public static double solutionY(int n) {
    return C + 2 - solutionX(n);
  }

  /**
   * The least F of a lower solution.
   *
   * @param n entries of y
   * @return F*
   */
  public static double solutionValue(int n) {
    checkArgument(n >= 1, "n is %s, expected at least 1", n);
    return n * (C - 4) * (C - 4) / (1 + n);
  }

  /**
   * The pessimistic variant {@code min over x, max over lower solutions y of (x - 2)^2 - ||y -
   * 4||^2} with the same f. For n = 2 the solution is {@code x* = pi / 2 - 2, y_i* = 4 + pi} or
   * {@code 4 - pi}, and its value {@code (pi / 2 - 4)^2 - 2 pi^2 = -13.8381783}.
   *
   * @return both objectives with exact products, for a pessimistic method
   */
  public static BilevelProblem pessimistic() {
    return new BilevelProblem(upper(-1, 4), sines(2));
  }

  /**
   * The constrained variant {@code F = (x - 2)^2 + ||y - 2||^2}, {@code f = sum sin(x + y_i - 1)}
   * under {@link #constraints}, within which f increases, so that y_i = -x. The solution is {@code
   * x* = 2 (1 - n) / (1 + n)}: for n = 2 x* = -2/3, y* = 2/3, F* = 32/3.
   *
   * @return both objectives with exact products
   */
  public static BilevelProblem constrained() {
    return new BilevelProblem(upper(1, 2), sines(1));
  }

  /**
   * The constraints {@code (x + y_i) (x + y_i - 1) <= 0} of {@link #constrained}.
   *
   * @param n entries of y
   * @return one for each entry
   */
  public static ImmutableList<Objective> constraints(int n) {
    ImmutableList.Builder<Objective> all = ImmutableList.builder();
    for (int i = 0; i < n; i++) {
      all.add(constraint(i));
    }
    return all.build();
  }

  /** (x - 2)^2 + sign ||y - centre||^2. */
  private static ClosedForm upper(double sign, double centre) {
    return new ClosedForm(
        (x, y) -> {
          double sum = (x[0] - 2) * (x[0] - 2);
          for (double v : y) {
            sum += sign * (v - centre) * (v - centre);
          }
          return sum;
        },
        (x, y) -> new double[] {2 * (x[0] - 2)},
        (x, y) -> Arrays.stream(y).map(v -> 2 * sign * (v - centre)).toArray(),
        (x, y, dx, dy) ->
            new double[][] {{2 * dx[0]}, Arrays.stream(dy).map(d -> 2 * sign * d).toArray()});
  }

  /** sum sin(x + y_i - shift). */
  private static ClosedForm sines(double shift) {
    return new ClosedForm(
        (x, y) -> Arrays.stream(y).map(v -> Math.sin(x[0] + v - shift)).sum(),
        (x, y) -> new double[] {Arrays.stream(y).map(v -> Math.cos(x[0] + v - shift)).sum()},
        (x, y) -> Arrays.stream(y).map(v -> Math.cos(x[0] + v - shift)).toArray(),
        (x, y, dx, dy) -> {
          double[] byY = new double[y.length];
          for (int i = 0; i < y.length; i++) {
            byY[i] = -Math.sin(x[0] + y[i] - shift) * (dx[0] + dy[i]);
          }
          return new double[][] {{Arrays.stream(byY).sum()}, byY};
        });
  }

  private static ClosedForm constraint(int i) {
    return new ClosedForm(
        (x, y) -> (x[0] + y[i]) * (x[0] + y[i] - 1),
        (x, y) -> new double[] {2 * (x[0] + y[i]) - 1},
        (x, y) -> unit(y.length, i, 2 * (x[0] + y[i]) - 1),
        (x, y, dx, dy) ->
            new double[][] {{2 * (dx[0] + dy[i])}, unit(y.length, i, 2 * (dx[0] + dy[i]))});
  }

  private static double[] unit(int n, int i, double value) {
    double[] v = new double[n];
    v[i] = value;
    return v;
  }
}
