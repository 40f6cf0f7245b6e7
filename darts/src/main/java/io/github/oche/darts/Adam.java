package io.github.oche.darts;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Adam as PyTorch has it: decay joins the gradient, ε is added to the root after the bias
 * correction.
 *
 * <pre>{@code
 * g <- g + decay x;  m <- beta1 m + (1 - beta1) g;  v <- beta2 v + (1 - beta2) g^2
 * x <- x - rate (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)
 * }</pre>
 *
 * <p>Computed in double, kept in float.
 *
 * @param rate step length
 * @param beta1 share of the mean that is kept, in [0, 1)
 * @param beta2 share of the mean square that is kept, in [0, 1)
 * @param epsilon added to the root
 * @param decay added times x to the gradient
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba (2015), Adam, algorithm 1</a>
 */
public record Adam(double rate, double beta1, double beta2, double epsilon, double decay) {
  /**
   * Creates the settings.
   *
   * @param rate step length, positive and at most 1000
   * @param beta1 share of the mean that is kept, in [0, 1)
   * @param beta2 share of the mean square that is kept, in [0, 1)
   * @param epsilon added to the root, positive
   * @param decay added times x to the gradient, at least 0
   * @throws IllegalArgumentException if one of them lies outside its range
   */
  public Adam {
    checkArgument(
        rate > 0 && rate <= 1000,
        "learning rate of alpha is %s, expected a number above 0 and at most 1000",
        rate);
    checkArgument(beta1 >= 0 && beta1 < 1, "beta1 is %s, expected a number in [0, 1)", beta1);
    checkArgument(beta2 >= 0 && beta2 < 1, "beta2 is %s, expected a number in [0, 1)", beta2);
    checkArgument(
        epsilon > 0 && epsilon <= 1, "epsilon is %s, expected a number in (0, 1]", epsilon);
    checkArgument(
        decay >= 0 && decay <= 1,
        "weight decay of alpha is %s, expected a number in [0, 1]",
        decay);
  }

  /**
   * What DARTS moves α with: 3e-4, (0.5, 0.999), decay 1e-3.
   *
   * @return the settings
   */
  public static Adam published() {
    return new Adam(3e-4, 0.5, 0.999, 1e-8, 1e-3);
  }

  /**
   * The same with another rate.
   *
   * @param other step length
   * @return the settings
   */
  public Adam withRate(double other) {
    return new Adam(other, beta1, beta2, epsilon, decay);
  }

  /**
   * Makes a step.
   *
   * @param x the variable, changed
   * @param gradient its gradient, not changed
   * @param m the running mean, changed; zeros before the first step
   * @param v the running mean square, changed; zeros before the first step
   * @param t number of this step, the first is 1
   */
  public void step(float[] x, float[] gradient, float[] m, float[] v, long t) {
    checkArgument(t >= 1, "step %s, the first is 1", t);
    double correction1 = 1 - StrictMath.pow(beta1, (double) t);
    double correction2 = 1 - StrictMath.pow(beta2, (double) t);
    for (int i = 0; i < x.length; i++) {
      double g = gradient[i] + decay * x[i];
      m[i] = (float) (beta1 * m[i] + (1 - beta1) * g);
      v[i] = (float) (beta2 * v[i] + (1 - beta2) * g * g);
      x[i] =
          (float) (x[i] - rate * (m[i] / correction1) / (Math.sqrt(v[i] / correction2) + epsilon));
    }
  }
}
