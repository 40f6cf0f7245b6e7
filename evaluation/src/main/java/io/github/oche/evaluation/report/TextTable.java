package io.github.oche.evaluation.report;

import static java.util.stream.Collectors.joining;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** Writes {@link TableFormat#TEXT}. */
final class TextTable {
  private static final String GAP = "  ";

  private TextTable() {}

  static void write(Table table, Appendable to) throws IOException {
    to.append(Lines.wrap(table.title(), ""));
    to.append('\n');
    ImmutableList<ImmutableList<String>> columns =
        IntStream.range(0, table.columns().size())
            .mapToObj(c -> column(table, c))
            .collect(ImmutableList.toImmutableList());
    List<Double> widths = columns.stream().map(c -> (double) c.get(0).length()).toList();
    String between = "";
    for (Block block : Block.of(table, widths, GAP.length(), Lines.WIDTH)) {
      to.append(between);
      line(block, columns, 0, to);
      for (int row : block.rows()) {
        line(block, columns, row + 1, to);
      }
      between = "\n";
    }
    to.append(table.notes().isEmpty() ? "" : "\n");
    for (String note : table.notes()) {
      to.append(Lines.wrap(note, GAP));
    }
  }

  private static void line(
      Block block, List<ImmutableList<String>> columns, int line, Appendable to)
      throws IOException {
    String text = block.columns().stream().map(c -> columns.get(c).get(line)).collect(joining(GAP));
    to.append(text.stripTrailing()).append('\n');
  }

  /** Title and cells of a column, all equally wide. */
  private static ImmutableList<String> column(Table table, int c) {
    Column column = table.columns().get(c);
    List<String> cells =
        column.isSpread()
            ? spreads(column, table.cells(c))
            : table.cells(c).stream().map(Printed::plain).toList();
    ImmutableList<String> all =
        ImmutableList.<String>builder().add(column.title()).addAll(cells).build();
    int width = width(all);
    boolean right = column.form() == Column.Form.NUMBER;
    return all.stream()
        .map(s -> right ? Strings.padStart(s, width, ' ') : Strings.padEnd(s, width, ' '))
        .collect(ImmutableList.toImmutableList());
  }

  /** Spreads with their decimal points and their signs below each other. */
  private static ImmutableList<String> spreads(Column column, List<Cell> cells) {
    List<ImmutableList<String>> parts =
        cells.stream().map(cell -> Printed.parts(column, cell, "+-")).toList();
    int means = width(parts.stream().map(p -> p.get(0)).toList());
    int deviations = width(parts.stream().map(p -> p.get(1)).toList());
    return parts.stream()
        .map(
            p ->
                Strings.padStart(p.get(0), means, ' ')
                    + Strings.padEnd(p.get(1), deviations, ' ')
                    + p.get(2))
        .collect(ImmutableList.toImmutableList());
  }

  private static int width(List<String> texts) {
    return texts.stream().mapToInt(String::length).max().orElse(0);
  }
}
