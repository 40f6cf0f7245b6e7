package io.github.oche.cli;

import org.jspecify.annotations.Nullable;

/** What {@code --threads} means. */
final class Threads {
  private static final int MOST = 1024;

  private Threads() {}

  /**
   * Returns the number given, or one a core.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  static int of(@Nullable Integer given) {
    return given == null
        ? Runtime.getRuntime().availableProcessors()
        : Ranges.check("--threads", given, 1, MOST);
  }
}
