package io.github.oche.evaluation.report;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes {@link TableFormat#CSV}. */
final class CsvTable {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

  private CsvTable() {}

  static void write(Table table, Appendable to) throws IOException {
    CSVPrinter printer = new CSVPrinter(to, FORMAT); // closing it would close what is not ours
    ImmutableList<Column> columns = table.columns();
    printer.printRecord(columns.stream().flatMap(column -> column.keys().stream()).toList());
    for (ImmutableList<Cell> cells : table.rows()) {
      ImmutableList.Builder<String> values = ImmutableList.builder();
      for (int c = 0; c < cells.size(); c++) {
        values.addAll(values(columns.get(c), cells.get(c)));
      }
      printer.printRecord(values.build());
    }
  }

  /** As many as the column has keys. */
  private static ImmutableList<String> values(Column column, Cell cell) {
    int count = column.keys().size();
    if (cell instanceof Cell.Measured measured) {
      return values(measured.spread(), measured.decimals()).subList(0, count);
    }
    String first =
        cell instanceof Cell.Whole whole ? Long.toString(whole.value()) : Printed.plain(cell);
    return column.isSpread()
        ? ImmutableList.of("", "", "").subList(0, count)
        : ImmutableList.of(first);
  }

  private static ImmutableList<String> values(Spread spread, int decimals) {
    OptionalDouble deviation = spread.deviation();
    return ImmutableList.of(
        Printed.number(spread.mean(), decimals),
        deviation.isPresent() ? Printed.number(deviation.getAsDouble(), decimals) : "",
        spread.values() > 0 ? Integer.toString(spread.values()) : "");
  }
}
