package io.github.oche.data;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32;

/**
 * Checks that a PNG file is whole: every chunk's checksum is right and the last chunk is there.
 * ImageIO looks at neither.
 */
final class PngChunks {
  private static final long SIGNATURE = 0x89504E470D0A1A0AL;
  private static final int END = 0x49454E44; // IEND

  private PngChunks() {}

  static boolean begin(byte[] file) {
    return file.length >= 8 && ByteBuffer.wrap(file).getLong() == SIGNATURE;
  }

  static void check(Path name, byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file, 8, file.length - 8);
    int type = 0;
    while (type != END) {
      int length = in.remaining() < 12 ? -1 : in.getInt();
      if (length < 0 || length > in.remaining() - 8) {
        throw DataException.of("%s ends too early: it is truncated; get it again", name);
      }
      CRC32 sum = new CRC32();
      sum.update(file, in.position(), 4 + length);
      type = in.getInt();
      in.position(in.position() + length);
      if (in.getInt() != (int) sum.getValue()) {
        throw DataException.of("%s is damaged: a checksum is wrong; get it again", name);
      }
    }
  }
}
