package io.github.oche.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatexTableTest {
  private static String latex(Table table) {
    StringBuilder to = new StringBuilder();
    try {
      TableFormat.LATEX.write(table, to);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    Latex.requireWellFormed(to.toString());
    return to.toString();
  }

  @Test
  void whatLatexWouldReadPrintsAsItIs() {
    assertThat(LatexText.escape("& % _ # $ { } ~ ^ \\"))
        .isEqualTo(
            "\\& \\% \\_ \\# \\$ \\{ \\} \\textasciitilde{} \\textasciicircum{}"
                + " \\textbackslash{}");
    assertThat(LatexText.escape("a<b --csv [x] `y` α ±"))
        .isEqualTo("a\\textless{}b -{}-csv {[}x] \\`{}y\\`{} $\\alpha$ $\\pm$");
  }

  @Test
  void quotationMarksCurveAndIndentsStay() {
    assertThat(LatexText.escape("say \"a b\" (\"c\"), 5\"")).isEqualTo("say ``a b'' (``c''), 5''");
    assertThat(LatexText.escape("\"a\"")).isEqualTo("``a''");
    assertThat(LatexText.escape("  a  b")).isEqualTo("~~a  b");
    assertThat(LatexText.escape("  ")).isEqualTo("~~");
  }

  /** The truth is what {@code \settowidth} measures. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "regularised evolution | 77.03",
        "DARTS, second order | 81.03",
        "22.97 ± 0.64 (3) | 60.45",
        "528,359,040 | 42.97",
        "ImageNet16-120 | 59.96",
        "not known whether the code of the trainings is published | 212.66"
      })
  void aTextIsNoWiderThanItsEstimate(String text, double points) {
    assertThat(LatexText.width(text)).isBetween(points, 1.1 * points);
  }

  @Test
  void aTableThatIsTooWideHasItsLongTextsBroken() {
    Table.Builder table =
        Table.builder("reasons")
            .column(Column.text("practice"))
            .column(Column.text("kept"))
            .column(Column.text("reason"))
            .row(
                Cell.text("word ".repeat(8) + "end"),
                Cell.text("yes"),
                Cell.text("word ".repeat(40) + "end"));
    assertThat(latex(table.build()))
        .contains(
            "\\begin{tabular}{@{}p{0.28\\linewidth}lp{0.61\\linewidth}@{}}",
            "practice & kept & reason \\tabularnewline",
            "\\raggedright word word ",
            " & yes & \\raggedright word ");
  }

  @Test
  void aTableThatFitsIsNeitherBrokenNorCut() {
    String text = "a text of more than fifty characters, but not of a line";
    assertThat(
            latex(
                Table.builder("t")
                    .column(Column.text("a"))
                    .column(Column.number("b").openingGroup())
                    .row(Cell.text(text), Cell.of(1))
                    .build()))
        .contains("\\begin{tabular}{@{}lr@{}}", "    " + text + " & 1 \\\\\n")
        .doesNotContain("medskip", "raggedright");
  }

  @Test
  void groupsThatDoNotFitStandBelow() {
    Table.Builder table = Table.builder("t").column(Column.text("method"));
    for (int c = 0; c < 8; c++) {
      Column column = Column.number("a column of figures " + c);
      table.column(c % 2 == 0 ? column.openingGroup() : column);
    }
    List<Cell> figures = IntStream.range(0, 8).mapToObj(c -> Cell.of(c)).toList();
    table.row(ImmutableList.<Cell>builder().add(Cell.text("x")).addAll(figures).build());
    assertThat(latex(table.build()).lines().filter(line -> line.contains("&")).map(String::strip))
        .containsExactly(
            "method & a column of figures 0 & a column of figures 1 \\\\",
            "x & 0 & 1 \\\\",
            "method & a column of figures 2 & a column of figures 3 \\\\",
            "x & 2 & 3 \\\\",
            "method & a column of figures 4 & a column of figures 5 \\\\",
            "x & 4 & 5 \\\\",
            "method & a column of figures 6 & a column of figures 7 \\\\",
            "x & 6 & 7 \\\\");
  }

  @Test
  void notesThatNoPageHoldsFollowTheFloat() {
    Table.Builder table =
        Table.builder("t").column(Column.number("a")).row(Cell.of(1)).note("a note");
    assertThat(latex(table.build())).endsWith("  a note\\par\n\\end{table}\n");
    for (int i = 0; i < 50; i++) {
      table.note("note");
    }
    assertThat(latex(table.build()))
        .contains("\\end{table}\n\n{\\footnotesize\\raggedright")
        .endsWith("  note\\par\n}\n");
  }
}
