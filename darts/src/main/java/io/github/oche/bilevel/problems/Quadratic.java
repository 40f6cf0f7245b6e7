package io.github.oche.bilevel.problems;

import io.github.oche.bilevel.BilevelProblem;
import io.github.oche.bilevel.Gradient;
import io.github.oche.bilevel.Objective;
import io.github.oche.bilevel.Partial;
import io.github.oche.bilevel.linear.Scratch;
import io.github.oche.bilevel.linear.Vectors;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A strongly convex quadratic of any size, in ND4J arithmetic that allocates nothing after the
 * first call:
 *
 * <pre>{@code
 * F = ||y||^2/2 + ||x - 1||^2/2        f = y'D y/2 - x'y        D diagonal and positive
 * y*(x) = x / D        phi'(x) = x / D^2 + x - 1        x* = 1 / (1 + 1/D^2)
 * }</pre>
 */
public final class Quadratic {
  private Quadratic() {}

  /**
   * The problem with D = 1, whose solution is x = y = 1/2.
   *
   * @return both objectives with exact products; x and y have the same length
   */
  public static BilevelProblem problem() {
    return new BilevelProblem(new Upper(), new Lower(null));
  }

  /**
   * The problem with another curvature.
   *
   * @param diagonal D, positive, [m]; kept
   * @return both objectives with exact products; x and y have its length and type
   */
  public static BilevelProblem problem(INDArray diagonal) {
    return new BilevelProblem(new Upper(), new Lower(diagonal));
  }

  private static final class Upper implements Objective {
    private final Scratch byX = new Scratch();
    private final Scratch byY = new Scratch();

    @Override
    public double value(INDArray x, INDArray y) {
      return 0.5 * (Vectors.sumOfSquares(y) + Vectors.sumOfSquares(byX.like(x).assign(x).subi(1)));
    }

    @Override
    public Gradient gradient(INDArray x, INDArray y, Partial wanted) {
      double value = value(x, y); // leaves x - 1 in byX
      return Gradient.exact(
          value,
          wanted.wantsX() ? byX.like(x) : null,
          wanted.wantsY() ? byY.like(y).assign(y) : null);
    }

    @Override
    public Gradient along(
        INDArray x, INDArray y, @Nullable INDArray dx, @Nullable INDArray dy, Partial wanted) {
      return Gradient.exact(
          Double.NaN,
          wanted.wantsX() ? orZero(byX.like(x), dx) : null,
          wanted.wantsY() ? orZero(byY.like(y), dy) : null);
    }
  }

  private static final class Lower implements Objective {
    private final @Nullable INDArray diagonal;
    private final Scratch byX = new Scratch();
    private final Scratch byY = new Scratch();

    Lower(@Nullable INDArray diagonal) {
      this.diagonal = diagonal;
    }

    @Override
    public double value(INDArray x, INDArray y) {
      INDArray bent = bend(byY.like(y).assign(y));
      return 0.5 * Vectors.dot(y, bent) - Vectors.dot(x, y);
    }

    @Override
    public Gradient gradient(INDArray x, INDArray y, Partial wanted) {
      double value = value(x, y); // leaves D y in byY
      return Gradient.exact(
          value,
          wanted.wantsX() ? byX.like(x).assign(y).negi() : null,
          wanted.wantsY() ? byY.like(y).subi(x) : null);
    }

    @Override
    public Gradient along(
        INDArray x, INDArray y, @Nullable INDArray dx, @Nullable INDArray dy, Partial wanted) {
      INDArray hx = wanted.wantsX() ? orZero(byX.like(x), dy).negi() : null;
      INDArray hy = wanted.wantsY() ? bend(orZero(byY.like(y), dy)) : null;
      if (hy != null && dx != null) {
        hy.subi(dx);
      }
      return Gradient.exact(Double.NaN, hx, hy);
    }

    private INDArray bend(INDArray v) {
      return diagonal == null ? v : v.muli(diagonal);
    }
  }

  private static INDArray orZero(INDArray into, @Nullable INDArray direction) {
    return direction == null ? into.assign(0) : into.assign(direction);
  }
}
