package io.github.oche.bilevel.problems;

import io.github.oche.bilevel.BilevelProblem;
import io.github.oche.bilevel.Gradient;
import io.github.oche.bilevel.Objective;
import io.github.oche.bilevel.Partial;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A strongly convex quadratic of any size, in ND4J arithmetic: {@code F = ||y||^2/2 + ||x -
 * 1||^2/2}, {@code f = ||y||^2/2 - x'y}, so {@code y*(x) = x} and the solution is x = y = 1/2.
 */
public final class Quadratic {
  private Quadratic() {}

  /**
   * The problem; x and y have the same length.
   *
   * @return both objectives with exact products
   */
  public static BilevelProblem problem() {
    return new BilevelProblem(new Upper(), new Lower());
  }

  private static final class Upper implements Objective {
    @Override
    public double value(INDArray x, INDArray y) {
      INDArray away = x.sub(1);
      return 0.5 * (dot(y, y) + dot(away, away));
    }

    @Override
    public Gradient gradient(INDArray x, INDArray y, Partial wanted) {
      return Gradient.exact(
          value(x, y), wanted.wantsX() ? x.sub(1) : null, wanted.wantsY() ? y.dup() : null);
    }

    @Override
    public Gradient along(
        INDArray x, INDArray y, @Nullable INDArray dx, @Nullable INDArray dy, Partial wanted) {
      return Gradient.exact(
          Double.NaN,
          wanted.wantsX() ? orZero(dx, x) : null,
          wanted.wantsY() ? orZero(dy, y) : null);
    }
  }

  private static final class Lower implements Objective {
    @Override
    public double value(INDArray x, INDArray y) {
      return 0.5 * dot(y, y) - dot(x, y);
    }

    @Override
    public Gradient gradient(INDArray x, INDArray y, Partial wanted) {
      return Gradient.exact(
          value(x, y), wanted.wantsX() ? y.neg() : null, wanted.wantsY() ? y.sub(x) : null);
    }

    @Override
    public Gradient along(
        INDArray x, INDArray y, @Nullable INDArray dx, @Nullable INDArray dy, Partial wanted) {
      return Gradient.exact(
          Double.NaN,
          wanted.wantsX() ? orZero(dy, x).negi() : null,
          wanted.wantsY() ? orZero(dy, y).subi(orZero(dx, y)) : null);
    }
  }

  private static INDArray orZero(@Nullable INDArray direction, INDArray model) {
    return direction == null ? model.like().assign(0) : direction.dup();
  }

  private static double dot(INDArray a, INDArray b) {
    return a.mul(b).sumNumber().doubleValue();
  }
}
