package io.github.oche.cli;

import java.util.Locale;

/** Checks numbers that come from the command line, so that a message names the option. */
final class Ranges {
  private Ranges() {}

  /**
   * Returns the value.
   *
   * @throws IllegalArgumentException if it lies outside
   */
  static int check(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s is %d, expected %d to %d", option, value, least, most));
    }
    return value;
  }
}
