package io.github.oche.bilevel;

/**
 * What a computation asked of the objectives.
 *
 * @param values evaluations of a value alone
 * @param gradients gradients evaluated, the two of each central difference among them
 * @param products exact derivatives of a gradient along a direction; each costs about two gradients
 */
public record Work(long values, long gradients, long products) {
  /** Nothing. */
  public static final Work NONE = new Work(0, 0, 0);

  /**
   * The sum.
   *
   * @param other more work
   * @return both together
   */
  public Work plus(Work other) {
    return new Work(values + other.values, gradients + other.gradients, products + other.products);
  }
}
