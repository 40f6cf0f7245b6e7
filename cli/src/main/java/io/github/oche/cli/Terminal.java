package io.github.oche.cli;

import com.google.common.primitives.Ints;

/**
 * What standard output is.
 *
 * @param redraws whether a line can be drawn over
 * @param columns its width, at least 2
 */
record Terminal(boolean redraws, int columns) {
  /** Width of the terminal, empty where it is unknown, or {@code no}: set by the launcher. */
  private static final String PROPERTY = "oche.terminal";

  private static final int USUAL_COLUMNS = 80;

  /** Returns what the launcher found; without it, lines are plain. */
  static Terminal ofProcess() {
    return parse(System.getProperty(PROPERTY, "no"));
  }

  static Terminal parse(String property) {
    if (property.equals("no")) {
      return new Terminal(false, USUAL_COLUMNS);
    }
    Integer columns = Ints.tryParse(property);
    return new Terminal(true, columns == null || columns < 2 ? USUAL_COLUMNS : columns);
  }
}
