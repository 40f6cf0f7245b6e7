package io.github.oche.cli;

import java.util.Locale;

/** How long the search of the DARTS paper on CIFAR-10 would take: half of 50,000 images train w. */
final class PublishedSearch {
  static final int BATCH = 64;
  private static final int EPOCHS = 50;
  private static final int IMAGES = 25_000;
  private static final int STEPS = (IMAGES + BATCH - 1) / BATCH; // 391
  private static final double HOUR = 3600;

  private PublishedSearch() {}

  /** Hours of all steps, if each takes as long as this first-order step. */
  static double hours(double seconds) {
    return EPOCHS * STEPS * seconds / HOUR;
  }

  /**
   * Says how many hours.
   *
   * @param seconds of a first-order step
   * @param steps from how many that is known
   */
  static String line(double seconds, int steps) {
    return String.format(
        Locale.ROOT,
        "published search: %.2f hours (%d epochs of %d steps, extrapolated from %s)",
        hours(seconds),
        EPOCHS,
        STEPS,
        BenchSettings.count(steps, "step"));
  }
}
