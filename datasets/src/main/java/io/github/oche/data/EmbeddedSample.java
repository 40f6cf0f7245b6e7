package io.github.oche.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalDouble;

/** The sample of Fashion-MNIST among the resources of this library. */
final class EmbeddedSample {
  private static final String FOLDER = "fashion-mnist/";

  /** Percent of the 1,000 test images that one nearest neighbour gets right; a test computes it. */
  static final double NEAREST_NEIGHBOUR_PERCENT = 80.4;

  private EmbeddedSample() {}

  static Dataset read() {
    Dataset read = IdxFiles.read("Fashion-MNIST sample", "the library", EmbeddedSample::find);
    return new Dataset(
        read.name(),
        read.train(),
        read.test(),
        read.classNames(),
        read.normalisation(),
        OptionalDouble.of(NEAREST_NEIGHBOUR_PERCENT),
        read.notes());
  }

  private static Optional<Source> find(String name) {
    return resource(name + ".gz").or(() -> resource(name));
  }

  private static Optional<Source> resource(String name) {
    try (InputStream in = EmbeddedSample.class.getResourceAsStream(FOLDER + name)) {
      return in == null ? Optional.empty() : Optional.of(Source.of(name, in.readAllBytes()));
    } catch (IOException e) {
      throw Source.unreadable(name, e);
    }
  }
}
