package io.github.oche.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Small data made on the spot, and where real data may lie. */
final class Fixtures {
  private Fixtures() {}

  static byte[] random(int count, long seed) {
    byte[] bytes = new byte[count];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  static ImageData images(int count, int channels, int height, int width, int classes, long seed) {
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % classes;
    }
    byte[] pixels = random(count * channels * height * width, seed);
    return ImageData.of(channels, height, width, classes, pixels, labels);
  }

  /**
   * Records of CIFAR; record i has label i modulo classes (CIFAR-100: coarse label i modulo 20).
   */
  static byte[] cifar(CifarKind kind, int records, long seed) {
    byte[] bytes = random(records * kind.record(), seed);
    for (int i = 0; i < records; i++) {
      bytes[i * kind.record()] = (byte) (i % 20);
      bytes[i * kind.record() + kind.labelBytes - 1] = (byte) (i % kind.classes);
    }
    return bytes;
  }

  static byte[] idx(int magic, int[] dimensions, byte[] data) {
    ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * dimensions.length + data.length);
    buffer.putInt(magic);
    for (int dimension : dimensions) {
      buffer.putInt(dimension);
    }
    return buffer.put(data).array();
  }

  static byte[] idxImages(int count, int rows, int columns, long seed) {
    int[] dimensions = {count, rows, columns};
    return idx(IdxFiles.IMAGES, dimensions, random(count * rows * columns, seed));
  }

  static byte[] idxLabels(int count, int classes) {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % classes);
    }
    return idx(IdxFiles.LABELS, new int[] {count}, labels);
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** A tar archive under construction. */
  static final class Tar {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream out = new TarArchiveOutputStream(bytes);

    Tar() {
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    }

    Tar file(String name, byte[] content) throws IOException {
      TarArchiveEntry entry = new TarArchiveEntry(name, true);
      entry.setSize(content.length);
      out.putArchiveEntry(entry);
      out.write(content);
      out.closeArchiveEntry();
      return this;
    }

    Tar special(String name, byte flag, String target) throws IOException {
      TarArchiveEntry entry = new TarArchiveEntry(name, flag, true);
      entry.setLinkName(target);
      out.putArchiveEntry(entry);
      out.closeArchiveEntry();
      return this;
    }

    byte[] finish() throws IOException {
      out.close();
      return bytes.toByteArray();
    }
  }

  static Path write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  /** Checks that reading is refused in one line that holds all of these words. */
  static void assertRefused(ThrowingCallable reading, String... words) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(reading)
        .satisfies(e -> assertThat(e.getMessage()).contains(words))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  /**
   * Returns a folder of real data, or has the test skipped: the property {@code oche.test.data}
   * names where it lies, otherwise {@code shared/data} is looked for beside the project.
   */
  static Path realData(String name) {
    Path found = null;
    String property = System.getProperty("oche.test.data");
    if (property != null) {
      found = Path.of(property);
    } else {
      for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
        Path candidate = at.resolve("shared").resolve("data");
        if (found == null && Files.isDirectory(candidate)) {
          found = candidate;
        }
      }
    }
    boolean there = found != null && Files.isDirectory(found.resolve(name));
    assumeThat(there)
        .as("real data %s; -Doche.test.data=FOLDER says where they lie", name)
        .isTrue();
    return Objects.requireNonNull(found).resolve(name);
  }
}
