package io.github.oche.data;

import static io.github.oche.data.Fixtures.assertRefused;
import static io.github.oche.data.Fixtures.cifar;
import static io.github.oche.data.Fixtures.gzip;
import static io.github.oche.data.Fixtures.join;
import static io.github.oche.data.Fixtures.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Joiner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CifarBinaryTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(CifarKind.class)
  void everyByteOfARecordArrives(CifarKind kind) throws IOException {
    byte[] bytes = cifar(kind, 130, 1);
    Dataset data = Dataset.read(write(folder.resolve("some.bin"), bytes), Format.AUTO);
    ImageData train = data.train();
    assertThat(data.name()).isEqualTo(kind.title);
    assertThat(train.count()).isEqualTo(130);
    assertThat(train.classes()).isEqualTo(kind.classes);
    assertThat(data.test()).isEmpty();
    for (int i = 0; i < 130; i++) {
      int at = i * kind.record() + kind.labelBytes;
      assertThat(train.label(i)).isEqualTo(i % kind.classes);
      for (int c = 0; c < 3; c++) {
        for (int y = 0; y < 32; y++) {
          for (int x = 0; x < 32; x++) {
            int expected = bytes[at + (c * 32 + y) * 32 + x] & 0xFF;
            if (train.pixel(i, c, y, x) != expected) {
              assertThat(train.pixel(i, c, y, x)).isEqualTo(expected);
            }
          }
        }
      }
    }
  }

  @Test
  void cifarIsNormalisedAsPublished() throws IOException {
    Path file = write(folder.resolve("a.bin"), cifar(CifarKind.HUNDRED, 5, 1));
    assertThat(Dataset.read(file, Format.CIFAR100).normalisation()).isEqualTo(Normalisation.CIFAR);
  }

  @Test
  void folderJoinsItsFilesInOrderWhetherPackedOrNot() throws IOException {
    byte[] one = cifar(CifarKind.TEN, 20, 1);
    byte[] two = cifar(CifarKind.TEN, 10, 2);
    byte[] test = cifar(CifarKind.TEN, 10, 3);
    write(folder.resolve("data_batch_2.bin"), two);
    write(folder.resolve("data_batch_1.bin.gz"), gzip(one));
    write(folder.resolve("test_batch.bin"), test);
    String names = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n";
    write(folder.resolve("batches.meta.txt"), names.getBytes(StandardCharsets.UTF_8));
    Dataset data = Dataset.read(folder, Format.AUTO);
    Path joined = write(folder.resolve("other/joined.bin"), join(one, two));
    Path tested = write(folder.resolve("other/tested.bin"), test);
    assertSame(data.train(), Dataset.read(joined, Format.CIFAR10).train());
    assertSame(data.test().orElseThrow(), Dataset.read(tested, Format.CIFAR10).train());
    assertThat(data.classNames()).containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
    assertThat(Joiner.on("\n").join(data.notes())).contains("2 of the 5 training files");
  }

  @Test
  void gzipMembersAreJoined() throws IOException {
    byte[] one = cifar(CifarKind.TEN, 3, 1);
    byte[] two = cifar(CifarKind.TEN, 2, 2);
    Path members = write(folder.resolve("m.bin.gz"), join(gzip(one), gzip(two)));
    Path plain = write(folder.resolve("p.bin"), join(one, two));
    assertSame(
        Dataset.read(members, Format.AUTO).train(), Dataset.read(plain, Format.AUTO).train());
  }

  @Test
  void aFolderThatHoldsTheExtractedFolderIsEnough() throws IOException {
    write(folder.resolve("cifar-10-batches-bin/data_batch_1.bin"), cifar(CifarKind.TEN, 10, 1));
    assertThat(Dataset.read(folder, Format.AUTO).train().count()).isEqualTo(10);
  }

  @Test
  void wrongLengthIsRefusedWithWhatWasExpected() throws IOException {
    Path file = write(folder.resolve("short.bin"), new byte[3000]);
    assertRefused(
        () -> Dataset.read(file, Format.CIFAR10), "short.bin", "3,000 bytes", "3,073", "truncated");
    assertRefused(() -> Dataset.read(file, Format.AUTO), "short.bin", "3,000", "3,073", "3,074");
    byte[] whole = cifar(CifarKind.TEN, 4, 1);
    Path cut = write(folder.resolve("cut.bin"), Arrays.copyOf(whole, whole.length - 1));
    assertRefused(() -> Dataset.read(cut, Format.CIFAR10), "cut.bin", "12,291 bytes");
  }

  @Test
  void oneKindGivenAsTheOtherIsGuessed() throws IOException {
    Path hundred = write(folder.resolve("h.bin"), cifar(CifarKind.HUNDRED, 2, 1));
    assertRefused(
        () -> Dataset.read(hundred, Format.CIFAR10), "h.bin", "CIFAR-100", "format cifar100");
    Path ten = write(folder.resolve("t.bin"), cifar(CifarKind.TEN, 2, 1));
    assertRefused(() -> Dataset.read(ten, Format.CIFAR100), "t.bin", "CIFAR-10", "format cifar10");
  }

  @Test
  void labelOutOfRangeIsRefusedWithItsRecord() throws IOException {
    byte[] bytes = cifar(CifarKind.TEN, 9, 1);
    bytes[4 * 3073] = 10;
    Path file = write(folder.resolve("l.bin"), bytes);
    assertRefused(
        () -> Dataset.read(file, Format.CIFAR10), "l.bin", "record 5", "label 10", "0 to 9");
    assertRefused(() -> Dataset.read(file, Format.AUTO), "record 5", "label 10");
    byte[] fine = cifar(CifarKind.HUNDRED, 9, 1);
    fine[8 * 3074 + 1] = (byte) 200;
    Path hundred = write(folder.resolve("f.bin"), fine);
    assertRefused(() -> Dataset.read(hundred, Format.AUTO), "record 9", "label 200", "0 to 99");
  }

  @Test
  void emptyFilesAreRefused() throws IOException {
    Path plain = write(folder.resolve("e.bin"), new byte[0]);
    Path packed = write(folder.resolve("e.bin.gz"), gzip(new byte[0]));
    for (Format format : new Format[] {Format.AUTO, Format.CIFAR10, Format.CIFAR100}) {
      assertRefused(() -> Dataset.read(plain, format), "e.bin", "empty");
    }
    assertRefused(() -> Dataset.read(packed, Format.CIFAR10), "e.bin.gz", "empty");
  }

  @Test
  void damagedGzipIsRefused() throws IOException {
    byte[] good = gzip(cifar(CifarKind.TEN, 3, 1));
    byte[] badSum = good.clone();
    badSum[good.length - 6] ^= 1;
    Path cut = write(folder.resolve("cut.bin.gz"), Arrays.copyOf(good, good.length - 3));
    Path half = write(folder.resolve("half.bin.gz"), Arrays.copyOf(good, good.length / 2));
    Path sum = write(folder.resolve("sum.bin.gz"), badSum);
    Path tail = write(folder.resolve("tail.bin.gz"), join(good, new byte[] {1, 2, 3}));
    for (Format format : new Format[] {Format.AUTO, Format.CIFAR10}) {
      assertRefused(() -> Dataset.read(cut, format), "cut.bin.gz", "truncated");
      assertRefused(() -> Dataset.read(half, format), "half.bin.gz", "truncated");
      assertRefused(() -> Dataset.read(sum, format), "sum.bin.gz", "CRC32");
      assertRefused(() -> Dataset.read(tail, format), "tail.bin.gz", "Unexpected data after");
    }
  }

  @Test
  void aGzipBombStopsAtTheSizeOfTheSet() throws IOException {
    byte[] member = gzip(new byte[20 << 20]);
    byte[][] members = new byte[12][];
    Arrays.fill(members, member);
    Path bomb = write(folder.resolve("bomb.bin.gz"), join(members));
    assertRefused(() -> Dataset.read(bomb, Format.CIFAR10), "bomb.bin.gz", "more than");
  }

  @Test
  void thePickleFormIsRecognisedAndTheRemedyNamed() throws IOException {
    byte[] pickle = {(byte) 0x80, 2, '}', 'q', 1, '(', 'U'};
    write(folder.resolve("ten/cifar-10-batches-py/data_batch_1"), pickle);
    write(folder.resolve("hundred/train"), pickle);
    write(folder.resolve("hundred/meta"), pickle);
    Path file = write(folder.resolve("data_batch_1"), pickle);
    String remedy = "cifar-10-binary.tar.gz";
    assertRefused(() -> Dataset.read(folder.resolve("ten"), Format.AUTO), "pickle", remedy);
    assertRefused(
        () -> Dataset.read(folder.resolve("ten/cifar-10-batches-py"), Format.CIFAR10), remedy);
    assertRefused(() -> Dataset.read(file, Format.AUTO), "data_batch_1", "pickle", remedy);
    assertRefused(() -> Dataset.read(file, Format.CIFAR10), "data_batch_1", "pickle", remedy);
    assertRefused(
        () -> Dataset.read(folder.resolve("hundred"), Format.AUTO), "cifar-100-binary.tar.gz");
  }

  @Test
  void testFileAloneIsNoTrainingSet() throws IOException {
    write(folder.resolve("test_batch.bin"), cifar(CifarKind.TEN, 10, 1));
    assertRefused(() -> Dataset.read(folder, Format.CIFAR10), "data_batch_1.bin");
  }

  static void assertSame(ImageData actual, ImageData expected) {
    assertThat(Digest.of(actual, Optional.empty()))
        .isEqualTo(Digest.of(expected, Optional.empty()));
  }
}
