package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The weight of a penalty by upper step: {@code min(first + k increment, last)}. A heavier penalty
 * biases the solution less and makes the problem stiffer, so it is raised as the run goes on.
 *
 * @param first weight of the first step, at least 0
 * @param increment what each step adds, at least 0
 * @param last weight that is not exceeded, at least {@code first}; may be infinite
 */
public record PenaltyRamp(double first, double increment, double last) {
  /**
   * Creates a ramp.
   *
   * @param first weight of the first step, at least 0
   * @param increment what each step adds, at least 0
   * @param last weight that is not exceeded, at least {@code first}; may be infinite
   */
  public PenaltyRamp {
    Settings.notNegative("first weight", first);
    Settings.notNegative("increment of the weight", increment);
    checkArgument(
        last >= first && last > 0,
        "last weight is %s, expected it positive and at least the first, %s",
        last,
        first);
  }

  /**
   * The same weight in every step.
   *
   * @param weight positive
   * @return the ramp
   */
  public static PenaltyRamp constant(double weight) {
    return new PenaltyRamp(Settings.positive("weight", weight), 0, weight);
  }

  /**
   * A weight that grows linearly and then stays.
   *
   * @param from weight of the first step, at least 0
   * @param to weight that is reached, at least {@code from}
   * @param steps in how many steps, at least 1
   * @return the ramp
   */
  public static PenaltyRamp linear(double from, double to, int steps) {
    return new PenaltyRamp(from, (to - from) / Settings.atLeastOne("steps", steps), to);
  }

  /** The weight of step k, counted from 0. */
  double at(long k) {
    return Math.min(first + k * increment, last);
  }
}
