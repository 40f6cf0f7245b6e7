package io.github.oche.data;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reads CIFAR-10 and CIFAR-100 binary (Krizhevsky 2009): records of one or two label bytes and
 * 3,072 pixels, the red plane first.
 */
final class CifarBinary {
  private static final int NAMES_BYTES = 1 << 16;

  private CifarBinary() {}

  /** Reads the files of a folder, plain or packed; any of the training files will do. */
  static Dataset folder(Path folder, CifarKind kind) {
    ImmutableMap.Builder<String, Source> files = ImmutableMap.builder();
    for (String name : kind.files()) {
      find(folder, name).ifPresent(file -> files.put(name, Source.of(file)));
    }
    return files(folder.toString(), kind, files.buildOrThrow());
  }

  static boolean isIn(Path folder, CifarKind kind) {
    return kind.trainFiles.stream().anyMatch(name -> find(folder, name).isPresent());
  }

  /** Makes a data set of the known files that were found, by name. */
  static Dataset files(String where, CifarKind kind, ImmutableMap<String, Source> found) {
    ImmutableList<String> present =
        kind.trainFiles.stream()
            .filter(found::containsKey)
            .collect(ImmutableList.toImmutableList());
    if (present.isEmpty()) {
      throw DataException.of(
          "%s holds no training file of %s; expected %s, plain or .gz",
          where, kind.title, kind.trainFiles.get(0));
    }
    ImageData train =
        join(
            where, kind, present.stream().map(found::get).collect(ImmutableList.toImmutableList()));
    Source test = found.get(kind.testFile);
    Source names = found.get(kind.namesFile);
    int missing = kind.trainFiles.size() - present.size();
    ImmutableList<String> notes =
        missing == 0
            ? ImmutableList.of()
            : ImmutableList.of(
                String.format(
                    "%s holds %d of the %d training files of %s",
                    where, present.size(), kind.trainFiles.size(), kind.title));
    return dataset(
        kind,
        train,
        test == null ? Optional.empty() : Optional.of(join(where, kind, ImmutableList.of(test))),
        names == null ? numbers(kind.classes) : names(names, kind),
        notes);
  }

  /** Makes a data set without test images of one file. */
  static Dataset file(Source source, CifarKind kind) {
    return dataset(
        kind,
        join(source.name(), kind, ImmutableList.of(source)),
        Optional.empty(),
        numbers(kind.classes),
        ImmutableList.of());
  }

  /** Returns which kind a file's length and labels fit. */
  static Optional<CifarKind> kindOf(byte[] bytes) {
    for (CifarKind kind : CifarKind.values()) {
      if (kind.fits(bytes.length) && wrongLabel(bytes, kind) < 0) {
        return Optional.of(kind);
      }
    }
    for (CifarKind kind : CifarKind.values()) {
      if (kind.fits(bytes.length)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  static ImmutableList<String> numbers(int classes) {
    ImmutableList.Builder<String> names = ImmutableList.builder();
    for (int i = 0; i < classes; i++) {
      names.add(Integer.toString(i));
    }
    return names.build();
  }

  private static Dataset dataset(
      CifarKind kind,
      ImageData train,
      Optional<ImageData> test,
      ImmutableList<String> names,
      ImmutableList<String> notes) {
    return new Dataset(
        kind.title, train, test, names, Normalisation.CIFAR, OptionalDouble.empty(), notes);
  }

  private static ImageData join(String where, CifarKind kind, List<Source> sources) {
    ImmutableList.Builder<byte[]> parts = ImmutableList.builder();
    long records = 0;
    for (Source source : sources) {
      byte[] bytes = source.bytes(CifarKind.MOST_BYTES);
      check(source.name(), bytes, kind);
      parts.add(bytes);
      records += bytes.length / kind.record();
    }
    byte[] pixels =
        new byte[Limits.bytes(where, records, CifarKind.CHANNELS, CifarKind.SIDE, CifarKind.SIDE)];
    int[] labels = new int[(int) records];
    int image = 0;
    for (byte[] bytes : parts.build()) {
      for (int at = 0; at < bytes.length; at += kind.record(), image++) {
        labels[image] = bytes[at + kind.labelBytes - 1] & 0xFF;
        System.arraycopy(
            bytes, at + kind.labelBytes, pixels, image * CifarKind.PIXELS, CifarKind.PIXELS);
      }
    }
    return ImageData.wrap(
        CifarKind.CHANNELS, CifarKind.SIDE, CifarKind.SIDE, kind.classes, pixels, labels);
  }

  private static void check(String name, byte[] bytes, CifarKind kind) {
    if (bytes.length == 0) {
      throw DataException.of("%s is empty", name);
    }
    if (!kind.fits(bytes.length) && Pickle.begins(bytes)) {
      throw Pickle.refusal(name, kind);
    }
    if (!kind.fits(bytes.length)) {
      CifarKind other = kind.other();
      throw DataException.of(
          "%s is %,d bytes long unpacked, expected a multiple of %,d (%s: %d label and %,d pixel"
              + " bytes an image); %s",
          name,
          bytes.length,
          kind.record(),
          kind.title,
          kind.labelBytes,
          CifarKind.PIXELS,
          other.fits(bytes.length)
              ? String.format("it fits %s: try format %s", other.title, other.format)
              : "it may be truncated: get it again");
    }
    int wrong = wrongLabel(bytes, kind);
    if (wrong >= 0) {
      throw DataException.of(
          "%s: record %,d has label %d, expected 0 to %d (%s)",
          name,
          wrong + 1,
          bytes[wrong * kind.record() + kind.labelBytes - 1] & 0xFF,
          kind.classes - 1,
          kind.title);
    }
  }

  /** Returns the first record whose label is out of range, or -1. */
  private static int wrongLabel(byte[] bytes, CifarKind kind) {
    for (int record = 0; record < bytes.length / kind.record(); record++) {
      if ((bytes[record * kind.record() + kind.labelBytes - 1] & 0xFF) >= kind.classes) {
        return record;
      }
    }
    return -1;
  }

  private static ImmutableList<String> names(Source source, CifarKind kind) {
    List<String> names = lines(source);
    if (names.size() != kind.classes) {
      throw DataException.of(
          "%s names %d classes, %s has %d", source.name(), names.size(), kind.title, kind.classes);
    }
    return ImmutableList.copyOf(names);
  }

  static List<String> lines(Source source) {
    return Splitter.onPattern("\r?\n")
        .trimResults()
        .omitEmptyStrings()
        .splitToList(source.text(NAMES_BYTES));
  }

  private static Optional<Path> find(Path folder, String name) {
    for (String candidate : ImmutableList.of(name, name + ".gz")) {
      if (Files.isRegularFile(folder.resolve(candidate))) {
        return Optional.of(folder.resolve(candidate));
      }
    }
    return Optional.empty();
  }
}
