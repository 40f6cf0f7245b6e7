package io.github.oche.benchmarks;

import io.github.oche.engine.MachineSpeed;
import io.github.oche.engine.Workers;
import io.github.oche.engine.kernel.Kernels;
import io.github.oche.engine.kernel.Plane;
import io.github.oche.engine.kernel.Taps;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Prints how fast each kernel is, one thread, one image in cache: the best of many repetitions.
 *
 * <p>Convolutions in GFLOPS and as a share of what one core reaches in registers; the rest in
 * nanoseconds a pixel of one channel block and gigabytes a second. The arrays' data is aligned if
 * Java runs with {@code -XX:ObjectAlignmentInBytes=64}.
 *
 * <p>usage: java --add-modules jdk.incubator.vector -XX:ObjectAlignmentInBytes=64 ... KernelSpeed
 * [part of a name]
 */
public final class KernelSpeed {
  /** After the 16 bytes of an array's header, a multiple of 64 bytes. */
  private static final int AT = 12;

  private static final Kernels KERNELS = Kernels.provider();
  private static final int V = KERNELS.lanes();

  private final String wanted;
  private double peak;
  private long garbage;

  private KernelSpeed(String wanted) {
    this.wanted = wanted;
  }

  public static void main(String[] args) {
    new KernelSpeed(args.length > 0 ? args[0] : "").all();
  }

  private static void print(String line) {
    System.out.println(line);
  }

  private double seconds(Runnable run) {
    // the best of many: other processes and the compilers take time now and then, never give any
    double best = Double.POSITIVE_INFINITY;
    int stale = 0;
    int round = 0;
    int runs = 0;
    while (stale < 25 || (runs < 20_000 && round < 500)) {
      round++;
      double before = best;
      long end = System.nanoTime() + 20_000_000L;
      while (System.nanoTime() < end) {
        long start = System.nanoTime();
        for (int i = 0; i < 4; i++) {
          run.run();
        }
        runs += 4;
        best = Math.min(best, (System.nanoTime() - start) / 4e9);
      }
      stale = best < 0.98 * before ? 0 : stale + 1;
    }
    long bytes = allocated();
    for (int i = 0; i < 100; i++) {
      run.run();
    }
    garbage = Math.max(0, (allocated() - bytes) / 100);
    return best;
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  /** What a kernel that boxes its vectors is found out by; empty for all others. */
  private String garbage() {
    return garbage < 32 ? "" : "  " + garbage + " bytes allocated a call";
  }

  private void convolution(String name, double multiplyAdds, Runnable run) {
    if (name.contains(wanted)) {
      double rate = 2e-9 * multiplyAdds / seconds(run);
      print(
          String.format(
              Locale.ROOT,
              "%-46s %8.1f GFLOPS %5.0f %%%s",
              name,
              rate,
              100 * rate / peak,
              garbage()));
    }
  }

  private void stream(String name, double pixels, double vectors, Runnable run) {
    if (name.contains(wanted)) {
      double s = seconds(run);
      print(
          String.format(
              Locale.ROOT,
              "%-46s %8.2f ns/pixel %6.0f GB/s%s",
              name,
              1e9 * s / pixels,
              4e-9 * V * vectors * pixels / s,
              garbage()));
    }
  }

  private static float[] floats(int n) {
    SplittableRandom random = new SplittableRandom(n);
    float[] x = new float[n + 64];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextDouble() - 0.5f;
    }
    return x;
  }

  private static Plane plane(int rows, int columns) {
    return new Plane().set(floats(rows * columns * V), AT, columns * V, V);
  }

  private void all() {
    print(KERNELS.name() + ", Java " + Runtime.version());
    peak = peak();
    print(String.format(Locale.ROOT, "%-46s %8.1f GFLOPS", "multiply-adds in registers", peak));
    for (int[] t :
        new int[][] {
          {3, 1, 1, 32},
          {5, 1, 1, 32},
          {7, 1, 1, 32},
          {3, 2, 1, 32},
          {5, 2, 1, 32},
          {3, 1, 2, 16},
          {5, 1, 2, 16},
          {3, 2, 2, 16},
          {5, 2, 2, 16},
          {2, 1, 1, 16},
          {3, 1, 1, 16},
          {3, 1, 1, 14},
          {3, 1, 1, 8},
          {5, 1, 1, 8},
          {3, 1, 1, 7},
          {5, 1, 1, 7}
        }) {
      depthwise(new Taps(t[0], t[0], t[1], t[2]), t[3]);
    }
    for (int[] m :
        new int[][] {
          {8, 8, 1024},
          {16, 16, 1024},
          {32, 32, 256},
          {36, 36, 1024},
          {144, 36, 1024},
          {36, 144, 1024},
          {72, 72, 256},
          {288, 72, 256},
          {72, 288, 256},
          {144, 144, 64},
          {576, 144, 64},
          {144, 576, 64},
          {48, 48, 256},
          {64, 64, 64},
          {64, 64, 49},
          {64, 16, 1024},
          {256, 64, 64}
        }) {
      matrix(m[0], m[1], m[2]);
    }
    streams();
    pools();
  }

