package io.github.oche.evaluation.report;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Writes {@link TableFormat#LATEX}, for the page of the class article at 10 points. A table that is
 * too wide is cut into blocks; one whose groups of columns are too wide still has its long texts
 * broken into lines.
 */
final class LatexTable {
  /** {@code \linewidth}, in points. */
  private static final double LINE = 345;

  /** Lines of {@code \footnotesize} that a page holds beside a caption. */
  private static final int PAGE = 50;

  /** What the head of a block, its rules and the space around it take of these. */
  private static final int HEAD = 3;

  /** {@code \tabcolsep}, half of the gap between two columns, in points. */
  private static final int HALF_GAP = 5;

  /** Texts of more points than these may be broken into lines. */
  private static final double LONG = LINE / 4;

  private final Table table;
  private final ImmutableList<Double> widths;

  private LatexTable(Table table) {
    this.table = table;
    widths =
        IntStream.range(0, table.columns().size())
            .mapToObj(c -> width(table.columns().get(c), table.cells(c)))
            .collect(ImmutableList.toImmutableList());
  }

  static void write(Table table, Appendable to) throws IOException {
    new LatexTable(table).write(to);
  }

  private static double width(Column column, List<Cell> cells) {
    return cells.stream()
        .mapToDouble(cell -> LatexText.width(printed(column, cell)))
        .reduce(LatexText.width(column.title()), Math::max);
  }

  private static String printed(Column column, Cell cell) {
    return Printed.whole(column, cell, "±");
  }

  private void write(Appendable to) throws IOException {
    ImmutableList<Block> blocks = Block.of(table, widths, 2 * HALF_GAP, LINE);
    to.append("% \\usepackage{booktabs}\n\\begin{table}\n");
    to.append("  \\setlength{\\belowcaptionskip}{1ex}\n");
    to.append("  \\caption{").append(LatexText.escape(table.title())).append("}\n");
    to.append("  \\centering\\footnotesize\\setlength{\\tabcolsep}{" + HALF_GAP + "pt}\n");
    String between = "";
    for (Block block : blocks) {
      to.append(between);
      tabular(block, to);
      between = "\n  \\medskip\n";
    }
    if (table.notes().isEmpty()) {
      to.append("\\end{table}\n");
    } else if (lines(blocks) <= PAGE) {
      to.append("\n  \\smallskip\n  \\raggedright\n");
      notes(to);
      to.append("\\end{table}\n");
    } else { // a float does not go on on the next page
      to.append("\\end{table}\n\n{\\footnotesize\\raggedright\\setlength{\\parindent}{0pt}\n");
      notes(to);
      to.append("}\n");
    }
  }

  /** How many of {@link #PAGE} it takes with its notes, about. */
  private int lines(List<Block> blocks) {
    return blocks.stream().mapToInt(block -> HEAD + block.rows().size()).sum()
        + table.notes().stream()
            .mapToInt(note -> (int) Math.ceil(LatexText.width(note) / LINE))
            .sum();
  }

  private void notes(Appendable to) throws IOException {
    for (String note : table.notes()) {
      to.append("  ").append(LatexText.escape(note)).append("\\par\n");
    }
  }

  private void tabular(Block block, Appendable to) throws IOException {
    double room = LINE - block.width(widths, 2 * HALF_GAP);
    List<Integer> broken =
        room < 0 ? block.columns().stream().filter(this::isLong).toList() : List.of();
    double roots = 0;
    for (int c : broken) {
      room += widths.get(c);
      roots += Math.sqrt(widths.get(c));
    }
    to.append("  \\begin{tabular}{@{}");
    for (int c : block.columns()) {
      to.append(
          broken.contains(c)
              ? paragraph(room * Math.sqrt(widths.get(c)) / roots)
              : table.columns().get(c).form() == Column.Form.NUMBER ? "r" : "l");
    }
    to.append("@{}}\n    \\toprule\n");
    // Where lines are ragged, \\ ends one of them and not the row.
    String end = broken.isEmpty() ? " \\\\\n" : " \\tabularnewline\n";
    row(
        block.columns().stream()
            .map(c -> LatexText.escape(table.columns().get(c).title()))
            .toList(),
        end,
        to);
    to.append("    \\midrule\n");
    for (int row : block.rows()) {
      List<String> texts = new ArrayList<>();
      for (int c : block.columns()) {
        String text =
            LatexText.escape(printed(table.columns().get(c), table.rows().get(row).get(c)));
        texts.add(broken.contains(c) ? "\\raggedright " + text : text);
      }
      row(texts, end, to);
    }
    to.append("    \\bottomrule\n  \\end{tabular}\n");
  }

  private boolean isLong(int column) {
    return table.columns().get(column).form() == Column.Form.TEXT && widths.get(column) > LONG;
  }

  /** A column of lines; not in points, so that it has its share of other pages too. */
  private static String paragraph(double width) {
    return String.format(Locale.ROOT, "p{%.2f\\linewidth}", Math.floor(100 * width / LINE) / 100);
  }

  private static void row(List<String> cells, String end, Appendable to) throws IOException {
    to.append("    ").append(String.join(" & ", cells)).append(end);
  }
}
