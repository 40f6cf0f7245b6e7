package io.github.oche.evaluation.report;

import com.google.common.collect.ImmutableList;
import com.google.common.escape.Escaper;
import com.google.common.escape.Escapers;
import java.io.IOException;
import java.util.List;

/** Writes {@link TableFormat#MARKDOWN}. */
final class MarkdownTable {
  /** A pipe would end the cell; the others would begin a link, code, stress or a tag. */
  private static final Escaper ESCAPER =
      Escapers.builder()
          .addEscape('|', "\\|")
          .addEscape('\\', "\\\\")
          .addEscape('*', "\\*")
          .addEscape('_', "\\_")
          .addEscape('`', "\\`")
          .addEscape('<', "&lt;")
          .addEscape('&', "&amp;")
          .addEscape('[', "\\[")
          .build();

  private MarkdownTable() {}

  static void write(Table table, Appendable to) throws IOException {
    to.append("**").append(ESCAPER.escape(table.title())).append("**\n\n");
    ImmutableList<Column> columns = table.columns();
    row(columns.stream().map(column -> ESCAPER.escape(column.title())).toList(), to);
    row(columns.stream().map(MarkdownTable::alignment).toList(), to);
    for (ImmutableList<Cell> cells : table.rows()) {
      ImmutableList.Builder<String> texts = ImmutableList.builder();
      for (int c = 0; c < cells.size(); c++) {
        texts.add(ESCAPER.escape(Printed.whole(columns.get(c), cells.get(c), "±")));
      }
      row(texts.build(), to);
    }
    if (!table.notes().isEmpty()) {
      to.append('\n');
    }
    for (String note : table.notes()) {
      to.append("- ").append(ESCAPER.escape(note)).append('\n');
    }
  }

  private static String alignment(Column column) {
    return column.form() == Column.Form.NUMBER ? "---:" : ":---";
  }

  private static void row(List<String> cells, Appendable to) throws IOException {
    to.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
