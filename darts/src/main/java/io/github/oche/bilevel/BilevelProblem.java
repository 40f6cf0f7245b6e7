package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkNotNull;

/**
 * The problem {@code min over x in X of F(x, y*(x))} where {@code y*(x)} minimises {@code f(x, .)}
 * over Y.
 *
 * @param upper F, in architecture search the validation loss
 * @param lower f, in architecture search the training loss
 * @param projectX onto X, the upper variables that are allowed
 * @param projectY onto Y, the lower variables that are allowed
 */
public record BilevelProblem(
    Objective upper, Objective lower, Projection projectX, Projection projectY) {
  /**
   * Creates a problem.
   *
   * @param upper F; not null
   * @param lower f; not null
   * @param projectX onto X
   * @param projectY onto Y
   */
  public BilevelProblem {
    checkNotNull(upper, "upper");
    checkNotNull(lower, "lower");
    checkNotNull(projectX, "projectX");
    checkNotNull(projectY, "projectY");
  }

  /**
   * A problem without constraints.
   *
   * @param upper F; not null
   * @param lower f; not null
   */
  public BilevelProblem(Objective upper, Objective lower) {
    this(upper, lower, Projection.NONE, Projection.NONE);
  }

  /** The same with other objectives, as when they are measured or regularised. */
  BilevelProblem with(Objective otherUpper, Objective otherLower) {
    return new BilevelProblem(otherUpper, otherLower, projectX, projectY);
  }
}
