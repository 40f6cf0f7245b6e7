package io.github.oche.darts;

import java.util.Locale;

/**
 * A number on which everything else depends became NaN or infinite; what was found before is kept.
 */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long step;
  private final String tensor;
  private final double value;

  /**
   * Creates the exception.
   *
   * @param step from 0
   * @param tensor what is not finite: a loss, or the name of a parameter
   * @param value what it became
   */
  public DivergedException(long step, String tensor, double value) {
    super(
        String.format(
            Locale.ROOT,
            "diverged at step %d: %s is %s; try a smaller learning rate",
            step,
            tensor,
            value));
    this.step = step;
    this.tensor = tensor;
    this.value = value;
  }

  /**
   * When it happened.
   *
   * @return the step, from 0
   */
  public long step() {
    return step;
  }

  /**
   * What is not finite.
   *
   * @return a loss, or the name of a parameter
   */
  public String tensor() {
    return tensor;
  }

  /**
   * What it became.
   *
   * @return NaN or an infinity
   */
  public double value() {
    return value;
  }
}
