package io.github.oche.data;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out what a path holds and has it read. */
final class Readers {
  /** What archives unpack to, and where other tools keep their copies. */
  private static final ImmutableList<String> INNER =
      ImmutableList.of(
          "cifar-10-batches-bin",
          "cifar-100-binary",
          "raw",
          "cifar-10-binary.tar.gz",
          "cifar-100-binary.tar.gz",
          "cifar-10-batches-py",
          "cifar-100-python",
          "cifar-10-python.tar.gz",
          "cifar-100-python.tar.gz");

  private Readers() {}

  static Dataset read(Path path, Format format) {
    if (!Files.exists(path)) {
      throw DataException.of("%s: no such file or folder", path);
    }
    return Files.isDirectory(path) ? folder(path, format) : file(path, format);
  }

  /** Returns the last name of a path, for people. */
  static String nameOf(Path path) {
    Path name = path.toAbsolutePath().normalize().getFileName();
    return name == null ? path.toString() : name.toString();
  }

  /** Returns the entries of a folder in the order of their names, hidden ones left out. */
  static ImmutableList<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> !nameOf(entry).startsWith("."))
          .sorted((a, b) -> nameOf(a).compareTo(nameOf(b)))
          .collect(ImmutableList.toImmutableList());
    } catch (IOException e) {
      throw Source.unreadable(folder.toString(), e);
    }
  }

  private static Dataset folder(Path folder, Format format) {
    if (list(folder).isEmpty()) {
      throw DataException.of("%s is an empty folder", folder);
    }
    if (format == Format.FOLDER) {
      return ImageFolder.read(folder);
    }
    for (CifarKind kind : CifarKind.values()) {
      if (allows(format, kind.format) && CifarBinary.isIn(folder, kind)) {
        return CifarBinary.folder(folder, kind);
      }
    }
    if (allows(format, Format.IDX) && IdxFiles.isIn(folder)) {
      return IdxFiles.folder(folder);
    }
    Optional<CifarKind> pickled = Pickle.inFolder(folder);
    if (pickled.isPresent() && format != Format.IDX) {
      throw Pickle.refusal(folder.toString(), pickled.get());
    }
    for (String inner : INNER) {
      if (Files.exists(folder.resolve(inner))) {
        return read(folder.resolve(inner), format);
      }
    }
    if (format == Format.AUTO && list(folder).stream().anyMatch(Files::isDirectory)) {
      return ImageFolder.read(folder);
    }
    throw DataException.of(
        "%s holds no %s; expected %s",
        folder, format == Format.AUTO ? "data known here" : format + " data", expected(format));
  }

  private static Dataset file(Path file, Format format) {
    if (format == Format.FOLDER) {
      throw DataException.of(
          "%s is a file; format folder needs a folder with one sub-folder of images a class", file);
    }
    Source source = Source.of(file);
    if (source.length() == 0) {
      throw DataException.of("%s is empty", file);
    }
    if (format != Format.IDX && CifarArchive.isNamedSo(file)) {
      return CifarArchive.read(file, kindOf(format));
    }
    if (format == Format.IDX) {
      return IdxFiles.file(file);
    }
    if (kindOf(format).isPresent()) {
      return CifarBinary.file(source, kindOf(format).get());
    }
    return undeclared(file, source);
  }

  private static Dataset undeclared(Path file, Source source) {
    byte[] head = source.head(4);
    if (Pickle.begins(head)) {
      throw Pickle.refusal(
          file.toString(), nameOf(file).contains("100") ? CifarKind.HUNDRED : CifarKind.TEN);
    }
    boolean zeros = head.length == 4 && head[0] == 0 && head[1] == 0 && head[2] == 0x08;
    if (zeros && nameOf(file).contains("ubyte")) {
      return IdxFiles.file(file);
    }
    byte[] bytes = source.bytes(CifarKind.MOST_BYTES);
    Optional<CifarKind> kind = CifarBinary.kindOf(bytes);
    if (kind.isPresent()) {
      return CifarBinary.file(Source.of(file.toString(), bytes), kind.get());
    }
    if (zeros) {
      return IdxFiles.file(file);
    }
    throw DataException.of(
        "%s is %,d bytes long unpacked, no multiple of %,d (CIFAR-10) or %,d (CIFAR-100), and no IDX"
            + " file; it may be truncated",
        file, bytes.length, CifarKind.TEN.record(), CifarKind.HUNDRED.record());
  }

  private static boolean allows(Format asked, Format format) {
    return asked == Format.AUTO || asked == format;
  }

  private static Optional<CifarKind> kindOf(Format format) {
    for (CifarKind kind : CifarKind.values()) {
      if (kind.format == format) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  private static String expected(Format format) {
    return switch (format) {
      case CIFAR10 -> "data_batch_1.bin, plain or .gz";
      case CIFAR100 -> "train.bin, plain or .gz";
      case IDX -> "train-images-idx3-ubyte and train-labels-idx1-ubyte, plain or .gz";
      case AUTO, FOLDER ->
          "data_batch_1.bin (CIFAR-10), train.bin (CIFAR-100), train-images-idx3-ubyte (IDX), or one"
              + " sub-folder of images a class";
    };
  }
}
