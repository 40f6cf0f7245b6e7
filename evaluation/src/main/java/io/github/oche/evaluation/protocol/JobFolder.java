package io.github.oche.evaluation.protocol;

import com.google.common.collect.ImmutableMap;
import io.github.oche.darts.Effort;
import io.github.oche.darts.Provenance;
import io.github.oche.darts.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The folder of one search or training. {@code run.json}, which comes first, says what is done in
 * it; {@value #DONE}, which comes last, that it is done, and what it took. What lies between is an
 * ordinary run.
 *
 * <p>A run that ended early is done again over its files, from its checkpoint on: each has the same
 * name and is replaced as a whole, so nothing is ever deleted but {@value #DONE} and the checkpoint
 * of what is done.
 */
final class JobFolder {
  static final String DONE = "done.json";

  private static final String DIVERGED = "diverged";

  private final Path path;
  private final ImmutableMap<String, Object> identity;

  /**
   * A folder that may be there or not.
   *
   * @param identity all that decides what the job comes to; {@code run.json} holds it, and more
   */
  JobFolder(Path path, ImmutableMap<String, Object> identity) {
    this.path = path;
    this.identity = identity;
  }

  /** What {@code run.json} is to say. */
  ImmutableMap<String, Object> run(int threads) {
    return Provenance.run(identity, threads);
  }

  /**
   * Checks that the folder is free, or this job's.
   *
   * @throws IllegalArgumentException if there is something else in it
   */
  void check() {
    RunFolder.of(path, identity);
  }

  /** The folder to write to. */
  RunFolder begin() {
    try {
      Files.deleteIfExists(path.resolve(DONE));
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return RunFolder.existing(path);
  }

  /** Writes that the job is done. */
  void end(Effort effort) {
    RunFolder.existing(path).writeJson(DONE, effort.tree());
  }

  /** Writes that the job is done, without a result. */
  void end(Effort effort, String diverged) {
    ImmutableMap<String, Object> tree =
        ImmutableMap.<String, Object>builder()
            .putAll(effort.tree())
            .put(DIVERGED, diverged)
            .buildOrThrow();
    RunFolder.existing(path).writeJson(DONE, tree);
  }

  /** What the job took, if it is done. */
  Optional<Effort> effort() {
    try {
      return done().map(Effort::of);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(path.resolve(DONE) + ": " + e.getMessage(), e);
    }
  }

  /** Whether the job is done and came to nothing, because a number became NaN or infinite. */
  boolean diverged() {
    return done().filter(tree -> tree.containsKey(DIVERGED)).isPresent();
  }

  private Optional<ImmutableMap<String, Object>> done() {
    return Files.isDirectory(path) ? RunFolder.existing(path).readJson(DONE) : Optional.empty();
  }

  /** The folder, which is there. */
  RunFolder folder() {
    return RunFolder.existing(path);
  }

  @Override
  public String toString() {
    return Objects.toString(path);
  }
}
