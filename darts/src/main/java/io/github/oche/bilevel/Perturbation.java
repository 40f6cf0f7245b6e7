package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkNotNull;

import org.nd4j.linalg.learning.config.IUpdater;

/**
 * How far around x a {@link ResponseNetwork} learns the best response: at {@code x + scale * normal
 * noise}. Too near, and it learns no slope; too far, and it fits no point well.
 */
public sealed interface Perturbation {
  /** {@return the scale to start with, the same for every entry of x} */
  double scale();

  /**
   * Always the same.
   *
   * @param scale standard deviation of the noise, positive
   */
  record Fixed(double scale) implements Perturbation {
    /**
     * Creates it.
     *
     * @param scale standard deviation of the noise, positive
     */
    public Fixed {
      Settings.positive("scale", scale);
    }
  }

  /**
   * Learned, one for each entry of x, as self-tuning networks do: the upper step is made at a
   * perturbed x too, and moves the logarithms of the scales against the derivative of {@code F -
   * entropy * sum of log scale}. Without the bonus the noise would vanish.
   *
   * @param scale standard deviation of the noise at the start, positive
   * @param entropy weight of the entropy of the noise, positive
   * @param rule how the logarithms move: any of ND4J's rules
   */
  record Learned(double scale, double entropy, IUpdater rule) implements Perturbation {
    /**
     * Creates it.
     *
     * @param scale standard deviation of the noise at the start, positive
     * @param entropy weight of the entropy of the noise, positive
     * @param rule how the logarithms move
     */
    public Learned {
      Settings.positive("scale", scale);
      Settings.positive("entropy", entropy);
      checkNotNull(rule, "rule");
    }
  }
}
