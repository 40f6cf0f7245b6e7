package io.github.oche.evaluation.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.github.oche.darts.Effort;
import io.github.oche.data.Dataset;
import io.github.oche.evaluation.report.Fact;
import io.github.oche.evaluation.report.Latex;
import io.github.oche.evaluation.report.StudyFacts;
import io.github.oche.evaluation.report.Table;
import io.github.oche.evaluation.report.TableFormat;
import io.github.oche.space.Cost;
import io.github.oche.space.Genotype;
import io.github.oche.space.Genotypes;
import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

class DartsTableTest {
  private static final Genotype CELLS = Genotypes.named("DARTS_V2");
  private static final Dataset DATA = Small.data();

  private static TrainingOutcome outcome(long seed, double error, double best) {
    return new TrainingOutcome(
        CELLS, seed, error, OptionalDouble.of(best), new Cost(1000 + seed, 50, 70_000));
  }

  private static MethodResult result(Method method) {
    ImmutableList<TrainingOutcome> candidates =
        method.selects()
            ? ImmutableList.of(outcome(0, 40, 40), outcome(0, 20, 20))
            : ImmutableList.of();
    boolean searched = method.origin() == Method.Origin.SEARCH;
    return new MethodResult(
        method,
        candidates,
        candidates.isEmpty() ? Optional.empty() : Optional.of(candidates.get(1)),
        ImmutableList.of(outcome(0, 2, 1), outcome(2, 4, 5)),
        method == Method.NASNET_A ? ImmutableList.of("final/nasnet-a/seed-7") : ImmutableList.of(),
        searched ? new Effort(7200, 3600) : Effort.NONE,
        method.selects() ? new Effort(1800, 900) : Effort.NONE,
        new Effort(3600, 3600));
  }

  private static Table table(Protocol protocol) {
    return DartsTable.of(
        protocol, DATA, 2, Arrays.stream(Method.values()).map(DartsTableTest::result).toList());
  }

  private static List<CSVRecord> csv(Table table) throws IOException {
    StringBuilder text = new StringBuilder();
    TableFormat.CSV.write(table, text);
    return CSVFormat.RFC4180
        .builder()
        .setHeader()
        .setSkipHeaderRecord(true)
        .get()
        .parse(new StringReader(text.toString()))
        .getRecords();
  }

  @Test
  void aRowHasBothSpreadsBothEpochsCostsAndThePublishedValue() throws IOException {
    List<CSVRecord> rows = csv(table(Small.protocol()));
    assertThat(rows.stream().map(row -> row.get("method")))
        .containsExactly(
            "NASNet-A",
            "AmoebaNet-A",
            "random architecture",
            "random search",
            "DARTS, first order",
            "DARTS, second order",
            "DARTS_V1",
            "DARTS_V2");
    CSVRecord second = rows.get(5);
    assertThat(second.get("test_error_percent_mean")).isEqualTo("3.00");
    assertThat(second.get("test_error_percent_std")).isEqualTo("1.41"); // of 2 and 4: root of 2
    assertThat(second.get("test_error_percent_n")).isEqualTo("2");
    assertThat(second.get("best_epoch_error_percent_mean")).isEqualTo("3.00");
    assertThat(second.get("best_epoch_error_percent_std")).isEqualTo("2.83");
    assertThat(second.get("candidates_validation_error_percent_mean")).isEqualTo("30.00");
    assertThat(second.get("candidates_validation_error_percent_std")).isEqualTo("14.14");
    assertThat(second.get("parameters")).isEqualTo("1001");
    assertThat(second.get("multiply_adds")).isEqualTo("70000");
    assertThat(second.get("search_core_hours")).isEqualTo("2.000");
    assertThat(second.get("selection_core_hours")).isEqualTo("0.500");
    assertThat(second.get("published_error_percent_mean")).isEqualTo("2.76");
    assertThat(second.get("published_error_percent_std")).isEqualTo("0.09");
    assertThat(rows.stream().map(row -> row.get("published_error_percent_mean")))
        .containsExactly("2.83", "3.12", "", "3.29", "3.00", "2.76", "3.00", "2.76");
    assertThat(rows.get(0).get("search_core_hours")).isEmpty();
    assertThat(rows.get(3).get("search_core_hours")).isEmpty();
    assertThat(rows.get(3).get("selection_core_hours")).isEqualTo("0.500");
  }

