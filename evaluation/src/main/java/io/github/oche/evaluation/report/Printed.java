package io.github.oche.evaluation.report;

import com.google.common.collect.ImmutableList;
import java.util.Locale;

/** How cells look to people. */
final class Printed {
  private Printed() {}

  /** A cell that is no spread. */
  static String plain(Cell cell) {
    if (cell instanceof Cell.Text text) {
      return text.text();
    }
    if (cell instanceof Cell.Whole whole) {
      return String.format(Locale.ROOT, "%,d", whole.value());
    }
    if (cell instanceof Cell.Decimal decimal) {
      return number(decimal.value(), decimal.decimals());
    }
    throw new IllegalArgumentException(cell + " in a column of single values");
  }

  static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /**
   * A spread in three parts: mean, {@code " +- deviation"} with the sign asked for, and {@code "
   * (n)"}; a part that is not known is empty.
   */
  static ImmutableList<String> parts(Column column, Cell cell, String sign) {
    if (!(cell instanceof Cell.Measured measured)) {
      return ImmutableList.of("", "", "");
    }
    Spread spread = measured.spread();
    boolean counted = column.form() == Column.Form.COUNTED_SPREAD && spread.values() > 0;
    return ImmutableList.of(
        number(spread.mean(), measured.decimals()),
        spread.deviation().isPresent()
            ? " " + sign + " " + number(spread.deviation().getAsDouble(), measured.decimals())
            : "",
        counted ? String.format(Locale.ROOT, " (%d)", spread.values()) : "");
  }

  /** A cell of any kind, in one piece. */
  static String whole(Column column, Cell cell, String sign) {
    return column.isSpread() ? String.join("", parts(column, cell, sign)) : plain(cell);
  }
}
