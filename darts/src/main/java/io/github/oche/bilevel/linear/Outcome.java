package io.github.oche.bilevel.linear;

/** How a computation ended. Numerical failure is reported, not thrown. */
public enum Outcome {
  /** It did what was asked: all steps of a fixed number, or the tolerance reached. */
  DONE,
  /** It ran out of steps before its tolerance; what it gives is the best it has, and usable. */
  STEP_LIMIT,
  /**
   * The linear system is singular or indefinite (curvature {@code p'Hp <= 0} along a direction of
   * the solver, or a pivot of zero), or an inner problem that must be strongly convex is seen not
   * to be: there is no hypergradient to give.
   */
  NOT_POSITIVE_DEFINITE,
  /**
   * The terms of a series grow, so that it has no sum: the rate is too large, or an eigenvalue is
   * negative.
   */
  DIVERGED,
  /** A value, gradient or variable is NaN or infinite. */
  NOT_FINITE;

  /**
   * Says whether a step may be taken with the result.
   *
   * @return true for {@link #DONE} and {@link #STEP_LIMIT}
   */
  public boolean isUsable() {
    return this == DONE || this == STEP_LIMIT;
  }

  /**
   * What became of two computations together.
   *
   * @param next the outcome of the second
   * @return this if it is a failure; else that of the second, but {@link #STEP_LIMIT} if the first
   *     ran into it and the second is done
   */
  public Outcome and(Outcome next) {
    return !isUsable() || next == DONE ? this : next;
  }
}
