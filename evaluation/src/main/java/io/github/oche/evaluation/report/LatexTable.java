package io.github.oche.evaluation.report;

import com.google.common.collect.ImmutableList;
import com.google.common.escape.Escaper;
import com.google.common.escape.Escapers;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes {@link TableFormat#LATEX}. */
final class LatexTable {
  /** Longer texts are broken into lines. */
  private static final int LONG = 50;

  private static final Escaper ESCAPER =
      Escapers.builder()
          .addEscape('\\', "\\textbackslash{}")
          .addEscape('&', "\\&")
          .addEscape('%', "\\%")
          .addEscape('_', "\\_")
          .addEscape('#', "\\#")
          .addEscape('$', "\\$")
          .addEscape('{', "\\{")
          .addEscape('}', "\\}")
          .addEscape('~', "\\textasciitilde{}")
          .addEscape('^', "\\textasciicircum{}")
          // In the default font encoding these print as other characters.
          .addEscape('<', "\\textless{}")
          .addEscape('>', "\\textgreater{}")
          .addEscape('|', "\\textbar{}")
          // After the end of a row these would be read as its argument.
          .addEscape('[', "{[}")
          .addEscape('*', "{*}")
          .addEscape('±', "$\\pm$")
          .addEscape('×', "$\\times$")
          .addEscape('α', "$\\alpha$")
          .addEscape('τ', "$\\tau$")
          .build();

  private LatexTable() {}

  static void write(Table table, Appendable to) throws IOException {
    ImmutableList<Column> columns = table.columns();
    to.append("% \\usepackage{booktabs}\n\\begin{table}\n  \\centering\n  \\caption{");
    to.append(escape(table.title())).append("}\n  \\begin{tabular}{");
    for (int c = 0; c < columns.size(); c++) {
      to.append(alignment(columns.get(c), table.cells(c)));
    }
    to.append("}\n    \\toprule\n");
    row(columns.stream().map(column -> escape(column.title())).toList(), to);
    to.append("    \\midrule\n");
    for (ImmutableList<Cell> cells : table.rows()) {
      row(
          IntStream.range(0, cells.size())
              .mapToObj(c -> escape(Printed.whole(columns.get(c), cells.get(c), "±")))
              .toList(),
          to);
    }
    to.append("    \\bottomrule\n  \\end{tabular}\n");
    if (!table.notes().isEmpty()) {
      to.append("\n  \\smallskip\n  \\raggedright\\footnotesize\n");
      to.append(
          table.notes().stream()
              .map(note -> "  " + escape(note) + "\\par\n")
              .collect(Collectors.joining()));
    }
    to.append("\\end{table}\n");
  }

  private static String alignment(Column column, List<Cell> cells) {
    if (column.form() == Column.Form.NUMBER) {
      return "r";
    }
    boolean tooLong =
        column.form() == Column.Form.TEXT
            && cells.stream().anyMatch(cell -> Printed.plain(cell).length() > LONG);
    return tooLong ? "p{0.4\\linewidth}" : "l";
  }

  private static void row(List<String> cells, Appendable to) throws IOException {
    to.append("    ").append(String.join(" & ", cells)).append(" \\\\\n");
  }

  /** Makes a text print as it is. Two hyphens would become a dash. */
  static String escape(String text) {
    return ESCAPER.escape(text).replace("--", "-{}-");
  }
}
