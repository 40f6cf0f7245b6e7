package io.github.oche.bilevel.problems;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.oche.bilevel.problems.HyperCleaning.Model;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CleaningBaselineTest {
  @ParameterizedTest
  @EnumSource
  void pointsThatAreEasyToTellApartAreToldApart(CleaningBaseline baseline) {
    assertThat(baseline.accuracy(Clouds.CLEANING, 0)).isGreaterThan(0.8);
  }

  @Test
  void eachTrainsOnWhatItSays() {
    int[] right = Clouds.POOL.labels().toArray();
    HyperCleaning allZero = problem(CorruptedSamples.uniform(zeros(), 0, 1));
    double zeros = (double) Arrays.stream(right).filter(label -> label == 0).count() / right.length;
    assertThat(CleaningBaseline.ALL_SAMPLES.accuracy(allZero, 0)).isEqualTo(zeros);
    assertThat(CleaningBaseline.CLEAN_SAMPLES.accuracy(allZero, 0)).isEqualTo(zeros);
    assertThat(CleaningBaseline.VALIDATION.accuracy(allZero, 0)).isGreaterThan(0.95);
    // Nine tenths of the labels say nothing, the others zero.
    HyperCleaning mostlyNoise = problem(CorruptedSamples.uniform(zeros(), 0.9, 1));
    assertThat(CleaningBaseline.CLEAN_SAMPLES.accuracy(mostlyNoise, 0)).isEqualTo(zeros);
    assertThat(CleaningBaseline.ALL_SAMPLES.accuracy(mostlyNoise, 0)).isNotEqualTo(zeros);
  }

  private static Samples zeros() {
    return Clouds.POOL.withLabels(new int[Clouds.POOL.count()]);
  }

  private static HyperCleaning problem(CorruptedSamples train) {
    return new HyperCleaning(train, Clouds.POOL, Clouds.POOL, Model.LINEAR, 0);
  }
}
