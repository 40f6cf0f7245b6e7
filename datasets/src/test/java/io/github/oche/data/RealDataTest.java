package io.github.oche.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Reads parts of the published data sets where they are to be had, and compares what is known. */
class RealDataTest {
  private static Dataset check(String name, Format format, int train, int test, int classes) {
    Path folder = Fixtures.realData(name);
    Dataset data = Dataset.read(folder, Format.AUTO);
    assertThat(Dataset.read(folder, format).sha256()).isEqualTo(data.sha256());
    assertThat(data.train().count()).isEqualTo(train);
    assertThat(data.test().orElseThrow().count()).isEqualTo(test);
    assertThat(data.train().classes()).isEqualTo(classes);
    return data;
  }

  private static void assertStatistics(
      ImageData images, double scale, ImmutableList<Double> mean, ImmutableList<Double> deviation) {
    Normalisation measured = Normalisation.of(images);
    for (int c = 0; c < mean.size(); c++) {
      assertThat(measured.mean().get(c) * scale).isCloseTo(mean.get(c), within(6e-5));
      assertThat(measured.deviation().get(c) * scale).isCloseTo(deviation.get(c), within(6e-5));
    }
  }

  @Test
  void cifar10() {
    Dataset data = check("cifar10", Format.CIFAR10, 10_000, 2_500, 10);
    assertStatistics(
        data.train(),
        1,
        ImmutableList.of(.4936, .4832, .4470),
        ImmutableList.of(.2478, .2448, .2625));
    assertStatistics(
        data.test().orElseThrow(),
        1,
        ImmutableList.of(.4965, .4876, .4535),
        ImmutableList.of(.2462, .2424, .2616));
    assertThat(data.train().classCounts().asList()).containsOnly(1000);
    assertThat(data.classNames()).startsWith("airplane", "automobile");
    assertThat(data.normalisation()).isEqualTo(Normalisation.CIFAR);
  }

  @Test
  void cifar100TrainsOnTheFineLabels() {
    Dataset data = check("cifar100", Format.CIFAR100, 5_000, 1_000, 100);
    assertStatistics(
        data.train(),
        1,
        ImmutableList.of(.5071, .4855, .4381),
        ImmutableList.of(.2688, .2571, .2768));
    assertThat(data.train().classCounts().asList()).containsOnly(50);
    assertThat(data.classNames()).startsWith("apple", "aquarium_fish");
  }

  @Test
  void mnist() {
    Dataset data = check("mnist", Format.IDX, 5_000, 1_000, 10);
    assertStatistics(data.train(), 1, ImmutableList.of(.1302), ImmutableList.of(.3075));
    assertThat(data.train().classCounts().asList())
        .containsExactly(479, 563, 488, 493, 535, 434, 501, 550, 462, 495);
  }

  @Test
  void fashionMnistIsTheEmbeddedSample() {
    Dataset data = check("fashion-mnist", Format.IDX, 5_000, 1_000, 10);
    assertThat(data.sha256()).isEqualTo(Dataset.embedded().sha256());
  }

  @Test
  void digits() {
    Dataset data = check("digits", Format.IDX, 1_347, 450, 10);
    // published statistics are of byte / 16
    assertStatistics(data.train(), 255 / 16.0, ImmutableList.of(.3057), ImmutableList.of(.3756));
    assertThat(NearestNeighbour.percent(data.train(), data.test().orElseThrow()))
        .isCloseTo(96.2, within(0.05));
  }

  @Test
  void aSingleFileOfTheSetWillDo() {
    Path file = Fixtures.realData("cifar10").resolve("data_batch_1.bin.gz");
    assertThat(Dataset.read(file, Format.AUTO).withTest().describe())
        .isEqualTo("CIFAR-10: 1,600 training and 400 test images, 3x32x32, 10 classes");
  }
}
