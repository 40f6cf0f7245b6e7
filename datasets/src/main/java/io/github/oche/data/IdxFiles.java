package io.github.oche.data;

import com.google.common.collect.ImmutableList;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads IDX files of unsigned bytes (LeCun, Cortes and Burges 1998): a header of big-endian
 * integers (magic number, counts), then the data.
 */
final class IdxFiles {
  static final int IMAGES = 0x0803;
  static final int LABELS = 0x0801;

  private static final ImmutableList<String> TEST = ImmutableList.of("t10k", "test");
  private static final ImmutableList<String> NAMES =
      ImmutableList.of("label_names.txt", "classes.txt");

  private IdxFiles() {}

  /** Where to find a file of a set, such as ("train", "images", 3), in a folder or elsewhere. */
  @FunctionalInterface
  interface Finder {
    Optional<Source> find(String name);
  }

  static boolean isIn(Path folder) {
    Finder finder = inFolder(folder);
    return find(finder, "train", "images", 3).isPresent()
        || find(finder, "train", "labels", 1).isPresent();
  }

  static Dataset folder(Path folder) {
    return read(Readers.nameOf(folder), folder.toString(), inFolder(folder));
  }

  /** Reads an image file and the label file beside it, without test images. */
  static Dataset file(Path file) {
    String name = Readers.nameOf(file);
    int at = name.lastIndexOf("images");
    if (at < 0) {
      throw DataException.of(
          "%s: the name of an IDX image file must contain \"images\", so that its labels can be"
              + " found; or give the folder",
          file);
    }
    String labels =
        name.substring(0, at) + "labels" + name.substring(at + 6).replace("idx3", "idx1");
    String plain = labels.endsWith(".gz") ? labels.substring(0, labels.length() - 3) : labels;
    Path folder = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
    Source labelFile =
        inFolder(folder)
            .find(plain)
            .orElseThrow(
                () -> DataException.of("%s: its labels, %s, are not beside it", file, plain));
    Source imageFile = Source.of(file);
    Part part = part(imageFile, labelFile);
    return dataset(name, part, Optional.empty(), Optional.empty());
  }

  /** Reads a set whose files are found by their published names. */
  static Dataset read(String title, String where, Finder finder) {
    Source images = require(finder, where, "train", "images", 3);
    Source labels = require(finder, where, "train", "labels", 1);
    Part train = part(images, labels);
    Optional<Part> test = Optional.empty();
    for (String prefix : TEST) {
      boolean present =
          find(finder, prefix, "images", 3).isPresent()
              || find(finder, prefix, "labels", 1).isPresent();
      if (present && test.isEmpty()) {
        Source testImages = require(finder, where, prefix, "images", 3);
        Source testLabelFile = require(finder, where, prefix, "labels", 1);
        test = Optional.of(part(testImages, testLabelFile));
      }
    }
    Optional<List<String>> names = Optional.empty();
    for (String name : NAMES) {
      if (names.isEmpty()) {
        names = finder.find(name).map(CifarBinary::lines);
      }
    }
    return dataset(title, train, test, names);
  }

  /** Images and labels that belong together; how many classes there are is not known yet. */
  private static final class Part {
    final int rows;
    final int columns;
    final byte[] pixels;
    final int[] labels;
    final String labelFile;

    Part(int rows, int columns, byte[] pixels, int[] labels, String labelFile) {
      this.rows = rows;
      this.columns = columns;
      this.pixels = pixels;
      this.labels = labels;
      this.labelFile = labelFile;
    }

    int classes() {
      int most = 0;
      for (int label : labels) {
        most = Math.max(most, label);
      }
      return most + 1;
    }

    ImageData images(int classes) {
      for (int i = 0; i < labels.length; i++) {
        if (labels[i] >= classes) {
          throw DataException.of(
              "%s: record %,d has label %d, expected 0 to %d",
              labelFile, i + 1, labels[i], classes - 1);
        }
      }
      return ImageData.wrap(1, rows, columns, classes, pixels, labels);
    }
  }

