package io.github.oche.darts;

import java.util.Locale;

/** The heap is too small for what is about to run; thrown before anything does. */
public final class HeapException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final double MEGABYTE = 1 << 20;

  private HeapException(String message) {
    super(message);
  }

  /**
   * Refuses to start what cannot be finished.
   *
   * @param what what needs the memory: "the search"
   * @param needed bytes of heap
   * @param lower the settings that lower it, with their values: "batch (64) or channels (16)"
   * @throws HeapException if the JVM may not use as much
   */
  public static void check(String what, long needed, String lower) {
    check(what, needed, lower, Runtime.getRuntime().maxMemory());
  }

  static void check(String what, long needed, String lower, long available) {
    if (needed > available) {
      throw new HeapException(
          String.format(
              Locale.ROOT,
              "%s needs %,.0f MB of heap, this JVM may use %,.0f MB; lower %s, or give it more with -Xmx%dm",
              what,
              Math.ceil(needed / MEGABYTE),
              Math.floor(available / MEGABYTE),
              lower,
              (long) Math.ceil(1.1 * needed / MEGABYTE)));
    }
  }
}
