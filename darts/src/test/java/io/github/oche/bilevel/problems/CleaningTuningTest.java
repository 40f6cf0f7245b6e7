package io.github.oche.bilevel.problems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import io.github.oche.bilevel.problems.CleaningTuning.Trial;
import io.github.oche.bilevel.problems.HyperCleaning.Model;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CleaningTuningTest {
  private static final List<Long> SEEDS = List.of(100L, 101L, 102L);

  private static HyperCleaning heldOut(long seed) {
    return HyperCleaning.heldOut(Clouds.POOL, 80, Model.LINEAR, seed);
  }

  @Test
  void heldOutSamplesAreNeitherTrainedNorValidatedOn() {
    HyperCleaning held = heldOut(1);
    assertThat(held.test().count()).isEqualTo(40);
    assertThat(held.train().samples().count()).isEqualTo(80);
    double[] all = firstFeature(held.train().samples(), held.validation(), held.test());
    assertThat(all).containsExactly(firstFeature(Clouds.POOL), offset(0.0)); // each sample once
  }

  @Test
  void theBetterHalfGoesOnToTheNextSplit() {
    CleaningMethod method = CleaningMethodsTest.methods().get(1);
    List<Trial> trials = CleaningTuning.of(method, SEEDS, CleaningTuningTest::heldOut);
    assertThat(trials)
        .extracting(trial -> trial.runs().size())
        .containsExactly(3, 3, 3, 2, 2, 2, 1, 1, 1, 1, 1, 1);
    assertThat(trials.get(0).accuracy())
        .isGreaterThanOrEqualTo(trials.get(1).accuracy())
        .isGreaterThan(0.9);
    // Whoever went no further was no better on the first split than those who did.
    double worstThatWentOn =
        trials.subList(0, 6).stream()
            .mapToDouble(trial -> trial.runs().get(0).accuracy())
            .min()
            .orElseThrow();
    assertThat(trials.subList(6, 12))
        .allMatch(trial -> trial.runs().get(0).accuracy() <= worstThatWentOn);
    CleaningRun again = trials.get(0).method().run(heldOut(101), 101);
    assertThat(trials.get(0).runs().get(1).accuracy()).isEqualTo(again.accuracy());
  }

  @Test
  void theChoiceIsAmongTheCandidatesAndDoesNotDependOnTheRatesItReplaces() {
    CleaningMethod method = CleaningMethodsTest.methods().get(0);
    List<Long> one = List.of(100L);
    CleaningMethod chosen =
        CleaningTuning.of(method, one, CleaningTuningTest::heldOut).get(0).method();
    CleaningMethod other =
        CleaningTuning.of(method.with(7, 7), one, CleaningTuningTest::heldOut).get(0).method();
    assertThat(CleaningTuning.candidates(method, Model.LINEAR)).hasSize(12).contains(chosen);
    assertThat(other).isEqualTo(chosen);
  }

  @Test
  void candidatesThatFailAreNeverTheChoice() {
    List<Trial> none =
        CleaningTuning.of(CleaningMethodsTest.wild(1e42), SEEDS, CleaningTuningTest::heldOut);
    assertThat(none).hasSize(12).allMatch(Trial::failed).allMatch(t -> t.runs().size() == 1);
    CleaningMethod half =
        new CleaningMethod(
            "half",
            5,
            1,
            1,
            (rate, upper) ->
                CleaningMethodsTest.wild(rate > 0.03 ? 1e42 : 1).with(rate, upper).solver());
    List<Trial> some = CleaningTuning.of(half, SEEDS, CleaningTuningTest::heldOut);
    assertThat(some.get(0).failed()).isFalse();
    assertThat(some.get(0).method().rate()).isLessThan(0.03);
    assertThat(some.stream().filter(Trial::failed)).hasSize(6);
  }

  @Test
  void withoutSeedsThereIsNothingToChooseBy() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                CleaningTuning.of(
                    CleaningMethodsTest.wild(1), List.of(), CleaningTuningTest::heldOut))
        .withMessageContaining("no seeds");
  }

  /** The published choice is one that the command could make. */
  @ParameterizedTest
  @EnumSource
  void theRatesOfEveryMethodAreCandidates(Model model) {
    for (CleaningMethod method : CleaningMethods.of(model)) {
      assertThat(CleaningTuning.candidates(method, model)).contains(method);
    }
  }

  private static double[] firstFeature(Samples... parts) {
    return Arrays.stream(parts)
        .flatMapToDouble(part -> Arrays.stream(part.features().getColumn(0).toDoubleVector()))
        .sorted()
        .toArray();
  }
}
