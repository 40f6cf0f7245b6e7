package io.github.oche.evaluation.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

class NasBench201NetworkTest {
  @Test
  void costsOfAllCellsAreThoseOfTheTable() throws Exception {
    int rows = 0;
    try (CSVParser table = NasBench201.rows()) {
      for (CSVRecord row : table) {
        NasBench201Cell cell = NasBench201Cell.parse(row.get("arch"));
        assertThat(NasBench201Network.CIFAR10.parameters(cell))
            .as(row.get("arch"))
            .isEqualTo(Long.parseLong(row.get("params_10_classes")));
        assertThat(NasBench201Network.CIFAR10.multiplyAdds(cell))
            .as(row.get("arch"))
            .isEqualTo(Long.parseLong(row.get("macs_32_10_classes")));
        rows++;
      }
    }
    assertThat(rows).isEqualTo(15_625);
  }

  /** Two channels, no convolution in the cells: added by hand. */
  @Test
  void theSkeletonIsCountedLayerByLayer() {
    NasBench201Network network = new NasBench201Network(2, 1, 3, 4);
    NasBench201Cell skip = NasBench201Cell.of(CellOperation.SKIP_CONNECT);
    long stem = 3 * 2 * 9;
    long second = 2 * 4 * 9 + 4 * 4 * 9 + 2 * 4;
    long third = 4 * 8 * 9 + 8 * 8 * 9 + 4 * 8;
    long norms = 2 * (2 + 4 + 4 + 8 + 8 + 8);
    long classifier = 8 * 3 + 3;
    assertThat(network.parameters(skip)).isEqualTo(stem + second + third + norms + classifier);
    assertThat(network.multiplyAdds(skip)).isEqualTo(stem * 16 + second * 4 + third + classifier);
  }

  @Test
  void cellsCostOnceForEachOfThem() {
    NasBench201Cell skip = NasBench201Cell.of(CellOperation.SKIP_CONNECT);
    NasBench201Cell convolution = skip.with(0, CellOperation.NOR_CONV_3X3);
    NasBench201Network one = new NasBench201Network(2, 1, 3, 4);
    NasBench201Network seven = new NasBench201Network(2, 7, 3, 4);
    long weights = 9 * (4 + 16 + 64);
    assertThat(one.parameters(convolution) - one.parameters(skip))
        .isEqualTo(weights + 2 * (2 + 4 + 8));
    assertThat(seven.parameters(convolution) - seven.parameters(skip))
        .isEqualTo(7 * (weights + 2 * (2 + 4 + 8)));
    assertThat(seven.multiplyAdds(convolution) - seven.multiplyAdds(skip))
        .isEqualTo(7 * 9 * (4 * 16 + 16 * 4 + 64));
    assertThat(seven.parameters(skip)).isEqualTo(one.parameters(skip));
  }

  @Test
  void impossibleNetworksAreRefused() {
    assertThatThrownBy(() -> new NasBench201Network(0, 5, 10, 32))
        .hasMessage("channels is 0, expected 1 to 4096");
    assertThatThrownBy(() -> new NasBench201Network(16, 0, 10, 32)).hasMessageContaining("cells");
    assertThatThrownBy(() -> new NasBench201Network(16, 5, 1, 32)).hasMessageContaining("classes");
    assertThatThrownBy(() -> new NasBench201Network(16, 5, 10, 30))
        .hasMessage("size is 30, expected a multiple of 4 from 4 to 4096");
  }
}