  @Test
  void theNotesTellTricksBudgetsChangesDataAndFailures() {
    assertThat(String.join("\n", table(Small.protocol()).notes()))
        .contains(
            "auxiliary head off, drop path off, cutout off, crop padding off, flip off",
            "random search 0.500 (0.250); DARTS, first order 2.500 (1.250)",
            "search epochs: 1 instead of 50",
            "training channels: 2 instead of 36",
            "squares: 24 training and 40 test images, 1x8x8, 2 classes; SHA-256 " + DATA.sha256(),
            "NASNet-A: a number became NaN or infinite in final/nasnet-a/seed-7, left out",
            "13.500 core-hours, of which processors worked 10.750", // 2 * 2 + 3 * 0.5 + 8 * 1
            "read in: ");
    String full = String.join("\n", table(Protocol.full()).notes());
    assertThat(full)
        .contains(
            "All settings are the paper's.",
            "auxiliary head 0.4, drop path 0.2, cutout 16, crop padding 4, flip on")
        .doesNotContain("Best epoch");
  }

  /** With figures as long as those of the paper's scale. */
  @Test
  void theTextFitsAScreenAndTheLatexIsWellFormed() {
    for (Protocol protocol : List.of(Protocol.tiny(), Protocol.full())) {
      DartsReport report =
          DartsReport.of(
              protocol,
              DATA,
              2,
              Arrays.stream(Method.values())
                  .map(method -> large(result(method)))
                  .collect(ImmutableList.toImmutableList()));
      String text = report.text(TableFormat.TEXT);
      assertThat(text.lines().mapToInt(String::length).max().orElseThrow())
          .isLessThanOrEqualTo(100);
      assertThat(text)
          .containsPattern("method +test error % +paper % +best epoch % +parameters +mult-adds\n")
          .containsPattern("method +candidates % +search h +select h\n")
          .containsPattern(
              "DARTS, second order +30\\.00 \\+- 14\\.14 \\(2\\) +1000\\.000 +0\\.500\n");
      Latex.requireWellFormed(report.text(TableFormat.LATEX));
    }
  }

  private static MethodResult large(MethodResult result) {
    Effort effort = new Effort(3_600_000, 1_800_000);
    ImmutableList<TrainingOutcome> trainings =
        IntStream.range(0, 10)
            .mapToObj(
                seed ->
                    new TrainingOutcome(
                        CELLS,
                        seed,
                        10 + seed,
                        OptionalDouble.of(10 + seed),
                        new Cost(3_349_342, 50, 528_359_040)))
            .collect(ImmutableList.toImmutableList());
    return new MethodResult(
        result.method(),
        result.candidates(),
        result.chosen(),
        trainings,
        result.diverged(),
        effort,
        result.selection(),
        effort);
  }

  @Test
  void aRowWithoutTrainingsIsEmptyButThere() throws IOException {
    MethodResult nothing =
        new MethodResult(
            Method.SECOND_ORDER,
            ImmutableList.of(),
            Optional.empty(),
            ImmutableList.of(),
            ImmutableList.of("search/darts-second-order-0"),
            Effort.NONE,
            Effort.NONE,
            Effort.NONE);
    CSVRecord row = csv(DartsTable.of(Small.protocol(), DATA, 1, List.of(nothing))).get(0);
    assertThat(row.get("test_error_percent_mean")).isEmpty();
    assertThat(row.get("parameters")).isEmpty();
    assertThat(row.get("published_error_percent_mean")).isEqualTo("2.76");
  }

  /** A search takes 4,500 seconds here. */
  @Test
  void randomSearchHasTheSameBudgetIfItTookAsLong() {
    assertThat(answer(4500)).startsWith("yes").contains("1.00 times");
    assertThat(answer(3600)).startsWith("yes").contains("0.80 times");
    assertThat(answer(3500)).startsWith("no").contains("0.78 times");
  }

  private static String answer(double cpuSeconds) {
    List<MethodResult> rows =
        List.of(
            result(Method.SECOND_ORDER),
            new MethodResult(
                Method.RANDOM_SEARCH,
                ImmutableList.of(),
                Optional.empty(),
                ImmutableList.of(),
                ImmutableList.of(),
                Effort.NONE,
                new Effort(2 * cpuSeconds, cpuSeconds),
                Effort.NONE));
    StudyFacts.Finding finding = DartsFacts.of(Small.protocol(), rows).finding(Fact.RANDOM_SEARCH);
    return finding.answer() + ": " + finding.reason();
  }
}
