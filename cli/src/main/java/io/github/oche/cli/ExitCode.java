package io.github.oche.cli;

/** What the process ends with. */
final class ExitCode {
  static final int DONE = 0;

  /** A quantity that was verified is off, or Oche itself has a fault. */
  static final int FAILED = 1;

  static final int BAD_INPUT = 2;
  static final int DIVERGED = 3;
  static final int NO_MEMORY_OR_SPACE = 4;

  private ExitCode() {}
}
