package io.github.oche.data;

import com.google.common.base.Ascii;
import com.google.common.base.Joiner;

/** How image data lie on disk. */
public enum Format {
  /** Finds out by looking. */
  AUTO,
  /** CIFAR-10 binary: archive, folder or single file. */
  CIFAR10,
  /** CIFAR-100 binary, with its fine labels: archive, folder or single file. */
  CIFAR100,
  /**
   * IDX, as MNIST and Fashion-MNIST are published: a folder, or an image file beside its labels.
   */
  IDX,
  /** A folder of PNG or JPEG images, one sub-folder a class. */
  FOLDER;

  /**
   * Reads a format's name, such as {@code cifar10}.
   *
   * @throws DataException if there is none of that name
   */
  public static Format parse(String name) {
    for (Format format : values()) {
      if (format.toString().equals(Ascii.toLowerCase(name))) {
        return format;
      }
    }
    throw DataException.of(
        "unknown data format \"%s\"; known: %s", name, Joiner.on(", ").join(values()));
  }

  @Override
  public String toString() {
    return Ascii.toLowerCase(name());
  }
}
