package io.github.oche.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.oche.evaluation.report.Spread;
import io.github.oche.space.Cost;
import io.github.oche.space.Genotypes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RetrainingSummaryTest {
  private static final RetrainingSettings SETTINGS = Patterns.settings();

  static RetrainingFigures figures(
      RetrainingSettings settings, double error, double top5, double seconds, double best) {
    return new RetrainingFigures(
        Genotypes.named("NASNet"),
        settings,
        new Score(error, top5, 200),
        new Cost(100, 7, 5000),
        seconds,
        Double.isNaN(best)
            ? Optional.empty()
            : Optional.of(new BestEpoch(3, best / 2, new Score(best, best / 4, 200))));
  }

  @Test
  void theDeviationIsTheSampleDeviation() {
    Spread three = Spread.of(2, 4, 9);
    assertThat(three.mean()).isEqualTo(5);
    // (9 + 1 + 16) / 2 = 13
    assertThat(three.deviation().orElseThrow()).isCloseTo(Math.sqrt(13), within(1e-15));
    assertThat(three).hasToString("5.00 ± 3.61");
    assertThat(Spread.of(7)).isEqualTo(new Spread(7, OptionalDouble.empty(), 1));
    assertThat(Spread.of(7)).hasToString("7.00");
    assertThatThrownBy(Spread::of).hasMessage("no values, expected at least one");
  }

  @Test
  void trainingsOfSeveralSeedsAreOneRow() {
    RetrainingSummary summary =
        RetrainingSummary.of(
            List.of(
                figures(SETTINGS.withSeed(4), 12, 1, 60, 11),
                figures(SETTINGS.withSeed(2), 14, 2, 70, 15)));
    assertThat(summary.seeds()).containsExactly(4L, 2L);
    assertThat(summary.testError()).isEqualTo(Spread.of(12, 14));
    assertThat(summary.top5Error()).isEqualTo(Spread.of(1, 2));
    assertThat(summary.best())
        .contains(
            new RetrainingSummary.Best(
                Spread.of(5.5, 7.5), Spread.of(11, 15), Spread.of(2.75, 3.75)));
    assertThat(summary.seconds()).isEqualTo(Spread.of(60, 70));
    assertThat(summary.totalSeconds()).isEqualTo(130);
    assertThat(summary.testImages()).isEqualTo(200);
    assertThat(summary.tree())
        .containsEntry("parameters", 100L)
        .containsEntry("parameters_with_auxiliary", 107L)
        .containsEntry("multiply_adds", 5000L)
        .containsEntry("best_test_error_percent", RetrainingSummary.tree(Spread.of(11, 15)));
  }

  @Test
  void withoutHeldOutImagesThereIsNoBestEpoch() {
    RetrainingSummary summary =
        RetrainingSummary.of(List.of(figures(SETTINGS, 12, 1, 60, Double.NaN)));
    assertThat(summary.best()).isEmpty();
    assertThat(summary.tree().keySet()).noneMatch(key -> key.startsWith("best"));
  }

  @Test
  void whatDiffersInMoreThanTheSeedIsNotSummarised() {
    RetrainingFigures one = figures(SETTINGS.withSeed(1), 12, 1, 60, Double.NaN);
    RetrainingFigures longer = figures(SETTINGS.withSeed(2).withEpochs(9), 12, 1, 60, Double.NaN);
    assertThatThrownBy(() -> RetrainingSummary.of(List.of(one, longer)))
        .hasMessage("the trainings of seeds 1 and 2 differ in more than the seed");
    assertThatThrownBy(() -> RetrainingSummary.of(List.of(one, one)))
        .hasMessage("seeds are [1, 1], expected no twins");
    assertThatThrownBy(() -> RetrainingSummary.of(List.of())).hasMessageContaining("no trainings");
  }
}
