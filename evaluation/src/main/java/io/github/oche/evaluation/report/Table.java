package io.github.oche.evaluation.report;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A table of results, as a value: what it says, not how it looks. {@link TableFormat} writes it.
 *
 * @param title one line
 * @param columns at least one; no two with the same name in CSV
 * @param rows each with a cell a column, of the column's form
 * @param notes what a reader must know beside the numbers, and sources, in paragraphs of one line
 */
public record Table(
    String title,
    ImmutableList<Column> columns,
    ImmutableList<ImmutableList<Cell>> rows,
    ImmutableList<String> notes) {
  /**
   * Checks that all fits.
   *
   * @throws IllegalArgumentException naming what does not
   */
  public Table {
    Cell.requireLine("title of a table", title);
    checkArgument(!columns.isEmpty(), "table \"%s\" has no columns", title);
    Set<String> keys = new HashSet<>();
    for (Column column : columns) {
      for (String key : column.keys()) {
        checkArgument(keys.add(key), "table \"%s\" has two columns \"%s\"", title, key);
      }
    }
    for (int r = 0; r < rows.size(); r++) {
      requireFit(columns, rows.get(r), r + 1);
    }
    notes.forEach(note -> Cell.requireLine("note", note));
  }

  private static void requireFit(
      ImmutableList<Column> columns, ImmutableList<Cell> row, int number) {
    checkArgument(
        row.size() == columns.size(),
        "row %s has %s cells, expected %s",
        number,
        row.size(),
        columns.size());
    for (int c = 0; c < row.size(); c++) {
      checkArgument(
          columns.get(c).takes(row.get(c)),
          "row %s has %s in column \"%s\", which %s",
          number,
          row.get(c),
          columns.get(c).title(),
          columns.get(c).isSpread() ? "takes spreads only" : "takes no spread");
    }
  }

  /** Begins a table. */
  public static Builder builder(String title) {
    return new Builder(title);
  }

  /** Cells of a column, from above. */
  ImmutableList<Cell> cells(int column) {
    return rows.stream().map(row -> row.get(column)).collect(ImmutableList.toImmutableList());
  }

  /** Collects the parts of a table. */
  public static final class Builder {
    private final String title;
    private final ImmutableList.Builder<Column> columns = ImmutableList.builder();
    private final ImmutableList.Builder<ImmutableList<Cell>> rows = ImmutableList.builder();
    private final ImmutableList.Builder<String> notes = ImmutableList.builder();

    private Builder(String title) {
      this.title = title;
    }

    /** Adds a column at the right. */
    public Builder column(Column column) {
      columns.add(column);
      return this;
    }

    /** Adds a row below. */
    public Builder row(Cell... cells) {
      return row(ImmutableList.copyOf(cells));
    }

    /** Adds a row below. */
    public Builder row(List<Cell> cells) {
      rows.add(ImmutableList.copyOf(cells));
      return this;
    }

    /** Adds a note. */
    public Builder note(String note) {
      notes.add(note);
      return this;
    }

    /**
     * The table.
     *
     * @throws IllegalArgumentException naming what does not fit
     */
    public Table build() {
      return new Table(title, columns.build(), rows.build(), notes.build());
    }
  }
}
