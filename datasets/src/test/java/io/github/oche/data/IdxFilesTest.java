package io.github.oche.data;

import static io.github.oche.data.Fixtures.assertRefused;
import static io.github.oche.data.Fixtures.gzip;
import static io.github.oche.data.Fixtures.idx;
import static io.github.oche.data.Fixtures.idxImages;
import static io.github.oche.data.Fixtures.idxLabels;
import static io.github.oche.data.Fixtures.join;
import static io.github.oche.data.Fixtures.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFilesTest {
  @TempDir Path folder;

  private void train(byte[] images, byte[] labels) throws IOException {
    write(folder.resolve("train-images-idx3-ubyte"), images);
    write(folder.resolve("train-labels-idx1-ubyte"), labels);
  }

  private void assertFolderRefused(String... words) {
    assertRefused(() -> Dataset.read(folder, Format.AUTO), words);
    assertRefused(() -> Dataset.read(folder, Format.IDX), words);
  }

  @Test
  void everyByteArrivesAndGreyKeepsItsOneChannel() throws IOException {
    byte[] images = idxImages(11, 8, 12, 1);
    train(images, idxLabels(11, 4));
    ImageData train = Dataset.read(folder, Format.AUTO).train();
    assertThat(train.channels()).isEqualTo(1);
    assertThat(train.height()).isEqualTo(8);
    assertThat(train.width()).isEqualTo(12);
    assertThat(train.classes()).isEqualTo(4);
    for (int i = 0; i < 11; i++) {
      assertThat(train.label(i)).isEqualTo(i % 4);
      for (int y = 0; y < 8; y++) {
        for (int x = 0; x < 12; x++) {
          int expected = images[16 + (i * 8 + y) * 12 + x] & 0xFF;
          assertThat(train.pixel(i, 0, y, x)).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void testFilesOfBothNamesAreFoundPackedOrNot() throws IOException {
    train(idxImages(8, 8, 8, 1), idxLabels(8, 4));
    String unpacked = Dataset.read(folder, Format.AUTO).sha256();
    for (String prefix : new String[] {"t10k", "test"}) {
      Path at = folder.resolve(prefix);
      write(at.resolve("train-images-idx3-ubyte.gz"), gzip(idxImages(8, 8, 8, 1)));
      write(at.resolve("train-labels-idx1-ubyte.gz"), gzip(idxLabels(8, 4)));
      assertThat(Dataset.read(at, Format.IDX).sha256()).isEqualTo(unpacked);
      write(at.resolve(prefix + "-images.idx3-ubyte"), idxImages(4, 8, 8, 2));
      write(at.resolve(prefix + "-labels-idx1-ubyte.gz"), gzip(idxLabels(4, 4)));
      Dataset data = Dataset.read(at, Format.AUTO);
      assertThat(data.test().orElseThrow().count()).isEqualTo(4);
      assertThat(data.name()).isEqualTo(prefix);
    }
  }

  @Test
  void anImageFileFindsItsLabels() throws IOException {
    train(idxImages(8, 8, 8, 1), idxLabels(8, 4));
    Path file = folder.resolve("train-images-idx3-ubyte");
    assertThat(Dataset.read(file, Format.AUTO).train().count()).isEqualTo(8);
    assertThat(Dataset.read(file, Format.IDX).test()).isEmpty();
    Path lonely =
        write(folder.resolve("x/train-images-idx3-ubyte.gz"), gzip(idxImages(8, 8, 8, 1)));
    assertRefused(() -> Dataset.read(lonely, Format.AUTO), "train-labels-idx1-ubyte", "beside");
    Path labels = folder.resolve("train-labels-idx1-ubyte");
    assertRefused(() -> Dataset.read(labels, Format.IDX), "train-labels-idx1-ubyte", "images");
  }

  @Test
  void statisticsAreMeasuredOnTheTrainingImages() throws IOException {
    byte[] pixels = new byte[4 * 16];
    Arrays.fill(pixels, 0, 32, (byte) 16);
    train(idx(IdxFiles.IMAGES, new int[] {4, 4, 4}, pixels), idxLabels(4, 2));
    write(folder.resolve("t10k-images-idx3-ubyte"), idxImages(4, 4, 4, 9));
    write(folder.resolve("t10k-labels-idx1-ubyte"), idxLabels(4, 2));
    Normalisation measured = Dataset.read(folder, Format.AUTO).normalisation();
    assertThat(measured.mean().get(0)).isEqualTo(8 / 255.0);
    assertThat(measured.deviation().get(0)).isEqualTo(8 / 255.0);
  }

  @Test
  void wrongMagicNumbersAreRefused() throws IOException {
    train(idx(0x0D03, new int[] {1, 8, 8}, new byte[64]), idxLabels(1, 1));
    assertFolderRefused("train-images-idx3-ubyte", "0x00000D03", "0x00000803");
    train(idxLabels(9, 3), idxImages(9, 8, 8, 1));
    assertFolderRefused("train-images-idx3-ubyte", "0x00000801", "mixed up");
    train(idxImages(9, 8, 8, 1), idx(0x0802, new int[] {9}, new byte[9]));
    assertFolderRefused("train-labels-idx1-ubyte", "0x00000802", "0x00000801");
  }

  @Test
  void dimensionsAreCheckedBeforeMemoryIsTaken() throws IOException {
    train(idx(IdxFiles.IMAGES, new int[] {-1, 8, 8}, new byte[64]), idxLabels(1, 1));
    assertFolderRefused("train-images-idx3-ubyte", "-1 images");
    train(idx(IdxFiles.IMAGES, new int[] {1, 8, -8}, new byte[64]), idxLabels(1, 1));
    assertFolderRefused("-8 columns");
    train(idx(IdxFiles.IMAGES, new int[] {0, 8, 8}, new byte[0]), idxLabels(0, 1));
    assertFolderRefused("0 images");
    train(
        idx(IdxFiles.IMAGES, new int[] {Integer.MAX_VALUE, 1024, 1024}, new byte[64]),
        idxLabels(1, 1));
    assertFolderRefused("2,147,483,647 images");
    train(idx(IdxFiles.IMAGES, new int[] {2_000_000, 32, 32}, new byte[64]), idxLabels(1, 1));
    assertFolderRefused("2,048,000,000 bytes", "80 bytes");
    write(
        folder.resolve("z/train-images-idx3-ubyte.gz"),
        gzip(idx(IdxFiles.IMAGES, new int[] {2_000_000, 32, 32}, new byte[64])));
    write(folder.resolve("z/train-labels-idx1-ubyte"), idxLabels(1, 1));
    assertRefused(() -> Dataset.read(folder.resolve("z"), Format.IDX), "2,048,000,000 bytes");
  }

  @Test
  void lengthMustBeWhatTheHeaderPromises() throws IOException {
    byte[] images = idxImages(9, 8, 8, 1);
    train(Arrays.copyOf(images, images.length - 1), idxLabels(9, 3));
    assertFolderRefused("train-images-idx3-ubyte", "truncated");
    train(join(images, new byte[1]), idxLabels(9, 3));
    assertFolderRefused("train-images-idx3-ubyte", "goes on after");
    train(Arrays.copyOf(images, 10), idxLabels(9, 3));
    assertFolderRefused("train-images-idx3-ubyte", "truncated");
    train(images, Arrays.copyOf(idxLabels(9, 3), 12));
    assertFolderRefused("train-labels-idx1-ubyte", "truncated");
    train(images, new byte[0]);
    assertFolderRefused("train-labels-idx1-ubyte", "empty");
    write(folder.resolve("z/train-images-idx3-ubyte.gz"), gzip(Arrays.copyOf(images, 500)));
    write(folder.resolve("z/train-labels-idx1-ubyte"), idxLabels(9, 3));
    assertRefused(() -> Dataset.read(folder.resolve("z"), Format.IDX), "ends after 484 of the 576");
  }

  @Test
  void damagedGzipIsRefused() throws IOException {
    byte[] good = gzip(idxImages(9, 8, 8, 1));
    byte[] sum = good.clone();
    sum[good.length - 8] ^= 1;
    write(folder.resolve("train-labels-idx1-ubyte"), idxLabels(9, 3));
    Path images = folder.resolve("train-images-idx3-ubyte.gz");
    write(images, sum);
    assertFolderRefused("train-images-idx3-ubyte.gz", "CRC32");
    write(images, Arrays.copyOf(good, good.length - 1));
    assertFolderRefused("train-images-idx3-ubyte.gz", "truncated");
    write(images, join(good, new byte[] {0}));
    assertFolderRefused("train-images-idx3-ubyte.gz", "Unexpected data after");
  }

  @Test
  void countsMustAgree() throws IOException {
    train(idxImages(9, 8, 8, 1), idxLabels(8, 3));
    assertFolderRefused("train-labels-idx1-ubyte", "8 labels", "9 images");
  }

  @Test
  void halfAPairIsRefused() throws IOException {
    write(folder.resolve("train-images-idx3-ubyte"), idxImages(9, 8, 8, 1));
    assertFolderRefused("train-labels-idx1-ubyte");
    train(idxImages(9, 8, 8, 1), idxLabels(9, 3));
    write(folder.resolve("t10k-labels-idx1-ubyte"), idxLabels(9, 3));
    assertFolderRefused("t10k-images-idx3-ubyte");
  }

  @Test
  void labelsBeyondTheClassesAreRefused() throws IOException {
    train(idxImages(9, 8, 8, 1), idxLabels(9, 3));
    write(folder.resolve("t10k-images-idx3-ubyte"), idxImages(9, 8, 8, 1));
    write(folder.resolve("t10k-labels-idx1-ubyte"), idxLabels(9, 5));
    assertFolderRefused("t10k-labels-idx1-ubyte", "record 4", "label 3", "0 to 2");
    write(folder.resolve("label_names.txt"), new byte[] {'a', '\n', 'b', '\n'});
    assertFolderRefused("train-labels-idx1-ubyte", "record 3", "label 2", "0 to 1");
  }

  @Test
  void oneClassIsRefused() throws IOException {
    train(idxImages(9, 8, 8, 1), idxLabels(9, 1));
    assertFolderRefused("one class");
  }

  @Test
  void sidesMustBeMultiplesOfFour() throws IOException {
    train(idxImages(4, 30, 26, 1), idxLabels(4, 2));
    assertFolderRefused("train-images-idx3-ubyte", "30x26", "32x28");
    train(idxImages(4, 2, 8, 1), idxLabels(4, 2));
    assertFolderRefused("2x8", "nearest that fits is 4x8");
    train(idxImages(2, 1028, 4, 1), idxLabels(2, 2));
    assertFolderRefused("1028x4", "1024x4");
  }
}
