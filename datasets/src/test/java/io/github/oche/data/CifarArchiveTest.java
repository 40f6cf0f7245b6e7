package io.github.oche.data;

import static io.github.oche.data.CifarBinaryTest.assertSame;
import static io.github.oche.data.Fixtures.assertRefused;
import static io.github.oche.data.Fixtures.cifar;
import static io.github.oche.data.Fixtures.gzip;
import static io.github.oche.data.Fixtures.join;
import static io.github.oche.data.Fixtures.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.oche.data.Fixtures.Tar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarArchiveTest {
  private static final String IN = "cifar-10-batches-bin/";

  @TempDir Path folder;
  private final byte[] one = cifar(CifarKind.TEN, 10, 1);
  private final byte[] two = cifar(CifarKind.TEN, 10, 2);

  @Test
  void archiveEqualsItsFolder() throws IOException {
    byte[] tar =
        new Tar()
            .file(IN + "data_batch_2.bin", two)
            .file(IN + "readme.html", new byte[5000])
            .file(IN + "test_batch.bin", two)
            .file(IN + "data_batch_1.bin", one)
            .finish();
    for (String name : new String[] {"a.tar.gz", "a.tgz", "a.tar"}) {
      byte[] bytes = name.endsWith(".tar") ? tar : gzip(tar);
      Dataset data = Dataset.read(write(folder.resolve(name), bytes), Format.AUTO);
      write(folder.resolve("f/data_batch_1.bin"), one);
      write(folder.resolve("f/data_batch_2.bin"), two);
      write(folder.resolve("f/test_batch.bin"), two);
      Dataset expected = Dataset.read(folder.resolve("f"), Format.CIFAR10);
      assertThat(data.sha256()).isEqualTo(expected.sha256());
    }
  }

  @Test
  void cifar100IsFoundInItsArchive() throws IOException {
    byte[] train = cifar(CifarKind.HUNDRED, 10, 1);
    Path file = archive("h.tar.gz", new Tar().file("cifar-100-binary/train.bin", train));
    assertThat(Dataset.read(file, Format.AUTO).name()).isEqualTo("CIFAR-100");
    assertRefused(() -> Dataset.read(file, Format.CIFAR10), "h.tar.gz", "data_batch_1.bin");
  }

  @Test
  void nothingButPlainFilesInsideIsRead() throws IOException {
    Tar tar =
        new Tar()
            .file("../data_batch_2.bin", two)
            .file("/tmp/data_batch_3.bin", two)
            .file("C:\\data_batch_4.bin", two)
            .special(IN + "data_batch_5.bin", TarConstants.LF_SYMLINK, "/etc/passwd")
            .special(IN + "test_batch.bin", TarConstants.LF_CHR, "")
            .special(IN + "batches.meta.txt", TarConstants.LF_LINK, "/etc/passwd")
            .file(IN + "data_batch_1.bin", one);
    Dataset data = Dataset.read(archive("x.tar.gz", tar), Format.AUTO);
    assertThat(data.train().count()).isEqualTo(10);
    assertThat(data.test()).isEmpty();
    assertThat(data.notes()).filteredOn(note -> note.contains("ignored")).hasSizeBetween(5, 6);
    assertThat(folder.toFile().list()).containsExactly("x.tar.gz");
  }

  @Test
  void aFileThatComesTwiceIsRefused() throws IOException {
    Tar tar = new Tar().file(IN + "data_batch_1.bin", one).file("b/data_batch_1.bin", two);
    Path file = archive("x.tar.gz", tar);
    assertRefused(() -> Dataset.read(file, Format.AUTO), "x.tar.gz", "data_batch_1.bin twice");
  }

  @Test
  void thePickleArchiveIsRecognised() throws IOException {
    Path ten =
        archive("p.tar.gz", new Tar().file("cifar-10-batches-py/data_batch_1", new byte[10]));
    assertRefused(() -> Dataset.read(ten, Format.AUTO), "p.tar.gz", "cifar-10-binary.tar.gz");
    Path hundred = archive("q.tar.gz", new Tar().file("cifar-100-python/train", new byte[10]));
    assertRefused(() -> Dataset.read(hundred, Format.AUTO), "cifar-100-binary.tar.gz");
  }

  @Test
  void damageIsRefused() throws IOException {
    byte[] tar = new Tar().file(IN + "data_batch_1.bin", one).finish();
    byte[] packed = gzip(tar);
    byte[] sum = packed.clone();
    sum[packed.length - 7] ^= 1;
    Path cut = write(folder.resolve("cut.tar.gz"), Arrays.copyOf(packed, packed.length / 2));
    Path wrong = write(folder.resolve("sum.tar.gz"), sum);
    Path tail = write(folder.resolve("tail.tar.gz"), join(packed, new byte[] {7}));
    Path noise = write(folder.resolve("noise.tar.gz"), Fixtures.random(5000, 3));
    Path empty = write(folder.resolve("empty.tar.gz"), new byte[0]);
    assertRefused(() -> Dataset.read(cut, Format.AUTO), "cut.tar.gz", "truncated");
    assertRefused(() -> Dataset.read(wrong, Format.AUTO), "sum.tar.gz", "CRC32");
    assertRefused(() -> Dataset.read(tail, Format.AUTO), "tail.tar.gz", "Unexpected data after");
    assertRefused(() -> Dataset.read(noise, Format.AUTO), "noise.tar.gz");
    assertRefused(() -> Dataset.read(empty, Format.AUTO), "empty.tar.gz", "empty");
  }

  @Test
  void aTruncatedEntryIsRefused() throws IOException {
    byte[] tar = new Tar().file(IN + "data_batch_1.bin", one).finish();
    Path file = write(folder.resolve("t.tar"), Arrays.copyOf(tar, 20_000));
    assertRefused(() -> Dataset.read(file, Format.AUTO), "t.tar");
  }

  @Test
  void manyEntriesAreRefused() throws IOException {
    Tar tar = new Tar();
    for (int i = 0; i < 10_001; i++) {
      tar.file("f" + i, new byte[0]);
    }
    Path file = archive("many.tar.gz", tar);
    assertRefused(() -> Dataset.read(file, Format.AUTO), "many.tar.gz", "entries");
  }

  @Test
  void aBombStopsAtTwiceTheSizeOfTheSet() throws IOException {
    byte[] zeros = new byte[16 << 20];
    byte[][] members = new byte[28][];
    Arrays.fill(members, gzip(zeros));
    // a header that promises 8 GB of something unknown, then zeros
    byte[] header = Arrays.copyOf(new Tar().file("pad", new byte[0]).finish(), 512);
    byte[] size = "77777777777".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(size, 0, header, 124, 11);
    checksum(header);
    Path file = write(folder.resolve("bomb.tar.gz"), join(gzip(header), join(members)));
    assertRefused(() -> Dataset.read(file, Format.AUTO), "bomb.tar.gz", "more than 400 MB");
  }

  @Test
  void aMonstrousEntryIsRefusedByItsHeader() throws IOException {
    byte[] header = Arrays.copyOf(new Tar().file("data_batch_1.bin", one).finish(), 512);
    byte[] size = "77777777777".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(size, 0, header, 124, 11);
    checksum(header);
    Path file = write(folder.resolve("huge.tar"), join(header, one));
    assertRefused(() -> Dataset.read(file, Format.AUTO), "huge.tar", "8,589,934,591");
  }

  @Test
  void archiveWithoutTestIsTrainOnly() throws IOException {
    Path file = archive("x.tar.gz", new Tar().file(IN + "data_batch_1.bin", one));
    Dataset data = Dataset.read(file, Format.CIFAR10);
    assertSame(
        data.train(), Dataset.read(write(folder.resolve("o.bin"), one), Format.CIFAR10).train());
  }

  private Path archive(String name, Tar tar) throws IOException {
    return write(folder.resolve(name), gzip(tar.finish()));
  }

  private static void checksum(byte[] header) {
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xFF;
    }
    byte[] text = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, header, 148, 8);
  }
}
