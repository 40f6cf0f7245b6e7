package io.github.oche.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of the package's description, run. */
class ExampleTest {
  @TempDir Path folder;

  @Test
  void thePackageDescriptionRuns() throws IOException {
    Path path = Fixtures.write(folder.resolve("a.bin"), Fixtures.cifar(CifarKind.TEN, 500, 1));
    long seed = 1;
    int epochs = 2;
    int images = 0;

    Dataset data = Dataset.read(path, Format.AUTO).withTest();
    Split split = Split.shuffled(data.train(), 0.5, seed); // half for w, half for alpha
    Batches batches =
        new Batches(
            split.training(), 64, Order.SHUFFLED, Augmentation.SEARCH, data.normalisation(), seed);
    try (BatchStream stream = batches.from(0)) {
      for (int step = 0; step < epochs * batches.perEpoch(); step++) {
        Batch batch = stream.next(); // the next one is being made meanwhile
        images += batch.count();
      }
    }

    assertThat(images).isEqualTo(2 * 200);
    assertThat(data.test().orElseThrow().count()).isEqualTo(100);
  }
}
