package io.github.oche.cli;

import io.github.oche.bilevel.linear.Outcome;
import java.util.Locale;

/** How outcomes are called on the screen. */
final class Outcomes {
  private Outcomes() {}

  static String words(Outcome outcome) {
    return outcome.toString().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
