package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkNotNull;

/**
 * The problem {@code min over x of F(x, y*(x))} where {@code y*(x)} minimises {@code f(x, .)}.
 *
 * @param upper F, in architecture search the validation loss
 * @param lower f, in architecture search the training loss
 */
public record BilevelProblem(Objective upper, Objective lower) {
  /**
   * Creates a problem.
   *
   * @param upper F; not null
   * @param lower f; not null
   */
  public BilevelProblem {
    checkNotNull(upper, "upper");
    checkNotNull(lower, "lower");
  }
}
