package io.github.oche.evaluation.protocol;

import java.time.Duration;

/** Measures the effort of work of this process. */
final class Stopwatch {
  private final int threads;
  private final long start = System.nanoTime();
  private final double cpuStart = cpu();

  Stopwatch(int threads) {
    this.threads = threads;
  }

  double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  Effort effort() {
    return new Effort(threads * seconds(), cpu() - cpuStart);
  }

  private static double cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
  }
}
