package io.github.oche.evaluation.report;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * Mean and standard deviation of some numbers. Of what they differ in (the seed of a search, the
 * seed of a training, the architecture) the table that shows them has to tell.
 *
 * @param mean of them
 * @param deviation the standard deviation; empty where nothing can be said, as for a single number
 * @param values how many numbers there are; 0 if a publication does not say
 */
public record Spread(double mean, OptionalDouble deviation, int values) {
  /**
   * Checks that there are numbers.
   *
   * @throws IllegalArgumentException if one is NaN or infinite, or the deviation or the number of
   *     values is negative
   */
  public Spread {
    checkArgument(Double.isFinite(mean), "mean is %s, expected a finite number", mean);
    double d = deviation.orElse(0);
    checkArgument(
        Double.isFinite(d) && d >= 0, "deviation is %s, expected a finite number, not negative", d);
    checkArgument(values >= 0, "values is %s, expected at least 0", values);
  }

  /**
   * Summarises a sample: the squares are divided by one less than their number. Two passes.
   *
   * @throws IllegalArgumentException if there is no number
   */
  public static Spread of(double... values) {
    return summary(values, 1);
  }

  /**
   * Summarises all there are, so that the squares are divided by their number: the deviation of a
   * single one is 0. Two passes.
   *
   * @throws IllegalArgumentException if there is no number
   */
  public static Spread ofAll(double... values) {
    return summary(values, 0);
  }

  /**
   * A mean as it was published, of an unknown number of values.
   *
   * @param deviation empty if none was published
   */
  public static Spread published(double mean, OptionalDouble deviation) {
    return new Spread(mean, deviation, 0);
  }

  private static Spread summary(double[] values, int lost) {
    checkArgument(values.length > 0, "no values, expected at least one");
    double mean = DoubleStream.of(values).sum() / values.length;
    double squares = DoubleStream.of(values).map(v -> (v - mean) * (v - mean)).sum();
    int divisor = values.length - lost;
    return new Spread(
        mean,
        divisor == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.sqrt(squares / divisor)),
        values.length);
  }

  /** {@code 2.76 ± 0.09}, or the mean alone. */
  @Override
  public String toString() {
    return deviation.isPresent()
        ? String.format(Locale.ROOT, "%.2f ± %.2f", mean, deviation.getAsDouble())
        : String.format(Locale.ROOT, "%.2f", mean);
  }
}
