package io.github.oche.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void keysAreWordsOfTheTitle() {
    assertThat(Column.text("Search cost (core-hours)").key()).isEqualTo("search_cost_core_hours");
    assertThat(Column.number("top-5 %").key()).isEqualTo("top_5_percent");
    assertThat(Column.number("5").key()).isEqualTo("column_5");
    assertThat(Column.number("5").named("x").key()).isEqualTo("x");
  }

  @Test
  void aKeyIsOneWordThatProgramsCanUse() {
    assertThatThrownBy(() -> Column.text("a").named("A b"))
        .hasMessage(
            "key of column \"a\" is \"A b\", expected small letters, digits and underscores");
    assertThatThrownBy(() -> Column.text("a").withoutCount())
        .hasMessage("column \"a\" has no spreads");
  }

  @Test
  void rowsFitTheColumns() {
    Table.Builder two = Table.builder("t").column(Column.text("a")).column(Column.spread("b"));
    assertThatThrownBy(() -> two.row(Cell.text("x")).build())
        .hasMessage("row 1 has 1 cells, expected 2");
    Table.Builder one = Table.builder("t").column(Column.spread("b"));
    assertThatThrownBy(() -> one.row(Cell.of(1)).build())
        .hasMessage("row 1 has Whole[value=1] in column \"b\", which takes spreads only");
    Table.Builder number = Table.builder("t").column(Column.number("b"));
    assertThatThrownBy(() -> number.row(Cell.of(Spread.of(1), 2)).build())
        .hasMessageEndingWith("in column \"b\", which takes no spread");
  }

  @Test
  void noTwoColumnsHaveOneNameInCsv() {
    Table.Builder twins = Table.builder("t").column(Column.spread("a")).column(Column.text("a n"));
    assertThatThrownBy(twins::build).hasMessage("table \"t\" has two columns \"a_n\"");
    assertThatThrownBy(Table.builder("t")::build).hasMessage("table \"t\" has no columns");
  }

  @Test
  void aCellIsALineAndANumberIsOne() {
    assertThatThrownBy(() -> Cell.text("a\nb"))
        .hasMessage(
            "text of a cell \"a\nb\" has a line break or a control character, expected one line");
    assertThatThrownBy(() -> Cell.of(Double.NaN, 2))
        .hasMessage("value is NaN, expected a finite number");
    assertThatThrownBy(() -> Cell.of(1.0, -1)).hasMessage("decimals is -1, expected 0 to 15");
  }
}