  private static double peak() {
    try (Workers one = new Workers(1)) {
      return 2e-9 * MachineSpeed.measure(one).multiplyAdds();
    }
  }

  private void depthwise(Taps taps, int side) {
    int extent = (side - 1) * taps.stride() + (taps.rows() - 1) * taps.dilation() + 1;
    Plane x = plane(extent, extent);
    Plane y = plane(side, side);
    float[] w = floats(taps.rows() * taps.columns() * V);
    double work = (double) taps.rows() * taps.columns() * side * side * V;
    String name =
        "%dx%d dilation %d stride %d to %dx%d"
            .formatted(taps.rows(), taps.columns(), taps.dilation(), taps.stride(), side, side);
    convolution(
        "depthwise " + name, work, () -> KERNELS.depthwise(x, taps, w, AT, false, y, side, side));
    convolution(
        "depthwise added " + name,
        work,
        () -> KERNELS.depthwise(x, taps, w, AT, true, y, side, side));
    convolution(
        "depthwise weights " + name,
        work,
        () -> KERNELS.depthwiseWeights(x, taps, y, side, side, w, AT));
  }

  private void matrix(int inputs, int outputs, int pixels) {
    int k = (inputs + 3) / 4 * 4;
    int blocks = (outputs + V - 1) / V;
    int block = pixels * V;
    Plane x = plane((k + V - 1) / V, pixels);
    Plane y = plane(blocks, pixels);
    float[] w = floats(k * blocks * V);
    double work = (double) k * blocks * V * pixels;
    String name = "%d -> %d, %d pixels".formatted(inputs, outputs, pixels);
    convolution(
        "multiply " + name,
        work,
        () -> KERNELS.multiply(x, block, k, k, w, AT, blocks, y, block, 1, pixels));
    convolution(
        "multiply weights " + name,
        work,
        () -> KERNELS.multiplyWeights(x, block, k, k, y, block, blocks, 1, pixels, w, AT));
  }

  private void streams() {
    for (int side : new int[] {8, 14, 16, 32}) {
      for (int n : new int[] {1, 2, 3, 4, 8, 20, 40}) {
        Plane[] x = new Plane[n];
        for (int i = 0; i < n; i++) {
          x[i] = plane(side, side);
        }
        float[] c = floats((n + 1) * V);
        Plane y = plane(side, side);
        Plane padded = plane(side + 2, side + 2);
        int pixels = side * side;
        String name = " %d streams %dx%d".formatted(n, side, side);
        stream(
            "combine" + name,
            pixels,
            n + 1,
            () -> KERNELS.combine(x, n, c, AT, false, y, side, side));
        stream(
            "combine into padded, rectified," + name,
            pixels,
            n + 1,
            () -> KERNELS.combine(x, n, c, AT, true, padded, side, side));
      }
    }
    for (int side : new int[] {8, 14, 32}) {
      Plane x = plane(side, side);
      Plane y = plane(side, side);
      Plane z = plane(side, side);
      double[] sums = new double[2 * V];
      int pixels = side * side;
      String name = " %dx%d".formatted(side, side);
      stream("moments of one" + name, pixels, 1, () -> KERNELS.moments(x, x, side, side, sums, 0));
      stream("moments of two" + name, pixels, 2, () -> KERNELS.moments(x, y, side, side, sums, 0));
      Plane padded = plane(side + 2, side + 2);
      stream(
          "moments of one and a padded one" + name,
          pixels,
          2,
          () -> KERNELS.moments(x, padded, side, side, sums, 0));
      stream("rectified" + name, pixels, 3, () -> KERNELS.rectified(x, y, false, z, side, side));
      stream(
          "rectified, added" + name, pixels, 4, () -> KERNELS.rectified(x, y, true, z, side, side));
    }
  }

  private void pools() {
    for (int side : new int[] {8, 14, 32}) {
      for (int stride = 1; stride <= 2; stride++) {
        int s = stride;
        int out = (side - 1) / stride + 1;
        Plane x = plane(side, side);
        Plane y = plane(out, out);
        Plane gx = plane(side, side);
        int pixels = out * out;
        String name = " 3x3 stride %d of %dx%d".formatted(stride, side, side);
        stream(
            "max pool" + name,
            pixels,
            2,
            () -> KERNELS.maxPool(x, side, side, 3, s, 1, y, out, out));
        stream(
            "max pool along" + name,
            pixels,
            3,
            () -> KERNELS.maxPoolAlong(x, gx, side, side, 3, s, 1, y, out, out));
        stream(
            "max pool backward" + name,
            pixels,
            4,
            () -> KERNELS.maxPoolBackward(x, side, side, 3, s, 1, y, out, out, gx));
        stream(
            "average pool" + name,
            pixels,
            2,
            () -> KERNELS.averagePool(x, side, side, 3, s, 1, y, out, out));
        stream(
            "average pool backward" + name,
            pixels,
            3,
            () -> KERNELS.averagePoolBackward(y, out, out, 3, s, 1, gx, side, side));
      }
    }
  }
}
