package io.github.oche.darts;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** CSV as all files of a run and all commands have it. */
public final class CsvRows {
  /** RFC 4180 with line feeds: equal values give equal bytes on every system. */
  public static final CSVFormat FORMAT = CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

  private CsvRows() {}

  /**
   * Appends a row.
   *
   * @param to the text so far
   * @param values of the columns
   */
  public static void row(StringBuilder to, Object... values) {
    try {
      new CSVPrinter(to, FORMAT).printRecord(values);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string can always be written
    }
  }
}
