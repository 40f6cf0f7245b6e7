package io.github.oche.evaluation;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * A figure over trainings that differ in their seed alone.
 *
 * @param mean of the trainings
 * @param deviation sample standard deviation (the squares divided by n - 1); empty for a single
 *     seed, of which nothing can be said
 * @param seeds how many there were
 */
public record OverSeeds(double mean, OptionalDouble deviation, int seeds) {
  /**
   * Summarises numbers, in two passes.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static OverSeeds of(double... values) {
    checkArgument(values.length > 0, "no values, expected one a seed");
    double mean = DoubleStream.of(values).sum() / values.length;
    double squares = DoubleStream.of(values).map(v -> (v - mean) * (v - mean)).sum();
    return new OverSeeds(
        mean,
        values.length == 1
            ? OptionalDouble.empty()
            : OptionalDouble.of(Math.sqrt(squares / (values.length - 1))),
        values.length);
  }

  /** As JSON has it: {@code mean}, and {@code deviation} if there is one. */
  ImmutableMap<String, Object> tree() {
    return deviation.isPresent()
        ? ImmutableMap.of("mean", mean, "deviation", deviation.getAsDouble())
        : ImmutableMap.of("mean", mean);
  }

  /** {@code 2.76 ± 0.09}, or the mean alone. */
  @Override
  public String toString() {
    return deviation.isPresent()
        ? String.format(Locale.ROOT, "%.2f ± %.2f", mean, deviation.getAsDouble())
        : String.format(Locale.ROOT, "%.2f", mean);
  }
}
