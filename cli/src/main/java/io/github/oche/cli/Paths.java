package io.github.oche.cli;

import java.nio.file.Files;
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
    if (text.isBlank()) {
      throw new IllegalArgumentException(what + " is empty, expected a path");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(what + " " + text + " is no path: " + e.getReason(), e);
    }
  }

  /**
   * Returns a file that was named itself, or by the folder of the run that left it.
   *
   * @param path of the file or the folder
   * @param name of the file in a run's folder
   * @param origin who leaves it there, for the message: {@code a training leaves}
   * @throws IllegalArgumentException if it is a folder without that file
   */
  static Path leftBy(Path path, String name, String origin) {
    if (!Files.isDirectory(path)) {
      return path;
    }
    Path file = path.resolve(name);
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(
          "folder " + path + " holds no " + name + ", which " + origin);
    }
    return file;
  }
}
