package io.github.oche.engine.kernel;

/** Gives tests outside this package the plain kernels in any width. */
public final class TestKernels {
  private TestKernels() {}

  /** The plain kernels with 4, 8 or 16 lanes. */
  public static Kernels plain(int lanes) {
    return new PlainKernels(lanes);
  }
}
