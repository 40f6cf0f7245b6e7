package io.github.oche.evaluation.model;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files that are there as a whole or not at all. */
public final class WholeFile {
  /** Writes the content. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it; the stream is closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  private WholeFile() {}

  /**
   * Checks that a file can be made, before work is done for it.
   *
   * @throws IllegalArgumentException if it is a folder or a device, or would lie in no folder
   */
  public static void check(Path path) {
    checkArgument(!Files.isDirectory(path), "%s is a folder, expected a file to write", path);
    checkArgument(
        !Files.exists(path) || Files.isRegularFile(path), // a device would be replaced
        "%s is there, and is no regular file",
        path);
    Path folder = path.toAbsolutePath().getParent();
    checkArgument(
        folder != null && Files.isDirectory(folder),
        "%s cannot be written: there is no folder %s",
        path,
        folder);
    checkArgument(
        Files.isWritable(folder), "%s cannot be written: folder %s is not writable", path, folder);
  }

  /**
   * Writes under a temporary name beside the file, forces it to the disk and renames it.
   *
   * @throws IllegalArgumentException as {@link #check}
   * @throws IOException if writing fails; the temporary file is then removed
   */
  public static void write(Path path, Content content) throws IOException {
    check(path);
    Path temporary = path.resolveSibling(path.getFileName() + ".tmp");
    try {
      try (FileOutputStream file = new FileOutputStream(temporary.toFile());
          BufferedOutputStream out = new BufferedOutputStream(file)) {
        content.writeTo(out);
        out.flush();
        file.getFD().sync();
      }
      Files.move(
          temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
