package io.github.oche.evaluation.report;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A part of a table that is too wide for its page; its blocks stand below each other. Each begins
 * with the first column, which says what a row is, and goes on with as many groups of columns as
 * fit. A group is never cut: one that is too wide itself stays so.
 *
 * @param columns their positions in the table
 * @param rows their positions in the table: in the first block all, later those that have something
 *     in its columns
 */
record Block(ImmutableList<Integer> columns, ImmutableList<Integer> rows) {
  /**
   * Cuts a table; one that fits is a single block.
   *
   * @param widths one a column
   * @param gap between two columns, in the unit of the widths
   * @param page what a block should not exceed, in the same unit
   */
  static ImmutableList<Block> of(Table table, List<Double> widths, double gap, double page) {
    List<List<Integer>> blocks = new ArrayList<>();
    List<Integer> block = new ArrayList<>();
    for (List<Integer> group : groups(table.columns())) {
      List<Integer> longer = new ArrayList<>(block);
      longer.addAll(group);
      if (block.size() > 1 && width(longer, widths, gap) > page) {
        blocks.add(block);
        block = new ArrayList<>(List.of(0));
      }
      block.addAll(group);
    }
    blocks.add(block);
    return IntStream.range(0, blocks.size())
        .mapToObj(b -> of(table, blocks.get(b), b == 0))
        .collect(ImmutableList.toImmutableList());
  }

  private static Block of(Table table, List<Integer> columns, boolean all) {
    return new Block(
        ImmutableList.copyOf(columns),
        IntStream.range(0, table.rows().size())
            .filter(
                r ->
                    all
                        || columns.stream()
                            .skip(1)
                            .anyMatch(c -> !table.rows().get(r).get(c).equals(Cell.empty())))
            .boxed()
            .collect(ImmutableList.toImmutableList()));
  }

  /** How wide it is; see {@link #of}. */
  double width(List<Double> widths, double gap) {
    return width(columns, widths, gap);
  }

  private static double width(List<Integer> columns, List<Double> widths, double gap) {
    return columns.stream().mapToDouble(widths::get).sum() + gap * (columns.size() - 1);
  }

  private static List<List<Integer>> groups(List<Column> columns) {
    List<List<Integer>> groups = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      if (c == 0 || columns.get(c).opensGroup()) {
        groups.add(new ArrayList<>());
      }
      groups.get(groups.size() - 1).add(c);
    }
    return groups;
  }
}
