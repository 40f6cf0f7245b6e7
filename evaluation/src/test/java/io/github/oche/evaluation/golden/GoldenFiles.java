package io.github.oche.evaluation.golden;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Golden files: those that lie packed beside the tests, and others where they are to be had. They
 * were computed in double precision, by code that agrees with the published one to rounding.
 */
final class GoldenFiles {
  static final String NETWORK = "darts-nasnet-network-c6-l5.safetensors";
  static final String SUPERNET = "darts-supernet-c4-l4.safetensors";
  static final String TRAJECTORY = "darts-trajectory-c4-l4.safetensors";

  private GoldenFiles() {}

  /** Unpacks a file of the tests' resources into a folder. */
  static Path unpack(String name, Path folder) {
    try (InputStream packed =
            Objects.requireNonNull(GoldenFiles.class.getResourceAsStream(name + ".gz"), name);
        InputStream in = new GZIPInputStream(packed)) {
      Path file = folder.resolve(name);
      Files.copy(in, file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns a file that is too large for the tests' resources, or has the test skipped: the
   * property {@code oche.test.golden} names the folder, otherwise {@code shared/golden} is looked
   * for beside the project.
   */
  static Path elsewhere(String name) {
    Path file = null;
    String property = System.getProperty("oche.test.golden");
    if (property != null) {
      file = Path.of(property).resolve(name);
    } else {
      for (Path at = Path.of("").toAbsolutePath(); at != null && file == null; at = above(at)) {
        Path candidate = at.resolve("shared").resolve("golden").resolve(name);
        file = Files.exists(candidate) ? candidate : null;
      }
    }
    assumeThat(file != null && Files.exists(file))
        .as("golden file %s; -Doche.test.golden=FOLDER says where it lies", name)
        .isTrue();
    return Objects.requireNonNull(file);
  }

  private static @Nullable Path above(Path path) {
    return path.getParent();
  }
}
