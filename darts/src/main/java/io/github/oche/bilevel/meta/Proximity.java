package io.github.oche.bilevel.meta;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import io.github.oche.bilevel.Gradient;
import io.github.oche.bilevel.Objective;
import io.github.oche.bilevel.Partial;
import io.github.oche.bilevel.linear.Scratch;
import io.github.oche.bilevel.linear.Vectors;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A lower objective that stays near the learned start, iMAML's: {@code f(x, y) + lambda/2 ||y -
 * x||^2}, x meaning its first m entries. With it the solution depends on x although it forgot where
 * it started, and the implicit gradient is {@code (I + H/lambda)^-1 grad F}, H being the Hessian of
 * f: {@code ImplicitGradient} on this objective computes just that. Products cost those of f.
 *
 * @see "Rajeswaran et al. (2019), Meta-learning with implicit gradients"
 */
public final class Proximity implements Objective {
  private final Objective f;
  private final double lambda;
  private final Scratch away = new Scratch();
  private final Scratch byX = new Scratch();
  private final Scratch byY = new Scratch();

  /**
   * Creates the objective.
   *
   * @param f what is kept near
   * @param lambda strength, positive
   */
  public Proximity(Objective f, double lambda) {
    checkArgument(
        lambda > 0 && Double.isFinite(lambda), "lambda is %s, expected a positive number", lambda);
    this.f = checkNotNull(f, "f");
    this.lambda = lambda;
  }

  @Override
  public double value(INDArray x, INDArray y) {
    return f.value(x, y) + 0.5 * lambda * Vectors.sumOfSquares(difference(x, y));
  }

  @Override
  public Gradient gradient(INDArray x, INDArray y, Partial wanted) {
    Gradient inner = f.gradient(x, y, wanted);
    INDArray d = difference(x, y);
    double value = inner.value() + 0.5 * lambda * Vectors.sumOfSquares(d);
    return plus(inner, value, d.muli(lambda), wanted);
  }

  @Override
  public Gradient along(
      INDArray x, INDArray y, @Nullable INDArray dx, @Nullable INDArray dy, Partial wanted) {
    Gradient inner = f.along(x, y, dx, dy, wanted);
    double slope = lambda * inclination(x, y, dx, dy);
    INDArray d = away.like(y);
    if (dy == null) {
      d.assign(0);
    } else {
      d.assign(dy);
    }
    if (dx != null) {
      d.subi(start(dx, y));
    }
    return plus(inner, inner.value() + slope, d.muli(lambda), wanted);
  }

  /** {@code (y - x)'(dy - dx)}. */
  private double inclination(INDArray x, INDArray y, @Nullable INDArray dx, @Nullable INDArray dy) {
    INDArray d = difference(x, y);
    double sum = dy == null ? 0 : Vectors.dot(d, dy);
    return dx == null ? sum : sum - Vectors.dot(d, start(dx, y));
  }

  private Gradient plus(Gradient inner, double value, INDArray d, Partial wanted) {
    INDArray hx = null;
    if (wanted.wantsX()) {
      hx = byX.like(inner.dx()).assign(inner.dx());
      start(hx, d).subi(d);
    }
    INDArray hy = wanted.wantsY() ? byY.like(d).assign(inner.dy()).addi(d) : null;
    return inner.isExact() ? Gradient.exact(value, hx, hy) : Gradient.approximate(value, hx, hy);
  }

  private INDArray difference(INDArray x, INDArray y) {
    return away.like(y).assign(y).subi(start(x, y));
  }

  private static INDArray start(INDArray x, INDArray y) {
    return Slices.of(x, 0, (int) y.length());
  }
}
