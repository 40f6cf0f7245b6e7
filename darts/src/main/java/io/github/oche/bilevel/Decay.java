package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkArgument;

/** A factor that goes to zero as the upper steps k = 1, 2, ... go on. */
public sealed interface Decay {
  /** Stays at 1. */
  Decay NONE = new Power(0);

  /**
   * The factor of a step.
   *
   * @param k number of the step, counted from 1
   * @return the factor, positive
   */
  double at(long k);

  /**
   * {@code 1 / ln(scale k)}; above 1 in the first steps.
   *
   * @param scale above 1; 1.1 in BVFSM's code
   */
  record Logarithm(double scale) implements Decay {
    /**
     * Creates it.
     *
     * @param scale above 1; 1.1 in BVFSM's code
     */
    public Logarithm {
      checkArgument(
          scale > 1 && Double.isFinite(scale), "scale is %s, expected a number above 1", scale);
    }

    @Override
    public double at(long k) {
      return 1 / StrictMath.log(scale * k);
    }
  }

  /**
   * {@code 1 / k^exponent}.
   *
   * @param exponent at least 0
   */
  record Power(double exponent) implements Decay {
    /**
     * Creates it.
     *
     * @param exponent at least 0
     */
    public Power {
      Settings.notNegative("exponent", exponent);
    }

    @Override
    public double at(long k) {
      return StrictMath.pow((double) k, -exponent);
    }
  }
}
