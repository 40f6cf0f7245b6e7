package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkArgument;

/** Where the lower level starts in each upper step. */
public sealed interface Start {
  /** Always at the first y: the estimate does not depend on the steps before. */
  record Cold() implements Start {}

  /** Where it got to in the step before. */
  record Warm() implements Start {}

  /**
   * At a start z that is itself learned, by descent along the hypergradient's derivative by the
   * start; the hypergradient must go back through all steps.
   *
   * @param rate step length of z, positive
   * @see "Liu et al. (2021), initialization auxiliary"
   */
  record Learned(double rate) implements Start {
    /**
     * Creates it.
     *
     * @param rate step length of z, positive
     */
    public Learned {
      checkArgument(
          rate > 0 && Double.isFinite(rate),
          "rate of the learned start is %s, expected a positive number",
          rate);
    }
  }

  /** Always at the first y. */
  Start COLD = new Cold();

  /** Where it got to in the step before. */
  Start WARM = new Warm();
}
