package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkArgument;

/** Checks of numbers that constructors take. */
final class Settings {
  private Settings() {}

  static double positive(String name, double value) {
    checkArgument(
        value > 0 && Double.isFinite(value), "%s is %s, expected a positive number", name, value);
    return value;
  }

  static double notNegative(String name, double value) {
    checkArgument(
        value >= 0 && Double.isFinite(value),
        "%s is %s, expected a number of at least 0",
        name,
        value);
    return value;
  }

  static int atLeastOne(String name, int value) {
    checkArgument(value >= 1, "%s is %s, expected at least 1", name, value);
    return value;
  }
}
