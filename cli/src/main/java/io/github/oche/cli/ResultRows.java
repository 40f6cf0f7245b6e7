package io.github.oche.cli;

import io.github.oche.darts.CsvRows;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVPrinter;

/**
 * Rows of a table as they come: columns of text for people, or comma-separated values. The head is
 * printed first.
 */
final class ResultRows {
  private static final int FIRST_WIDTH = 22;

  private final PrintWriter out;
  private final boolean csv;
  private final int[] widths;

  /**
   * Prints the head.
   *
   * @param csv whether to print comma-separated values
   * @param columns the names of the columns; in text each is as wide as its name and right-aligned,
   *     the first left-aligned, in 22 places at least
   */
  ResultRows(PrintWriter out, boolean csv, List<String> columns) {
    this.out = out;
    this.csv = csv;
    widths = columns.stream().mapToInt(String::length).toArray();
    widths[0] = -Math.max(FIRST_WIDTH, widths[0]);
    print(columns.stream().map(csv ? ResultRows::key : String::toString).toList());
  }

  /** The name of a column where it must be one word. */
  private static String key(String column) {
    return column.strip().replace(" %", "_percent").replace(' ', '_');
  }

  /** Prints a row. */
  void print(List<String> cells) {
    if (csv) {
      try {
        new CSVPrinter(out, CsvRows.FORMAT).printRecord(cells);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    } else {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < cells.size(); i++) {
        line.append(i == 0 ? "" : "  ")
            .append(String.format(Locale.ROOT, "%" + widths[i] + "s", cells.get(i)));
      }
      out.println(line.toString().stripTrailing());
    }
    out.flush();
  }

  /** A number with this many decimals; empty if it is none. */
  static String number(double value, int decimals) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
