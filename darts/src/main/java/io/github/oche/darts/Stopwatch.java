package io.github.oche.darts;

import java.time.Duration;

/** Measures the effort of work of this process, and what came before an interruption. */
public final class Stopwatch {
  private final int threads;
  private final long start = System.nanoTime();
  private final double cpuStart = cpu();
  private double secondsBefore;
  private Effort effortBefore = Effort.NONE;

  /** Starts; this many threads work from now on. */
  public Stopwatch(int threads) {
    this.threads = threads;
  }

  /** Counts in what the work took up to an interruption. */
  public void add(double seconds, Effort effort) {
    secondsBefore += seconds;
    effortBefore = effortBefore.plus(effort);
  }

  /** Seconds so far. */
  public double seconds() {
    return secondsBefore + elapsed();
  }

  /** The effort so far. */
  public Effort effort() {
    return effortBefore.plus(new Effort(threads * elapsed(), cpu() - cpuStart));
  }

  private double elapsed() {
    return (System.nanoTime() - start) / 1e9;
  }

  private static double cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
  }
}
