package io.github.oche.data;

import com.google.common.base.CharMatcher;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Something with a name that bytes are read from, unpacked if they are gzip data.
 *
 * @param name for messages
 * @param length of the packed bytes
 * @param opener opens the packed bytes
 */
record Source(String name, long length, Opener opener) {
  /** Deflate packs 1,032 bytes into one at best. */
  private static final long BEST_RATIO = 1032;

  @FunctionalInterface
  interface Opener {
    InputStream open() throws IOException;
  }

  @FunctionalInterface
  interface Reading<T> {
    T from(InputStream in) throws IOException;
  }

  /** Returns a regular file, or one that a link leads to. */
  static Source of(Path file) {
    if (!Files.exists(file)) {
      throw DataException.of("%s: no such file or folder", file);
    }
    if (!Files.isRegularFile(file)) {
      throw DataException.of("%s is not a regular file", file);
    }
    try {
      return new Source(file.toString(), Files.size(file), () -> Files.newInputStream(file));
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  static Source of(String name, byte[] bytes) {
    return new Source(name, bytes.length, () -> new ByteArrayInputStream(bytes));
  }

  /** Returns the most bytes there can be once they are unpacked. */
  long unpackedAtMost() {
    try (InputStream in = opener.open()) {
      return isGzip(in.readNBytes(2)) ? length * BEST_RATIO : length;
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /** Returns the bytes as they are, at most {@code limit}. */
  byte[] packedBytes(int limit) {
    if (length == 0) {
      throw DataException.of("%s is empty", name);
    }
    if (length > limit) {
      throw DataException.of("%s has %,d bytes, expected at most %,d", name, length, limit);
    }
    try (InputStream in = opener.open()) {
      return in.readNBytes(limit);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /**
   * Reads unpacked bytes. The members of gzip data are joined, as gzip does; damage and what
   * follows the last member are refused.
   */
  <T> T read(Reading<T> reading) {
    try (InputStream in = unpacked(opener.open())) {
      return reading.from(in);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /** Returns all unpacked bytes, at most {@code limit}. */
  byte[] bytes(int limit) {
    if (length == 0) {
      throw DataException.of("%s is empty", name);
    }
    return read(
        in -> {
          byte[] bytes = in.readNBytes(limit);
          if (in.read() >= 0) {
            throw DataException.of(
                "%s holds more than %,d bytes unpacked, which no data set of this kind does",
                name, limit);
          }
          return bytes;
        });
  }

  /** Returns the first bytes, {@code count} of them or all there are. */
  byte[] head(int count) {
    return read(in -> in.readNBytes(count));
  }

  String text(int limit) {
    return new String(bytes(limit), StandardCharsets.UTF_8);
  }

  private static InputStream unpacked(InputStream raw) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, 1 << 16);
    in.mark(2);
    byte[] head = in.readNBytes(2);
    in.reset();
    if (!isGzip(head)) {
      return in;
    }
    return GzipCompressorInputStream.builder()
        .setInputStream(in)
        .setDecompressConcatenated(true)
        .get();
  }

  private static boolean isGzip(byte[] head) {
    return head.length == 2 && head[0] == 0x1F && head[1] == (byte) 0x8B;
  }

  static DataException unreadable(String name, IOException e) {
    if (e instanceof AccessDeniedException) {
      return DataException.of("%s cannot be read: permission denied", name);
    }
    if (e instanceof EOFException) {
      return DataException.of("%s ends too early: it is truncated; get it again", name);
    }
    String what = e.getMessage() == null ? "input or output failed" : e.getMessage();
    what = CharMatcher.is('.').trimTrailingFrom(what);
    return DataException.of("%s cannot be read: %s; if it is damaged, get it again", name, what);
  }
}
