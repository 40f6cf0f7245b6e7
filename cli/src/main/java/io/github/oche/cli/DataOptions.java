package io.github.oche.cli;

import io.github.oche.data.DataException;
import io.github.oche.data.Dataset;
import io.github.oche.data.Format;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which images: the options of all commands that train. */
final class DataOptions {
  private static final String EMBEDDED = "embedded";

  @Option(
      names = "--data",
      paramLabel = "embedded|PATH",
      defaultValue = EMBEDDED,
      description = "Images: the sample that comes along, or a file or folder (${DEFAULT-VALUE}).")
  private String data = EMBEDDED;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "auto",
      converter = FormatConverter.class,
      description = "auto, cifar10, cifar100, idx or folder (${DEFAULT-VALUE}).")
  private Format format = Format.AUTO;

  @Option(
      names = "--train-images",
      paramLabel = "N",
      description = "Use this many of the training images (all).")
  private @Nullable Integer trainImages;

  /** Whether the sample that comes with Oche is used. */
  boolean isEmbedded() {
    return data.equals(EMBEDDED);
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
    return (isEmbedded() ? Dataset.embedded() : Dataset.read(path(), format)).withTest();
  }

  private Path path() {
    try {
      return Path.of(data);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("--data " + data + " is no path: " + e.getReason(), e);
    }
  }

  /** Reads the name of a format. */
  static final class FormatConverter implements ITypeConverter<Format> {
    @Override
    public Format convert(String value) {
      try {
        return Format.parse(value);
      } catch (DataException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
