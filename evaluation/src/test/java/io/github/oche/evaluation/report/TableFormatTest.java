package io.github.oche.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

class TableFormatTest {
  /** One of each kind of cell, and texts that each form must escape. */
  private static final Table TABLE =
      Table.builder("Errors & costs")
          .column(Column.text("method"))
          .column(Column.spread("test error %"))
          .column(Column.spread("published").withoutCount())
          .column(Column.number("parameters"))
          .column(Column.number("core-hours").named("hours"))
          .row(
              Cell.text("sep_conv | 3x3"),
              Cell.of(Spread.of(2, 4), 2),
              Cell.of(Spread.published(3, OptionalDouble.of(0.14)), 2),
              Cell.of(3_349_342),
              Cell.of(1.256, 2))
          .row(
              Cell.text("say \"hi\", twice"),
              Cell.of(Spread.of(12.5), 2),
              Cell.empty(),
              Cell.text("none"),
              Cell.empty())
          .note("[1] 50% of them")
          .build();

  private static String written(TableFormat format, Table table) {
    StringBuilder to = new StringBuilder();
    try {
      format.write(table, to);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return to.toString();
  }

  @Test
  void textIsAligned() {
    assertThat(written(TableFormat.TEXT, TABLE))
        .isEqualTo(
            """
            Errors & costs

            method           test error %       published     parameters  core-hours
            sep_conv | 3x3    3.00 +- 1.41 (2)  3.00 +- 0.14   3,349,342        1.26
            say "hi", twice  12.50         (1)                      none

            [1] 50% of them
            """);
  }

  @Test
  void markdownEscapesPipes() {
    assertThat(written(TableFormat.MARKDOWN, TABLE))
        .isEqualTo(
            """
            **Errors &amp; costs**

            | method | test error % | published | parameters | core-hours |
            | :--- | :--- | :--- | ---: | ---: |
            | sep\\_conv \\| 3x3 | 3.00 ± 1.41 (2) | 3.00 ± 0.14 | 3,349,342 | 1.26 |
            | say "hi", twice | 12.50 (1) |  | none |  |

            - \\[1] 50% of them
            """);
  }

  @Test
  void csvReadsBack() throws IOException {
    String csv = written(TableFormat.CSV, TABLE);
    List<CSVRecord> rows =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get()
            .parse(new StringReader(csv))
            .getRecords();
    assertThat(csv)
        .startsWith(
            "method,test_error_percent_mean,test_error_percent_std,test_error_percent_n,"
                + "published_mean,published_std,parameters,hours\n")
        .endsWith("\n")
        .doesNotContain("Errors", "[1]", "\r");
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).toList())
        .containsExactly("sep_conv | 3x3", "3.00", "1.41", "2", "3.00", "0.14", "3349342", "1.26");
    assertThat(rows.get(1).toList())
        .containsExactly("say \"hi\", twice", "12.50", "", "1", "", "", "none", "");
  }

  @Test
  void latexIsATabularOfBooktabs() {
    assertThat(written(TableFormat.LATEX, TABLE))
        .isEqualTo(
            """
            % \\usepackage{booktabs}
            \\begin{table}
              \\setlength{\\belowcaptionskip}{1ex}
              \\caption{Errors \\& costs}
              \\centering\\footnotesize\\setlength{\\tabcolsep}{5pt}
              \\begin{tabular}{@{}lllrr@{}}
                \\toprule
                method & test error \\% & published & parameters & core-hours \\\\
                \\midrule
                sep\\_conv \\textbar{} 3x3 & 3.00 $\\pm$ 1.41 (2) & 3.00 $\\pm$ 0.14 & 3,349,342 & 1.26 \\\\
                say ``hi'', twice & 12.50 (1) &  & none &  \\\\
                \\bottomrule
              \\end{tabular}

              \\smallskip
              \\raggedright
              {[}1] 50\\% of them\\par
            \\end{table}
            """);
  }

  /** Of the groups the last has nothing to say of the second row. */
  @Test
  void textThatIsTooWideGoesOnBelow() {
    String name = "a figure whose name is long";
    Table table =
        Table.builder("t")
            .column(Column.text("method"))
            .column(Column.number(name))
            .column(Column.number(name + " 2"))
            .column(Column.number(name + " 3").openingGroup())
            .column(Column.number(name + " 4").openingGroup())
            .column(Column.spread(name + " 5"))
            .row(
                Cell.text("x"),
                Cell.of(1),
                Cell.of(2),
                Cell.of(3),
                Cell.empty(),
                Cell.of(Spread.of(5), 0))
            .row(Cell.text("y"), Cell.of(6), Cell.of(7), Cell.empty(), Cell.empty(), Cell.empty())
            .build();
    assertThat(written(TableFormat.TEXT, table))
        .isEqualTo(
            """
            t

            method  a figure whose name is long  a figure whose name is long 2  a figure whose name is long 3
            x                                 1                              2                              3
            y                                 6                              7

            method  a figure whose name is long 4  a figure whose name is long 5
            x                                      5 (1)
            """);
  }

  @Test
  void longTextsAreBrokenAtAHundredCharacters() {
    String text =
        written(
            TableFormat.TEXT,
            Table.builder("title")
                .column(Column.text("a"))
                .note("word ".repeat(60) + "end")
                .build());
    assertThat(text.lines().mapToInt(String::length).max().orElseThrow()).isEqualTo(99);
    assertThat(text.lines().skip(5)).allMatch(line -> line.startsWith("  word"));
  }

  @Test
  void aFormIsFoundByItsName() {
    for (TableFormat format : TableFormat.values()) {
      assertThat(TableFormat.parse(format.toString())).isEqualTo(format);
    }
    assertThatThrownBy(() -> TableFormat.parse("html"))
        .hasMessage("unknown table format \"html\"; known: text, markdown, csv, latex");
  }
}
