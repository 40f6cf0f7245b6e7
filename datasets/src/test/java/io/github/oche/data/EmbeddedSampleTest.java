package io.github.oche.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EmbeddedSampleTest {
  private final Dataset data = Dataset.embedded();

  @Test
  void itIsTheFirst5000And1000ImagesOfFashionMnist() {
    assertThat(data.describe())
        .isEqualTo(
            "Fashion-MNIST sample: 5,000 training and 1,000 test images, 1x28x28, 10 classes");
    assertThat(data.classNames()).startsWith("T-shirt/top", "Trouser").endsWith("Ankle boot");
    assertThat(data.train().classCounts().asList())
        .containsExactly(457, 556, 504, 501, 488, 493, 493, 512, 490, 506);
    assertThat(data.test().orElseThrow().classCounts().asList())
        .containsExactly(107, 105, 111, 93, 115, 87, 97, 95, 95, 95);
    assertThat(data.normalisation().mean().get(0)).isCloseTo(0.2861, within(5e-5));
    assertThat(data.normalisation().deviation().get(0)).isCloseTo(0.3544, within(5e-5));
  }

  @Test
  void theFloorIsWhatOneNearestNeighbourGets() {
    double percent = NearestNeighbour.percent(data.train(), data.test().orElseThrow());
    assertThat(data.nearestNeighbourPercent()).hasValue(percent);
  }

  @Test
  void theLicenceComesAlongAndAllIsSmall() throws IOException {
    assertThat(new String(resource("LICENSE.txt"), StandardCharsets.UTF_8))
        .contains("MIT License", "2017 Zalando SE", "without restriction", "WITHOUT WARRANTY");
    assertThat(new String(resource("README.txt"), StandardCharsets.UTF_8))
        .contains("arXiv:1708.07747");
    int bytes = 0;
    for (String name :
        new String[] {
          "train-images-idx3-ubyte.gz",
          "train-labels-idx1-ubyte.gz",
          "t10k-images-idx3-ubyte.gz",
          "t10k-labels-idx1-ubyte.gz"
        }) {
      bytes += resource(name).length;
    }
    assertThat(bytes).isLessThan(3_000_000);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(EmbeddedSample.class.getResourceAsStream("fashion-mnist/" + name))) {
      return in.readAllBytes();
    }
  }
}
