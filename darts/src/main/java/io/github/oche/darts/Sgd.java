package io.github.oche.darts;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.oche.bilevel.HeavyBall;

/**
 * Stochastic gradient descent as PyTorch has it and the published code uses it, with the norm of
 * the whole gradient clipped first, and a cosine schedule over epochs:
 *
 * <pre>{@code
 * g <- g min(1, clip / (||g|| + 1e-6))
 * v <- momentum v + (g + decay w)
 * w <- w - eta v
 * eta of epoch e = finalRate + (rate - finalRate)(1 + cos(pi e / epochs)) / 2
 * }</pre>
 *
 * <p>All in float but for the norm, in one fixed order: the same bits on every machine.
 *
 * @param rate of the first epoch
 * @param finalRate what the rate falls to
 * @param momentum share of the buffer that is kept, in [0, 1)
 * @param decay weight decay
 * @param clip largest norm of the gradient; infinity for none
 */
public record Sgd(double rate, double finalRate, double momentum, double decay, double clip) {
  private static final double LARGEST_RATE = 1000;
  private static final double CLIP_EPSILON = 1e-6;

  /**
   * Creates the settings.
   *
   * @param rate of the first epoch, positive and at most 1000
   * @param finalRate what the rate falls to, at least 0 and at most {@code rate}
   * @param momentum share of the buffer that is kept, in [0, 1)
   * @param decay weight decay, at least 0
   * @param clip largest norm of the gradient, positive; infinity for none
   * @throws IllegalArgumentException if one of them lies outside its range
   */
  public Sgd {
    checkArgument(
        rate > 0 && rate <= LARGEST_RATE,
        "learning rate is %s, expected a number above 0 and at most 1000",
        rate);
    checkArgument(
        finalRate >= 0 && finalRate <= rate,
        "final learning rate is %s, expected a number between 0 and the learning rate, %s",
        finalRate,
        rate);
    checkArgument(
        momentum >= 0 && momentum < 1, "momentum is %s, expected a number in [0, 1)", momentum);
    checkArgument(
        decay >= 0 && decay <= 1, "weight decay is %s, expected a number in [0, 1]", decay);
    checkArgument(
        clip > 0,
        "gradient clipping is %s, expected a positive number, or infinity for none",
        clip);
  }

  /**
   * What the published code searches with: 0.025 to 0.001, momentum 0.9, decay 3e-4, clipped at 5.
   *
   * @return the settings
   */
  public static Sgd published() {
    return new Sgd(0.025, 0.001, 0.9, 3e-4, 5);
  }

  /**
   * The same with other rates.
   *
   * @param first of the first epoch
   * @param last what it falls to
   * @return the settings
   */
  public Sgd withRates(double first, double last) {
    return new Sgd(first, last, momentum, decay, clip);
  }

  /**
   * The rate of an epoch.
   *
   * @param epoch from 0
   * @param epochs how many there are
   * @return {@code rate} in the first; the schedule would reach {@code finalRate} in the one after
   *     the last
   */
  public double rate(int epoch, int epochs) {
    return finalRate + (rate - finalRate) * (1 + StrictMath.cos(Math.PI * epoch / epochs)) / 2;
  }

  /**
   * This rule's step without clipping, as the unrolled step of second-order DARTS has it.
   *
   * @param eta the rate of the present epoch
   * @return the step
   */
  public HeavyBall unrolled(double eta) {
    return new HeavyBall(eta, momentum, decay);
  }

  /**
   * Makes a step.
   *
   * @param w the weights, changed
   * @param v the momentum buffer, changed; zeros before the first step
   * @param g the gradient, not changed
   * @param eta the rate
   * @return the norm of the gradient before clipping; if it is not finite, nothing was changed
   */
  public double step(float[] w, float[] v, float[] g, double eta) {
    checkArgument(
        v.length == w.length && g.length == w.length,
        "w, v, g have %s, %s, %s entries",
        w.length,
        v.length,
        g.length);
    double norm = Norms.of(g);
    if (!Double.isFinite(norm)) {
      return norm;
    }
    float scale = (float) Math.min(1, clip / (norm + CLIP_EPSILON));
    float mu = (float) momentum;
    float lambda = (float) decay;
    float step = (float) eta;
    for (int i = 0; i < w.length; i++) {
      v[i] = mu * v[i] + (scale * g[i] + lambda * w[i]);
      w[i] -= step * v[i];
    }
    return norm;
  }
}
