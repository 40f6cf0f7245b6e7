package io.github.oche.benchmarks.learning;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * How long two curves stay together, by their relative difference |a - b| / |b| at each step.
 *
 * @param step the first, from 1, whose difference exceeds {@link #APART}; none if no one's does
 * @param steps how many there are
 * @param earlyDifference the largest of the first {@link #EARLY} steps
 */
record Parting(OptionalInt step, int steps, double earlyDifference) {
  static final double APART = 1e-3;
  static final int EARLY = 10;

  /**
   * Compares two curves.
   *
   * @throws IllegalArgumentException if their lengths differ, or they are empty
   */
  static Parting of(List<Double> a, List<Double> b) {
    checkArgument(
        a.size() == b.size() && !a.isEmpty(),
        "curves of %s and %s steps, expected as many, and one at least",
        a.size(),
        b.size());
    OptionalInt step = OptionalInt.empty();
    double early = 0;
    for (int i = 0; i < a.size(); i++) {
      double difference = difference(a.get(i), b.get(i));
      if (i < EARLY) {
        early = Math.max(early, difference);
      }
      if (step.isEmpty() && !(difference <= APART)) { // NaN is apart
        step = OptionalInt.of(i + 1);
      }
    }
    return new Parting(step, a.size(), early);
  }

  /** Compares a curve of two courses, as far as both go. */
  static Parting of(Course a, Course b, String curve) {
    int steps = Math.min(a.curve(curve).size(), b.curve(curve).size());
    return of(a.curve(curve).subList(0, steps), b.curve(curve).subList(0, steps));
  }

  static double difference(double a, double b) {
    return a == b ? 0 : Math.abs(a - b) / Math.abs(b);
  }

  @Override
  public String toString() {
    String until =
        step.isPresent()
            ? String.format(Locale.ROOT, "part at step %d of %d", step.getAsInt(), steps)
            : "never part";
    return String.format(
        Locale.ROOT,
        "%s; largest difference in the first %d steps %.1e",
        until,
        Math.min(EARLY, steps),
        earlyDifference);
  }
}
