package io.github.oche.data;

import static io.github.oche.data.Fixtures.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.oche.data.Fixtures.Tar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file holds, reading gives data or says in one line what is wrong. */
class DamagedFilesTest {
  @TempDir Path folder;

  private interface Read {
    Dataset of(byte[] bytes) throws IOException;
  }

  @Test
  void idxImages() throws IOException {
    write(folder.resolve("train-labels-idx1-ubyte"), Fixtures.idxLabels(6, 2));
    Path file = folder.resolve("train-images-idx3-ubyte");
    damage(Fixtures.idxImages(6, 4, 4, 1), b -> Dataset.read(write(file, b), Format.AUTO));
  }

  @Test
  void idxLabels() throws IOException {
    write(folder.resolve("train-images-idx3-ubyte"), Fixtures.idxImages(6, 4, 4, 1));
    Path file = folder.resolve("train-labels-idx1-ubyte");
    damage(Fixtures.idxLabels(6, 2), b -> Dataset.read(write(file, b), Format.IDX));
  }

  @Test
  void packedIdxImages() throws IOException {
    write(folder.resolve("train-labels-idx1-ubyte"), Fixtures.idxLabels(6, 2));
    Path file = folder.resolve("train-images-idx3-ubyte.gz");
    byte[] packed = Fixtures.gzip(Fixtures.idxImages(6, 4, 4, 1));
    damage(packed, b -> Dataset.read(write(file, b), Format.AUTO));
  }

  @Test
  void cifar() throws IOException {
    Path file = folder.resolve("x.bin");
    damage(Fixtures.cifar(CifarKind.TEN, 2, 1), b -> Dataset.read(write(file, b), Format.AUTO));
  }

  @Test
  void archive() throws IOException {
    byte[] tar =
        new Tar()
            .file("b/batches.meta.txt", new byte[10])
            .file("b/data_batch_1.bin", Fixtures.cifar(CifarKind.TEN, 2, 1))
            .finish();
    Path file = folder.resolve("x.tar");
    damage(Arrays.copyOf(tar, 9000), b -> Dataset.read(write(file, b), Format.AUTO));
    Path packed = folder.resolve("x.tar.gz");
    damage(Fixtures.gzip(tar), b -> Dataset.read(write(packed, b), Format.AUTO));
  }

  /** Cuts at many lengths and turns bits, mostly near the beginning where headers are. */
  private static void damage(byte[] good, Read read) throws IOException {
    int step = 1 + good.length / 150;
    for (int length = 0; length < good.length; length += step) {
      attempt(Arrays.copyOf(good, length), read);
    }
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 300; i++) {
      byte[] bad = good.clone();
      int most = i % 3 == 0 ? good.length : Math.min(good.length, i % 3 == 1 ? 24 : 1100);
      bad[random.nextInt(most)] ^= (byte) (1 << random.nextInt(8));
      attempt(bad, read);
    }
  }

  private static void attempt(byte[] bytes, Read read) throws IOException {
    try {
      assertThat(read.of(bytes).train().count()).isPositive();
    } catch (DataException e) {
      assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
    }
  }
}
