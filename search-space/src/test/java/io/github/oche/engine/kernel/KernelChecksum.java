package io.github.oche.engine.kernel;

import java.util.Arrays;

/** Prints which kernels a JVM chose, and a checksum over every kernel on every shape. */
final class KernelChecksum {
  private KernelChecksum() {}

  public static void main(String[] args) {
    Kernels kernels = Kernels.provider();
    long sum = 1;
    for (KernelCase c : KernelCase.all()) {
      sum = 31 * sum + Arrays.hashCode(c.run().apply(kernels));
    }
    System.out.println(kernels.name() + ": " + sum);
  }
}