  private static Dataset dataset(
      String title, Part train, Optional<Part> test, Optional<List<String>> names) {
    int classes = names.map(List::size).orElse(train.classes());
    return Dataset.measured(
        title,
        train.images(classes),
        test.map(part -> part.images(classes)),
        names.map(ImmutableList::copyOf).orElse(CifarBinary.numbers(classes)));
  }

  private static Part part(Source imageFile, Source labelFile) {
    return imageFile.read(
        in -> {
          DataInputStream header = new DataInputStream(in);
          requireMagic(imageFile, header, IMAGES, "images");
          int count = readCount(imageFile, header, "images");
          int rows = readCount(imageFile, header, "rows");
          int columns = readCount(imageFile, header, "columns");
          Limits.requireSides(imageFile.name(), rows, columns);
          int size = Limits.bytes(imageFile.name(), count, 1, rows, columns);
          byte[] pixels = readRest(imageFile, in, size, 16);
          int[] labels = labels(labelFile);
          if (labels.length != count) {
            throw DataException.of(
                "%s has %,d labels, but %s has %,d images",
                labelFile.name(), labels.length, imageFile.name(), count);
          }
          return new Part(rows, columns, pixels, labels, labelFile.name());
        });
  }

  private static int[] labels(Source file) {
    return file.read(
        in -> {
          DataInputStream header = new DataInputStream(in);
          requireMagic(file, header, LABELS, "labels");
          int count = readCount(file, header, "labels");
          byte[] bytes = readRest(file, in, count, 8);
          int[] labels = new int[count];
          for (int i = 0; i < count; i++) {
            labels[i] = bytes[i] & 0xFF;
          }
          return labels;
        });
  }

  private static void requireMagic(Source file, DataInputStream in, int expected, String what)
      throws IOException {
    if (file.length() == 0) {
      throw DataException.of("%s is empty", file.name());
    }
    int magic = in.readInt();
    if (magic != expected) {
      throw DataException.of(
          "%s begins with 0x%08X, expected 0x%08X (IDX %s, unsigned bytes)%s",
          file.name(),
          magic,
          expected,
          what,
          magic == IMAGES || magic == LABELS ? "; images and labels are mixed up" : "");
    }
  }

  private static int readCount(Source file, DataInputStream in, String what) throws IOException {
    int count = in.readInt();
    if (count < 1) {
      throw DataException.of(
          "%s: its header names %,d %s, expected at least 1", file.name(), count, what);
    }
    return count;
  }

  /** Reads what the header promises: no memory is taken for more than the file can hold. */
  private static byte[] readRest(Source file, InputStream in, int size, int header)
      throws IOException {
    if (size + (long) header > file.unpackedAtMost()) {
      throw DataException.of(
          "%s: its header promises %,d bytes, more than a file of %,d bytes can hold; it may be"
              + " truncated: get it again",
          file.name(), size, file.length());
    }
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw DataException.of(
          "%s ends after %,d of the %,d bytes that its header promises; get it again",
          file.name(), bytes.length, size);
    }
    if (in.read() >= 0) {
      throw DataException.of(
          "%s goes on after the %,d bytes that its header promises", file.name(), size);
    }
    return bytes;
  }

  private static Source require(
      Finder finder, String where, String set, String what, int dimensions) {
    return find(finder, set, what, dimensions)
        .orElseThrow(
            () ->
                DataException.of(
                    "%s holds no %s-%s-idx%d-ubyte, plain or .gz", where, set, what, dimensions));
  }

  private static Optional<Source> find(Finder finder, String set, String what, int dimensions) {
    return finder
        .find(set + "-" + what + "-idx" + dimensions + "-ubyte")
        .or(() -> finder.find(set + "-" + what + ".idx" + dimensions + "-ubyte"));
  }

  private static Finder inFolder(Path folder) {
    return name -> {
      for (String candidate : ImmutableList.of(name, name + ".gz")) {
        Path file = folder.resolve(candidate);
        if (Files.isRegularFile(file)) {
          return Optional.of(Source.of(file));
        }
      }
      return Optional.empty();
    };
  }
}
