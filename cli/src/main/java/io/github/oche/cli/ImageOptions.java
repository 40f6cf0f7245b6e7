package io.github.oche.cli;

import io.github.oche.data.DataException;
import io.github.oche.data.Dataset;
import io.github.oche.data.Format;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which images. */
final class ImageOptions {
  static final String EMBEDDED = "embedded";

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

  /** Whether the sample that comes with Oche is used. */
  boolean isEmbedded() {
    return data.equals(EMBEDDED);
  }

  /**
   * Reads all images; where there are no test images, some are held out, by a search too.
   *
   * @throws IllegalArgumentException if they cannot be read
   */
  Dataset read() {
    return read(data, format);
  }

  /**
   * Reads what {@code --data} names.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  static Dataset read(String data, Format format) {
    return (data.equals(EMBEDDED)
            ? Dataset.embedded()
            : Dataset.read(Paths.of("--data", data), format))
        .withTest();
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
