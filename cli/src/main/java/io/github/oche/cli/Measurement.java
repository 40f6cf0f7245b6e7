package io.github.oche.cli;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.Timing;
import java.util.Arrays;

/**
 * What some steps of one kind took, after the compiler has done its work.
 *
 * @param median seconds of one
 * @param total seconds of all
 * @param steps how many there were
 * @param allocated bytes that all threads allocated on the heap; negative if the JVM does not count
 * @param timings where the time of all went
 */
record Measurement(
    double median, double total, int steps, long allocated, ImmutableList<Timing> timings) {
  /** Steps before the clock runs: of large ones, the compiler has done its work after four. */
  static final int WARM_UP = 5;

  /** Of small ones it has not: they are run a second for each that counts, up to this. */
  private static final int WARM_UP_SECONDS = 5;

  /** Warms up as a kind of step needs it that was not run before, and measures. */
  static Measurement of(Benched benched, BenchStep step, int steps) {
    double seconds = Math.min(steps, WARM_UP_SECONDS);
    return of(benched, step, WARM_UP, seconds, steps);
  }

  /**
   * Runs a step {@code warmUp} times and at least so many seconds, then {@code steps} times by the
   * clock.
   */
  static Measurement of(
      Benched benched, BenchStep step, int warmUp, double warmUpSeconds, int steps) {
    Runnable prepared = benched.prepare(step);
    long begun = System.nanoTime();
    for (int i = 0; i < warmUp || System.nanoTime() - begun < warmUpSeconds * 1e9; i++) {
      prepared.run();
    }
    benched.clearTimings();
    double[] seconds = new double[steps];
    Allocation allocation = new Allocation();
    long before = allocation.bytes();
    for (int i = 0; i < steps; i++) {
      long start = System.nanoTime();
      prepared.run();
      seconds[i] = (System.nanoTime() - start) / 1e9;
    }
    long allocated = before < 0 ? before : allocation.bytes() - before;
    double total = Arrays.stream(seconds).sum();
    return new Measurement(median(seconds), total, steps, allocated, benched.timings());
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  /** Multiply-adds of one step. */
  double multiplyAdds() {
    return timings.stream().mapToDouble(Timing::multiplyAdds).sum() / steps;
  }
}
