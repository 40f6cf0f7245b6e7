package io.github.oche.cli;

import io.github.oche.data.Dataset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which images: the options of all commands that train. */
final class DataOptions {
  @Mixin private ImageOptions images;

  @Option(
      names = "--train-images",
      paramLabel = "N",
      description = "Use this many of the training images (all).")
  private @Nullable Integer trainImages;

  /** Whether the sample that comes with Oche is used. */
  boolean isEmbedded() {
    return images.isEmbedded();
  }

  /**
   * Returns how many training images to use, 0 for all.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  int trainImages() {
    return trainImages == null
        ? 0
        : Ranges.check("--train-images", trainImages, 2, Integer.MAX_VALUE);
  }

  /**
   * Reads all images; where there are no test images, some are held out, by a search too.
   *
   * @throws IllegalArgumentException if they cannot be read
   */
  Dataset read() {
    return images.read();
  }
}
