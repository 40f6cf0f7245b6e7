package io.github.oche.cli;

import io.github.oche.darts.RunFolder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a run is repeated, how fast it goes and where it writes: options of all that train. */
final class RunOptions {
  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same seed gives the same bits (0).")
  private @Nullable Long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads; the bits do not depend on them (one a core).")
  private @Nullable Integer threads;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder to make, or the same run's (runs/N, the next free number).")
  private @Nullable String out;

  long seed() {
    return seed == null ? 0 : seed;
  }

  boolean seedIsGiven() {
    return seed != null;
  }

  /**
   * Returns the number of threads.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  int threads() {
    return Threads.of(threads);
  }

  /**
   * Returns the folder that was named, if one was, whether or not it can be a new run's.
   *
   * @throws IllegalArgumentException if it is no path
   */
  Optional<Path> out() {
    return Optional.ofNullable(out).map(text -> Paths.of("--out", text));
  }

  /**
   * Returns the run's folder, where it may have begun before.
   *
   * @param identity all that decides what the run comes to
   * @throws IllegalArgumentException if the folder is another run's, or cannot be made
   */
  RunFolder folder(Map<String, ?> identity) {
    return out == null ? folder() : RunFolder.of(Paths.of("--out", out), identity);
  }

  /**
   * Returns the run's folder; it is not made before the first file is written.
   *
   * @throws IllegalArgumentException if it is not empty or cannot be made
   */
  RunFolder folder() {
    if (out == null) {
      return RunFolder.next(Path.of("runs"));
    }
    return RunFolder.at(Paths.of("--out", out));
  }
}
