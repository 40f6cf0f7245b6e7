package io.github.oche.data;

import com.google.common.collect.ImmutableList;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Recognises the Python form of CIFAR, which is not read: it can run any code when unpickled. */
final class Pickle {
  private static final ImmutableList<String> TEN =
      ImmutableList.of(
          "data_batch_1",
          "data_batch_2",
          "data_batch_3",
          "data_batch_4",
          "data_batch_5",
          "test_batch",
          "batches.meta");
  private static final String HUNDRED_FOLDER = "cifar-100-python";

  private Pickle() {}

  /** Returns whether bytes begin as pickles of protocol 2 to 5 do; no CIFAR label is 128. */
  static boolean begins(byte[] head) {
    return head.length >= 2 && head[0] == (byte) 0x80 && head[1] >= 2 && head[1] <= 5;
  }

  /** Returns which CIFAR a folder holds in this form. */
  static Optional<CifarKind> inFolder(Path folder) {
    if (TEN.stream().anyMatch(name -> Files.isRegularFile(folder.resolve(name)))) {
      return Optional.of(CifarKind.TEN);
    }
    boolean hundred =
        Files.isRegularFile(folder.resolve("train")) && Files.isRegularFile(folder.resolve("meta"));
    return hundred ? Optional.of(CifarKind.HUNDRED) : Optional.empty();
  }

  /** Returns which CIFAR an archive's entry of this path belongs to. */
  static Optional<CifarKind> ofEntry(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (TEN.contains(name)) {
      return Optional.of(CifarKind.TEN);
    }
    boolean hundred = path.contains(HUNDRED_FOLDER + "/") && name.equals("train");
    return hundred ? Optional.of(CifarKind.HUNDRED) : Optional.empty();
  }

  static DataException refusal(String name, CifarKind kind) {
    String archive = kind == CifarKind.TEN ? "cifar-10-binary.tar.gz" : "cifar-100-binary.tar.gz";
    return DataException.of(
        "%s holds the Python (pickle) form of %s, which is not read; give the binary form instead:"
            + " https://www.cs.toronto.edu/~kriz/%s",
        name, kind.title, archive);
  }
}
