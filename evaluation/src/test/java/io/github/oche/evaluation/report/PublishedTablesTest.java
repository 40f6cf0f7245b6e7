package io.github.oche.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.oche.evaluation.report.PublishedValue.Unit;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PublishedTablesTest {
  private static final PublishedTables TABLES = PublishedTables.load();

  private static List<PublishedValue> all() {
    return TABLES.tables().stream().flatMap(table -> TABLES.rows(table).stream()).toList();
  }

  /** Table 1 of arXiv:1806.09055. */
  @Test
  void tableOneOfDartsIsThePapers() {
    PublishedValue second =
        TABLES.find("DARTS Table 1", "DARTS (second order) + cutout").orElseThrow();
    assertThat(second.spread()).isEqualTo(new Spread(2.76, OptionalDouble.of(0.09), 0));
    assertThat(second.parametersMillions()).hasValue(3.3);
    assertThat(second.searchGpuDays()).hasValue(4);
    PublishedValue first =
        TABLES.find("DARTS Table 1", "DARTS (first order) + cutout").orElseThrow();
    assertThat(first.value()).isEqualTo(new BigDecimal("3.00"));
    assertThat(first.cell()).isEqualTo(Cell.of(new Spread(3.0, OptionalDouble.of(0.14), 0), 2));
    assertThat(TABLES.rows("DARTS Table 1")).hasSize(14);
    assertThat(TABLES.find("DARTS Table 1", "DARTS")).isEmpty();
    assertThat(TABLES.rows("no such table")).isEmpty();
  }

  @Test
  void everyValueHasASourceThatWasRead() {
    assertThat(all()).hasSize(342);
    assertThat(all())
        .allSatisfy(
            value -> {
              assertThat(value.source()).isNotBlank().doesNotContain("memory", "unverified");
              assertThat(value.value()).isPositive();
            });
  }

  @Test
  void perplexitiesAreNoErrors() {
    assertThat(all())
        .allSatisfy(
            value ->
                assertThat(value.unit() == Unit.PERPLEXITY)
                    .as(value.toString())
                    .isEqualTo(List.of("PTB", "WikiText-2").contains(value.dataset())));
    PublishedValue ptb = TABLES.find("DARTS Table 2", "DARTS (second order)").orElseThrow();
    assertThat(ptb.unit()).isEqualTo(Unit.PERPLEXITY);
    assertThat(ptb.cell()).isEqualTo(Cell.of(Spread.published(55.7, OptionalDouble.empty()), 1));
    assertThatThrownBy(ptb::accuracy)
        .hasMessage(
            "DARTS (second order) of DARTS Table 2 is a PERPLEXITY, expected an error in percent");
    assertThat(all())
        .filteredOn(value -> value.unit() == Unit.TEST_ERROR_PERCENT)
        .allMatch(value -> value.value().doubleValue() < 100);
  }

  @Test
  void aMethodOnSeveralSetsIsFoundByTheSet() {
    assertThat(TABLES.find("NAS-Bench-201", "DARTS-V1", "CIFAR-100").orElseThrow().accuracy())
        .isEqualTo(new Spread(15.61, OptionalDouble.of(0), 0));
    assertThatThrownBy(() -> TABLES.find("NAS-Bench-201", "DARTS-V1"))
        .hasMessage(
            "DARTS-V1 of NAS-Bench-201 stands there for [CIFAR-10, CIFAR-100, ImageNet16-120],"
                + " expected one of them to be asked for");
  }

  @Test
  void noRowStandsTwice() {
    assertThat(all().stream().map(v -> v.table() + "|" + v.method() + "|" + v.dataset()).distinct())
        .hasSameSizeAs(all());
  }
}
