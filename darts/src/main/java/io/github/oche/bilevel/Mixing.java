package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * How much of the upper objective goes into lower step t of {@link Aggregated}: {@code alpha_t} in
 * [0, 1].
 */
@FunctionalInterface
public interface Mixing {
  /**
   * The share of the upper objective.
   *
   * @param t number of the step in this solve, from 0
   * @return alpha_t, in [0, 1]
   */
  double at(int t);

  /**
   * The same share in every step. By far the fastest where both levels agree at the solution,
   * biased where they do not.
   *
   * @param alpha in [0, 1]
   * @return the schedule
   */
  static Mixing constant(double alpha) {
    requireShare(alpha);
    return t -> alpha;
  }

  /**
   * {@code alpha / (t + 1)}: goes to zero, its sum does not stay finite, which is what convergence
   * to the optimistic solution needs; slow.
   *
   * @param alpha share in the first step, in [0, 1]
   * @return the schedule
   */
  static Mixing harmonic(double alpha) {
    requireShare(alpha);
    return t -> alpha / (t + 1);
  }

  /**
   * {@code alpha decay^t}: its sum is finite, so more steps do not remove the bias.
   *
   * @param alpha share in the first step, in [0, 1]
   * @param decay in (0, 1)
   * @return the schedule
   */
  static Mixing geometric(double alpha, double decay) {
    requireShare(alpha);
    checkArgument(decay > 0 && decay < 1, "decay is %s, expected a number in (0, 1)", decay);
    return t -> alpha * Math.pow(decay, t);
  }

  private static void requireShare(double alpha) {
    checkArgument(alpha >= 0 && alpha <= 1, "alpha is %s, expected a number in [0, 1]", alpha);
  }
}
