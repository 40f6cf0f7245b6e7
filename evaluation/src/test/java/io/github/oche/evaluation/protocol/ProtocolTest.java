package io.github.oche.evaluation.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.oche.darts.SearchHypergradient;
import io.github.oche.darts.SearchSettings;
import io.github.oche.evaluation.RetrainingSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ProtocolTest {
  @Test
  void fullIsThePaper() {
    Protocol full = Protocol.full();
    assertThat(full.search(SearchHypergradient.SECOND, 2)).isEqualTo(SearchSettings.paper());
    assertThat(full.searches()).isEqualTo(4);
    assertThat(full.selection()).isEqualTo(RetrainingSettings.code().withEpochs(100));
    assertThat(full.selectionPortion()).isEqualTo(0.5);
    assertThat(full.randomCells()).isEqualTo(24);
    assertThat(full.training()).isEqualTo(RetrainingSettings.code());
    assertThat(full.trainings()).isEqualTo(10);
  }

  @Test
  void everySettingThatDiffersIsToldAndNoOther() {
    Protocol full = Protocol.full();
    assertThat(full.differences(full)).isEmpty();
    assertThat(full.withValidation(0.1).differences(full))
        .containsExactly("training validation: 0.1 instead of 0.0");
    Protocol changed =
        new Protocol(
            "mine",
            full.search().withEpochs(3).withArchitecture(full.search().architecture().withRate(1)),
            2,
            full.selectionPortion(),
            full.selection().withTrainImages(100),
            full.randomCells(),
            full.training(),
            full.trainings());
    assertThat(changed.differences(full))
        .containsExactly(
            "search epochs: 3 instead of 50",
            "search architecture rate: 1.0 instead of " + full.search().architecture().rate(),
            "searches: 2 instead of 4",
            "selection train images: 100 instead of 0");
  }

  @ParameterizedTest
  @FieldSource("io.github.oche.evaluation.protocol.Protocol#SCALES")
  void aScaleHasItsName(String scale) {
    assertThat(Protocol.of(scale).scale()).isEqualTo(scale);
    assertThat(Protocol.of(scale).withSeed(7).search(SearchHypergradient.FIRST, 2).seed())
        .isEqualTo(9);
    assertThat(Protocol.of(scale).withSeed(7).training(3).seed()).isEqualTo(10);
  }

  @Test
  void anUnknownScaleIsToldWithThoseThatAreKnown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Protocol.of("huge"))
        .withMessage("unknown scale \"huge\"; known: tiny, quick, full");
  }

  @Test
  void namesOfFoldersSayWhatIsInThem() {
    assertThat(Method.FIRST_ORDER.folder()).isEqualTo("darts-first-order");
    assertThat(Method.NASNET_A.folder()).isEqualTo("nasnet-a");
    assertThat(Method.RANDOM_ARCHITECTURE.folder()).isEqualTo("random-architecture");
  }
}
