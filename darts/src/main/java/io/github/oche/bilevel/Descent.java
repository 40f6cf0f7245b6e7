package io.github.oche.bilevel;

import io.github.oche.bilevel.linear.Scratch;
import io.github.oche.bilevel.linear.Vectors;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Projected gradient descent of a lower variable on {@code a F(x, .) + b f(x, .) + pull / 2 ||. -
 * centre||^2}: the inner problem of every method that uses gradients only.
 */
final class Descent {
  private final Scratch direction = new Scratch();
  private final Scratch term = new Scratch();

  /**
   * Makes one step in place.
   *
   * @param centre of the proximal term; null without one
   * @return false if the direction was not finite: a projection could hide it from the result
   */
  boolean step(
      BilevelProblem problem,
      INDArray x,
      INDArray y,
      double a,
      double b,
      double pull,
      @Nullable INDArray centre,
      double rate) {
    INDArray d = gradient(problem, x, y, a, b);
    if (centre != null) {
      d.addi(term.like(y).assign(y).subi(centre).muli(pull));
    }
    return move(problem, y, d, rate);
  }

  /** Makes steps on {@code a F + b f}; false if one was not finite. */
  boolean steps(
      BilevelProblem problem, INDArray x, INDArray y, double a, double b, double rate, int steps) {
    for (int t = 0; t < steps; t++) {
      if (!step(problem, x, y, a, b, 0, null, rate)) {
        return false;
      }
    }
    return true;
  }

  /** Moves y against a direction, which it scales in place; false if that was not finite. */
  static boolean move(BilevelProblem problem, INDArray y, INDArray direction, double rate) {
    boolean finite = Vectors.isFinite(direction);
    y.subi(direction.muli(rate));
    problem.projectY().project(y);
    return finite;
  }

  /** The gradient of {@code a F + b f} by y, valid until the next call. */
  INDArray gradient(BilevelProblem problem, INDArray x, INDArray y, double a, double b) {
    INDArray d = direction.like(y);
    d.assign(problem.lower().gradient(x, y, Partial.Y).dy()).muli(b);
    if (a != 0) {
      d.addi(term.like(y).assign(problem.upper().gradient(x, y, Partial.Y).dy()).muli(a));
    }
    return d;
  }

  /** A multiple of a gradient of the length of y, valid until the next call. */
  INDArray scaled(INDArray gradient, double factor) {
    return term.like(gradient).assign(gradient).muli(factor);
  }
}
