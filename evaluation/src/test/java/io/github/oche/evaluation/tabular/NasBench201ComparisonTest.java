package io.github.oche.evaluation.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import io.github.oche.evaluation.report.Spread;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NasBench201ComparisonTest {
  private static final int RUNS = 500;
  private static final NasBench201Comparison COMPARISON =
      new NasBench201Comparison(NasBench201.load());
  private static final ImmutableList<ResultRow> ROWS = COMPARISON.rows(RUNS);

  private static ResultRow row(String method, int evaluations) {
    return ROWS.stream()
        .filter(r -> r.method().equals(method) && r.evaluations() == evaluations)
        .findFirst()
        .orElseThrow();
  }

  private static double deviation(Spread spread) {
    return spread.deviation().orElse(0);
  }

  private static void assertAccuracies(String method, int evaluations, double... expected) {
    ImmutableList<Spread> accuracies = row(method, evaluations).accuracies();
    for (int i = 0; i < 3; i++) {
      assertThat(accuracies.get(i).mean()).isCloseTo(expected[2 * i], within(5e-3));
      assertThat(deviation(accuracies.get(i))).isCloseTo(expected[2 * i + 1], within(5e-3));
    }
  }

  /** From a simulation by another program (NumPy), 500 runs of each: two samples of one law. */
  @ParameterizedTest
  @CsvSource({
    "random search, 10, 92.54, 1.08, 68.77, 2.01, 41.78, 3.05",
    "random search, 50, 93.46, 0.53, 70.49, 1.25, 43.98, 1.53",
    "random search, 100, 93.72, 0.38, 71.05, 1.05, 44.66, 1.21",
    "random search, 200, 93.89, 0.25, 71.60, 0.89, 45.25, 1.01",
    "random search, 500, 94.01, 0.22, 72.11, 0.79, 45.74, 0.87",
    "regularised evolution, 50, 93.63, 0.60, 71.00, 1.50, 44.46, 1.78",
    "regularised evolution, 100, 93.91, 0.45, 71.81, 1.29, 45.35, 1.37",
    "regularised evolution, 200, 94.12, 0.26, 72.54, 0.85, 45.92, 0.83",
    "regularised evolution, 500, 94.28, 0.18, 73.03, 0.44, 46.22, 0.40"
  })
  void searchesAreWithinSamplingErrorOfAnotherProgram(
      String method,
      int evaluations,
      double m1,
      double s1,
      double m2,
      double s2,
      double m3,
      double s3) {
    double[] means = {m1, m2, m3};
    double[] deviations = {s1, s2, s3};
    ImmutableList<Spread> ours = row(method, evaluations).accuracies();
    for (int i = 0; i < 3; i++) {
      double error = 4 * deviations[i] * Math.sqrt(2.0 / RUNS) + 0.01;
      assertThat(ours.get(i).mean()).isCloseTo(means[i], within(error));
      assertThat(deviation(ours.get(i))).isBetween(0.75 * deviations[i], 1.3 * deviations[i]);
    }
  }

  @Test
  void boundsAndBaselinesAreExact() {
    assertAccuracies("random architecture", 0, 87.06, 12.93, 61.41, 12.17, 33.59, 9.51);
    assertAccuracies("always skip", 0, 54.30, 0, 15.61, 0, 16.32, 0);
    assertAccuracies("most parameters", 0, 93.76, 0, 71.11, 0, 41.44, 0);
    assertAccuracies("best possible", 0, 94.37, 0, 73.51, 0, 47.31, 0);
    assertAccuracies("best by the signal", 15_625, 94.37, 0, 73.09, 0, 46.33, 0);
  }

  /** All 3^6 cells without a convolution tie, among them those that pass nothing on. */
  @Test
  void aTieIsTheSpreadOfAllThatTie() {
    NasBench201 table = NasBench201.load();
    double[] tied =
        table.cells().stream()
            .filter(cell -> !cell.toString().contains("conv_"))
            .mapToDouble(cell -> table.accuracy(cell, Accuracy.CIFAR100_TEST_200))
            .toArray();
    assertThat(tied).hasSize(729);
    assertThat(row("fewest parameters", 0).accuracies().get(1)).isEqualTo(Spread.ofAll(tied));
  }

  /**
   * Published searches had a budget of seconds, not of evaluations: about the same is not equal.
   */
  @Test
  void publishedNumbersStandBesideOursAndAreNear() {
    assertThat(ROWS.stream().filter(row -> row.published().isPresent())).hasSize(4);
    for (ResultRow row : ROWS) {
      row.published()
          .ifPresent(
              published -> {
                for (int i = 0; i < 3; i++) {
                  Spread theirs = published.accuracies().get(i);
                  double error = 5e-3 + 0.3 * deviation(theirs);
                  assertThat(row.accuracies().get(i).mean())
                      .as(row.method())
                      .isCloseTo(theirs.mean(), within(error));
                }
              });
    }
  }

  @Test
  void sameRunsSameRowsAndOneRunHasNoDeviation() {
    ImmutableList<ResultRow> once = COMPARISON.rows(1);
    assertThat(COMPARISON.rows(1)).isEqualTo(once);
    assertThat(once).hasSameSizeAs(ROWS).isNotEqualTo(ROWS);
    assertThat(once.stream().filter(row -> row.method().equals("random search")))
        .hasSize(5)
        .allMatch(row -> row.accuracies().stream().allMatch(a -> deviation(a) == 0));
    assertThatThrownBy(() -> COMPARISON.rows(0)).hasMessage("runs is 0, expected at least 1");
  }
}
