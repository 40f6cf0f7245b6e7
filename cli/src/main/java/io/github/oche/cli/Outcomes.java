package io.github.oche.cli;

import io.github.oche.bilevel.linear.Outcome;
import java.util.Locale;

/** How outcomes are called on the screen. */
final class Outcomes {
  private Outcomes() {}

  static String words(Outcome outcome) {
    return outcome == Outcome.STEP_LIMIT
        ? "not converged"
        : outcome.toString().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The same of a method that may solve linear systems, with what a failure of that left. */
  static String words(Outcome outcome, double residual) {
    return outcome == Outcome.STEP_LIMIT && !Double.isNaN(residual)
        ? String.format(Locale.ROOT, "%s: residual %.1e", words(outcome), residual)
        : words(outcome);
  }
}
