package io.github.oche.darts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.github.oche.data.Augmentation;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SearchSettingsTest {
  private static final SearchSettings CODE = SearchSettings.code();

  @Test
  void codeIsTheReleasedCode() {
    assertThat(CODE)
        .isEqualTo(
            new SearchSettings(
                16,
                8,
                50,
                64,
                0,
                SplitRule.IN_ORDER,
                0.5,
                true,
                new Augmentation(4, true, 0),
                SearchHypergradient.FIRST,
                new Sgd(0.025, 0.001, 0.9, 3e-4, 5),
                new Adam(3e-4, 0.5, 0.999, 1e-8, 1e-3),
                1e-3,
                2));
  }

  @Test
  void paperDiffersWhereThePaperDoes() {
    SearchSettings paper = SearchSettings.paper();
    assertThat(paper.hypergradient()).isEqualTo(SearchHypergradient.SECOND);
    assertThat(paper.alphaDeviation()).isZero();
    assertThat(paper.weights().finalRate()).isZero();
    assertThat(
            paper
                .withHypergradient(CODE.hypergradient())
                .withAlphaDeviation(1e-3)
                .withWeights(CODE.weights())
                .withSplit(CODE.split(), 0.5))
        .isEqualTo(CODE);
  }

  @Test
  void everyWithChangesOneSetting() {
    List<SearchSettings> changed =
        List.of(
            CODE.withSize(8, 8),
            CODE.withSize(16, 5),
            CODE.withEpochs(3),
            CODE.withBatch(5),
            CODE.withTrainImages(77),
            CODE.withSplit(SplitRule.SHUFFLED, 0.5),
            CODE.withSplit(SplitRule.IN_ORDER, 0.4),
            CODE.withFreshValidation(false),
            CODE.withAugmentation(Augmentation.NONE),
            CODE.withHypergradient(SearchHypergradient.EXACT),
            CODE.withWeights(CODE.weights().withRates(0.1, 0)),
            CODE.withArchitecture(CODE.architecture().withRate(0.1)),
            CODE.withAlphaDeviation(1),
            CODE.withSeed(9));
    var base = Provenance.of(CODE);
    assertThat(changed).hasSize(base.size());
    for (SearchSettings settings : changed) {
      var tree = Provenance.of(settings);
      assertThat(tree.entrySet().stream().filter(e -> !e.getValue().equals(base.get(e.getKey()))))
          .as(settings.toString())
          .hasSize(1);
    }
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertThatThrownBy(() -> CODE.withSize(0, 8)).hasMessage("channels is 0, expected 1 to 4096");
    assertThatThrownBy(() -> CODE.withSize(16, -1)).hasMessageContaining("cells is -1");
    assertThatThrownBy(() -> CODE.withEpochs(0)).hasMessageContaining("epochs is 0");
    assertThatThrownBy(() -> CODE.withBatch(0)).hasMessageContaining("batch is 0");
    assertThatThrownBy(() -> CODE.withTrainImages(1)).hasMessageContaining("train images is 1");
    assertThatThrownBy(() -> CODE.withSplit(SplitRule.IN_ORDER, 1))
        .hasMessageContaining("portion is 1.0");
    assertThatThrownBy(() -> CODE.withAlphaDeviation(Double.NaN))
        .hasMessageContaining("alpha deviation is NaN");
  }

  @Test
  void provenanceNamesEverySettingDownToTheLast() {
    assertThat(Provenance.of(CODE).toString())
        .contains(
            "train_images=0", "split=in_order", "hypergradient={method=first, steps=0}", "seed=2")
        .contains("architecture={rate=3.0E-4, beta1=0.5, beta2=0.999, epsilon=1.0E-8, decay=0.001}")
        .contains("augmentation={crop_padding=4, flip=true, cutout=0}");
    assertThat(Provenance.software().get("java")).isEqualTo(System.getProperty("java.version"));
  }

  @Test
  void seedsOfOneSeedDifferAndRepeat() {
    Seeds seeds = Seeds.of(3);
    assertThat(seeds).isEqualTo(Seeds.of(3)).isNotEqualTo(Seeds.of(4));
    assertThat(
            Stream.of(
                seeds.weights(),
                seeds.alphas(),
                seeds.images(),
                seeds.split(),
                seeds.training(),
                seeds.validation()))
        .doesNotHaveDuplicates();
  }

  @Test
  void normalDeviatesAreNormal() {
    int n = 100_000;
    float[] values = Seeds.normal(n, 2, new SplittableRandom(1));
    double[] moments = new double[5];
    for (float value : values) {
      for (int k = 1; k < 5; k++) {
        moments[k] += Math.pow(value / 2, k) / n;
      }
    }
    assertThat(moments[1]).isCloseTo(0, offset(0.02));
    assertThat(moments[2]).isCloseTo(1, offset(0.03));
    assertThat(moments[3]).isCloseTo(0, offset(0.06));
    assertThat(moments[4]).isCloseTo(3, offset(0.15));
    assertThat(Seeds.normal(2, 0, new SplittableRandom(1)))
        .containsExactly(new float[2], offset(0f));
  }

  @Test
  void tooSmallAHeapIsToldBeforehand() {
    HeapException.check("the search", 100, "the batch (64)", 100);
    assertThatThrownBy(
            () -> HeapException.check("the search", 300L << 20, "the batch (64)", 100L << 20))
        .isInstanceOf(HeapException.class)
        .hasMessage(
            "the search needs 300 MB of heap, this JVM may use 100 MB; lower the batch (64), or give it more with -Xmx330m");
  }
}
