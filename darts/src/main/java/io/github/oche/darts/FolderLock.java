package io.github.oche.darts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two processes from writing to one folder, from {@link #take} to {@link #close}; the system
 * frees it when a process ends. While it is held there is a file {@value #NAME} in the folder.
 */
public final class FolderLock implements AutoCloseable {
  private static final String NAME = "lock.tmp";

  private final Path folder;
  private @Nullable FileChannel held;

  /** A lock that nobody holds yet; nothing is written. */
  public FolderLock(Path folder) {
    this.folder = folder;
  }

  /**
   * Takes the lock; makes the folder if need be.
   *
   * @throws IllegalArgumentException if somebody else has it
   */
  public void take() {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!lock(channel)) {
        channel.close();
        throw new IllegalArgumentException(
            "a run is under way in " + folder + "; wait for it, or choose another folder");
      }
      held = channel;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // this process has it
    }
  }

  /** Frees the lock, if it was taken. */
  @Override
  public void close() {
    if (held != null) {
      try {
        try {
          Files.deleteIfExists(folder.resolve(NAME)); // while nobody else can have it
        } finally {
          held.close();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
