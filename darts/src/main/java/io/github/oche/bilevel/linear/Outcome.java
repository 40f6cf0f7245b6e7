package io.github.oche.bilevel.linear;

/** How a computation ended. Numerical failure is reported, not thrown. */
public enum Outcome {
  /** It did what was asked: all steps of a fixed number, or the tolerance reached. */
  DONE,
  /** It ran out of steps before its tolerance; what it gives is the best it has, and usable. */
  STEP_LIMIT,
  /**
   * The linear system is singular or indefinite (curvature {@code p'Hp <= 0} along a direction of
   * the solver, or a pivot of zero): there is no hypergradient to give.
   */
  NOT_POSITIVE_DEFINITE,
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
}
