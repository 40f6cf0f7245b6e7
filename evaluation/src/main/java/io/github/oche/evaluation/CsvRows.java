package io.github.oche.evaluation;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** CSV as all files of a run have it. */
final class CsvRows {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

  private CsvRows() {}

  /** Appends a row. */
  static void row(StringBuilder to, Object... values) {
    try {
      new CSVPrinter(to, FORMAT).printRecord(values);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string can always be written
    }
  }
}
