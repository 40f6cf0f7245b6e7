package io.github.oche.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableMap;
import io.github.oche.darts.Provenance;
import io.github.oche.darts.Sgd;
import io.github.oche.data.Augmentation;
import io.github.oche.engine.Graph;
import io.github.oche.engine.Parameter;
import io.github.oche.engine.Shape;
import io.github.oche.space.Cost;
import io.github.oche.space.DartsMacro;
import io.github.oche.space.DerivedNetwork;
import io.github.oche.space.Genotypes;
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
                0,
                0));
  }

  /** {@code drop_path_prob * epoch / epochs} and {@code CosineAnnealingLR} down to 0. */
  @Test
  void codeDropsPathsLinearlyAndLowersTheRateByACosine() {
    assertThat(CODE.dropPath(0)).isZero();
    assertThat(CODE.dropPath(300)).isEqualTo(0.1);
    assertThat(CODE.dropPath(599)).isCloseTo(0.2 * 599 / 600, within(1e-15));
    assertThat(CODE.weights().rate(0, 600)).isEqualTo(0.025);
    assertThat(CODE.weights().rate(200, 600)).isCloseTo(0.75 * 0.025, within(1e-15));
    assertThat(CODE.weights().rate(600, 600)).isZero();
  }

  /** Exactly what the released code builds: 476,426 more with the head after cell 13. */
  @Test
  void codeTrainsThePublishedNetwork() {
    DartsMacro macro =
        DartsMacro.of(new Shape(3, 32, 32), CODE.channels(), CODE.cells(), 10)
            .withAuxiliary(CODE.auxiliaryWeight());
    Graph graph = DerivedNetwork.of(Genotypes.named("DARTS_V2"), macro, true).graph();
    assertThat(Cost.of(graph)).isEqualTo(new Cost(3_349_342, 476_426, 528_359_040));
    // the head reads the four nodes of the second reduction, 36 channels doubled twice
    assertThat(macro.isReduction(2 * CODE.cells() / 3)).isTrue();
    assertThat(
            graph.parameters().all().stream()
                .filter(p -> p.name().equals("auxiliary_head.features.2.weight")))
        .singleElement()
        .satisfies(p -> assertThat(p.shape().asList()).containsExactly(128, 4 * 4 * 36, 1, 1));
    // batch norms are affine: each has a weight and a bias
    assertThat(graph.parameters().all().stream().map(Parameter::name))
        .contains("cells.0._ops.0.op.3.weight", "cells.0._ops.0.op.3.bias");
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
            CODE.withValidation(0.1),
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
      assertThatThrownBy(() -> CODE.withValidation(share))
          .hasMessage(
              "validation is "
                  + share
                  + ", expected at least 0 (no images held out) and less than 1");
    }
  }
}
