package io.github.oche.engine;

import io.github.oche.engine.kernel.Kernels;
import io.github.oche.engine.kernel.Plane;
import java.util.Arrays;

/**
 * What the threads of a pool reach together on this machine, now: the measure of a network's
 * timings.
 *
 * @param multiplyAdds a second, in registers
 * @param bytes a second, read and written, when memory is copied
 */
public record MachineSpeed(double multiplyAdds, double bytes) {
  /**
   * A core's clock changes with what its neighbours do, for hundreds of milliseconds; and on a busy
   * machine it takes that long until the loops are compiled.
   */
  private static final double SECONDS = 0.7;

  private static final int MULTIPLICATIONS = 50_000;

  /** Floats that a thread copies: more than any cache holds. */
  private static final int COPIED = 1 << 23;

  /** Measures for about two seconds: the best of many rounds, until it is best for a while. */
  public static MachineSpeed measure(Workers workers) {
    Kernels kernels = Kernels.provider();
    int threads = workers.threads();
    return new MachineSpeed(
        (double) threads
            * MULTIPLICATIONS
            * Kernels.CHAINS
            * kernels.lanes()
            / best(workers, multiplyAdds(kernels, threads)),
        (double) threads * 2 * Float.BYTES * COPIED / best(workers, copies(kernels, threads)));
  }

  private static double best(Workers workers, Workers.Task task) {
    double best = Double.POSITIVE_INFINITY;
    long end = System.nanoTime() + (long) (SECONDS * 1e9);
    do {
      long start = System.nanoTime();
      workers.run(workers.threads(), task);
      long now = System.nanoTime();
      if (now - start < 0.8e9 * best) {
        end = now + (long) (SECONDS * 1e9);
      }
      best = Math.min(best, (now - start) / 1e9);
    } while (System.nanoTime() - end < 0);
    return best;
  }

  private static Workers.Task multiplyAdds(Kernels kernels, int threads) {
    float[][] sums = new float[threads][Memory.FIRST + (2 + Kernels.CHAINS) * kernels.lanes()];
    return (i, worker) -> kernels.multiplyAdds(MULTIPLICATIONS, sums[i], Memory.FIRST);
  }

  private static Workers.Task copies(Kernels kernels, int threads) {
    int v = kernels.lanes();
    Plane[] x = planes(threads, COPIED, v);
    Plane[] y = planes(threads, COPIED, v);
    float[] copy = new float[2 * v];
    Arrays.fill(copy, 0, v, 1);
    return (i, worker) ->
        kernels.combine(new Plane[] {x[i]}, 1, copy, 0, false, y[i], 1, COPIED / v);
  }

  private static Plane[] planes(int threads, int size, int pixel) {
    Plane[] planes = new Plane[threads];
    for (int i = 0; i < threads; i++) {
      planes[i] = new Plane().set(new float[Memory.FIRST + size], Memory.FIRST, size, pixel);
    }
    return planes;
  }
}
