package io.github.oche.evaluation.tabular;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.stream.DoubleStream;

/**
 * Mean and standard deviation of some numbers.
 *
 * @param mean of them
 * @param deviation the root of the mean squared distance from the mean (divided by their number, as
 *     published tables do): 0 of a single one
 */
public record Spread(double mean, double deviation) {
  /**
   * Summarises numbers, in two passes.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Spread of(double... values) {
    checkArgument(values.length > 0, "no values, expected at least one");
    double mean = DoubleStream.of(values).sum() / values.length;
    double squares = DoubleStream.of(values).map(v -> (v - mean) * (v - mean)).sum();
    return new Spread(mean, Math.sqrt(squares / values.length));
  }
}
