package io.github.oche.evaluation.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps two processes from writing to one folder; the system frees it when a process ends. */
final class FolderLock implements AutoCloseable {
  private static final String NAME = "lock.tmp";

  private final Path folder;
  private final FileChannel channel;
  private final @Nullable FileLock lock;

  private FolderLock(Path folder, FileChannel channel, @Nullable FileLock lock) {
    this.folder = folder;
    this.channel = channel;
    this.lock = lock;
  }

  /** Makes the folder if need be, and takes its lock if nobody has it. */
  static FolderLock of(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        return new FolderLock(folder, channel, channel.tryLock());
      } catch (OverlappingFileLockException e) {
        return new FolderLock(folder, channel, null); // this process has it
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Checks that this is the holder.
   *
   * @throws IllegalArgumentException if another one is
   */
  void check() {
    if (lock == null) {
      throw new IllegalArgumentException(
          "a reproduction is under way in " + folder + "; wait for it, or choose another --out");
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
