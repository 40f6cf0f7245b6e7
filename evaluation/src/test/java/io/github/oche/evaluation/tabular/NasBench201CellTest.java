package io.github.oche.evaluation.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NasBench201CellTest {
  private static final String TEXT =
      "|nor_conv_3x3~0|+|skip_connect~0|none~1|+|avg_pool_3x3~0|nor_conv_1x1~1|nor_conv_3x3~2|";

  @Test
  void edgesAreReadNodeByNode() {
    assertThat(NasBench201Cell.parse(TEXT).operations())
        .containsExactly(
            CellOperation.NOR_CONV_3X3,
            CellOperation.SKIP_CONNECT,
            CellOperation.NONE,
            CellOperation.AVG_POOL_3X3,
            CellOperation.NOR_CONV_1X1,
            CellOperation.NOR_CONV_3X3);
  }

  @Test
  void textAndCellAreEachOthersInverse() {
    assertThat(NasBench201Cell.parse(TEXT)).hasToString(TEXT);
    assertThat(NasBench201Cell.of(CellOperation.NONE))
        .hasToString("|none~0|+|none~0|none~1|+|none~0|none~1|none~2|");
  }

  @Test
  void oneEdgeChangesAlone() {
    NasBench201Cell none = NasBench201Cell.of(CellOperation.NONE);
    assertThat(none.with(4, CellOperation.SKIP_CONNECT))
        .hasToString("|none~0|+|none~0|none~1|+|none~0|skip_connect~1|none~2|");
    assertThat(none.with(4, CellOperation.NONE)).isEqualTo(none);
    assertThatThrownBy(() -> none.with(6, CellOperation.NONE))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("edge (6)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "''@column 1: expected \"|\" (before the edges of node 1), found the end of the text",
        "none~0@column 1: expected \"|\" (before the edges of node 1), found \"n\"",
        "|nor_conv_5x5~0|@column 2: unknown operation \"nor_conv_5x5\"; known: none, skip_connect,"
            + " nor_conv_1x1, nor_conv_3x3, avg_pool_3x3",
        "|None~0|@column 2: unknown operation \"None\"",
        "|~0|@column 2: expected an operation, found \"~\"",
        "|none@column 6: expected \"~\" (between operation and input), found the end of the text",
        "|none~1|@column 7: expected \"0\" (the input of edge 1 of node 1), found \"1\"",
        "|none~0|none~1|@column 9: expected \"+\" (between nodes), found \"n\"",
        "|none~0|+|none~0|+|@column 18: expected an operation, found \"+\"",
        "|none~0|+|none~0|none~0|@column 23: expected \"1\" (the input of edge 2 of node 2)",
        "|none~0|+|none~0|none~1|@column 25: expected \"+\" (between nodes), found the end",
        "|none~0|+|none~0|none~1|+|none~0|none~1|none~2@column 47: expected \"|\" (after an edge)",
        "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|+|@column 48: text after the last edge,"
            + " found \"+\"",
        "|none ~0|@column 2: unknown operation \"none \"",
        "|abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz~0|@column 2: unknown operation"
            + " \"abcdefghijklmnopqrstuvwxyzabcdefghijklmn...\""
      })
  void aMistakeIsToldWithItsPlace(String text, String message) {
    assertThatThrownBy(() -> NasBench201Cell.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cell, ")
        .hasMessageContaining(message);
  }

  @Test
  void sixEdgesAreExpected() {
    assertThatThrownBy(() -> new NasBench201Cell(ImmutableList.of(CellOperation.NONE)))
        .hasMessage("a cell has 1 operations, expected 6 (one an edge)");
  }
}
