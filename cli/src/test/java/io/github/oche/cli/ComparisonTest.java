package io.github.oche.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.oche.engine.Workers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private final StringWriter out = new StringWriter();

  @Test
  void linesOfAPeerAreReadAndOthersPassedOver() {
    Readings readings =
        Readings.parse(
            "peer",
            List.of("a warning", "weights 1.5000", "first-order 2e-3 ", "peak-rss-mb 2632"),
            List.of("weights", "first-order"));
    assertThat(readings)
        .isEqualTo(new Readings(ImmutableMap.of("weights", 1.5, "first-order", 0.002), 2632));
  }

  @Test
  void aMissingLineIsNamed() {
    assertThatThrownBy(
            () -> Readings.parse("peer", List.of("weights 1", "peak-rss-mb 1"), List.of("exact")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("peer printed no line \"exact N\"");
    assertThatThrownBy(() -> Readings.parse("peer", List.of("weights 1"), List.of("weights")))
        .hasMessageContaining("peak-rss-mb");
    assertThatThrownBy(() -> Readings.parse("peer", List.of("weights 0.0000"), List.of("weights")))
        .hasMessageContaining("positive");
  }

  @Test
  void theMeanOfBeforeAndAfterIsCompared() {
    Readings before = new Readings(ImmutableMap.of("first-order", 0.4, "exact", 1.0), 800);
    Readings after = new Readings(ImmutableMap.of("first-order", 0.6, "exact", 3.0), 900);
    Readings contiguous = new Readings(ImmutableMap.of("first-order", 5.0), 2400);
    Readings channelsLast = new Readings(ImmutableMap.of("first-order", 2.5), 1600);
    new Comparison(16, before, after, contiguous, channelsLast).print(new PrintWriter(out), true);
    assertThat(out.toString().lines())
        .containsExactly(
            "seconds a step                   Oche  contiguous    ratio  channels_last    ratio",
            "first-order                    0.5000      5.0000  10.00 x         2.5000   5.00 x",
            "exact                          2.0000           -        -              -        -",
            "published search, hours          2.72       27.15  10.00 x          13.58   5.00 x",
            "peak memory, MB                   800        2400     33 %           1600     50 %",
            "Oche before and after PyTorch: first-order 0.4000 0.6000, exact 1.0000 3.0000");
  }

  @Test
  void ofATrainingImagesASecondAreToldToo() {
    Readings ours = new Readings(ImmutableMap.of("training", 2.0, "scoring", 0.5), 800);
    Readings theirs = new Readings(ImmutableMap.of("training", 8.0, "scoring", 1.6), 1600);
    new Comparison(96, ours, ours, theirs, theirs).print(new PrintWriter(out), false);
    assertThat(out.toString().lines())
        .contains(
            "training                       2.0000      8.0000   4.00 x         8.0000   4.00 x",
            "training, images a second        48.0        12.0                    12.0         ",
            "scoring, images a second        192.0        60.0                    60.0         ");
  }

  @Test
  void theMedianOfAnEvenNumberIsBetweenTheMiddleTwo() {
    assertThat(Measurement.median(new double[] {9, 1, 2})).isEqualTo(2);
    assertThat(Measurement.median(new double[] {9, 1, 2, 4})).isEqualTo(3);
  }

  @Test
  void thePublishedSearchHasNearlyTwentyThousandSteps() {
    assertThat(PublishedSearch.hours(1)).isEqualTo(19_550 / 3600.0, within(1e-12));
  }

  @Test
  void whatDoesNotFitTheHeapIsLeftOutOfTheTable() {
    BenchSettings settings = new BenchSettings(1, 1, 1, 2, 1, 1);
    long heap = SearchBench.memoryBytes(settings.with(4, 2));
    try (Workers workers = new Workers(1)) {
      new ScalingTable(settings, ImmutableList.of(4), ImmutableList.of(2, 512), heap)
          .print(new PrintWriter(out), workers);
    }
    assertThat(out.toString())
        .containsPattern("4 channels +\\d+\\.\\d{4} +-\\R")
        .containsPattern("4 channels +\\d+\\.\\d\\d +-\\R")
        .doesNotContain("dearest");
  }
}
