package io.github.oche.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import io.github.oche.darts.Provenance;
import io.github.oche.darts.Sgd;
import io.github.oche.data.Augmentation;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetrainingSettingsTest {
  private static final RetrainingSettings CODE = RetrainingSettings.code();

  @Test
  void codeIsTheReleasedCode() {
    assertThat(CODE)
        .isEqualTo(
            new RetrainingSettings(
                36,
                20,
                600,
                96,
                0.4,
                0.2,
                new Augmentation(4, true, 16),
                new Sgd(0.025, 0, 0.9, 3e-4, 5),
                0,
                0));
  }

  @Test
  void everyWithChangesOneSetting() {
    List<RetrainingSettings> changed =
        List.of(
            CODE.withSize(35, 20),
            CODE.withSize(36, 19),
            CODE.withEpochs(3),
            CODE.withBatch(5),
            CODE.withAuxiliaryWeight(0),
            CODE.withDropPath(0.1),
            CODE.withAugmentation(Augmentation.NONE),
            CODE.withWeights(CODE.weights().withRates(0.1, 0)),
            CODE.withTrainImages(77),
            CODE.withSeed(9));
    ImmutableMap<String, Object> base = Provenance.of(CODE);
    assertThat(changed).hasSize(base.size());
    for (RetrainingSettings settings : changed) {
      ImmutableMap<String, Object> tree = Provenance.of(settings);
      assertThat(tree.entrySet().stream().filter(e -> !e.getValue().equals(base.get(e.getKey()))))
          .as(settings.toString())
          .hasSize(1);
    }
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertThatThrownBy(() -> CODE.withSize(0, 8)).hasMessage("channels is 0, expected 1 to 4096");
    assertThatThrownBy(() -> CODE.withSize(4097, 8)).hasMessageContaining("channels is 4097");
    assertThatThrownBy(() -> CODE.withSize(16, -1)).hasMessageContaining("cells is -1");
    assertThatThrownBy(() -> CODE.withSize(16, 1001)).hasMessageContaining("cells is 1001");
    assertThatThrownBy(() -> CODE.withEpochs(0)).hasMessageContaining("epochs is 0");
    assertThatThrownBy(() -> CODE.withBatch(0)).hasMessageContaining("batch is 0");
    assertThatThrownBy(() -> CODE.withTrainImages(1)).hasMessageContaining("train images is 1");
    for (double weight : new double[] {-0.1, 101, Double.NaN}) {
      assertThatThrownBy(() -> CODE.withAuxiliaryWeight(weight))
          .hasMessageContaining("auxiliary weight is " + weight);
    }
    for (double share : new double[] {-0.1, 1, Double.NaN}) {
      assertThatThrownBy(() -> CODE.withDropPath(share))
          .hasMessageContaining("drop path is " + share);
    }
  }
}
