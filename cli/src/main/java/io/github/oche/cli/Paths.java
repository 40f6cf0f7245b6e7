package io.github.oche.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** What users give for paths. */
final class Paths {
  private Paths() {}

  /**
   * Returns the path.
   *
   * @param what what it is, for the message: {@code --out}
   * @throws IllegalArgumentException if the text cannot be one
   */
  static Path of(String what, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(what + " " + text + " is no path: " + e.getReason(), e);
    }
  }
}
