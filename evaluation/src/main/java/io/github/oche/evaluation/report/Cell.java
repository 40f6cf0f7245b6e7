package io.github.oche.evaluation.report;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.CharMatcher;

/** What stands in one place of a {@link Table}. */
public sealed interface Cell {
  /** Nothing. */
  static Cell empty() {
    return Text.EMPTY;
  }

  /**
   * A text of one line.
   *
   * @throws IllegalArgumentException if it has a line break or another control character
   */
  static Cell text(String text) {
    return new Text(text);
  }

  /** A whole number. */
  static Cell of(long value) {
    return new Whole(value);
  }

  /**
   * A number that is printed with so many decimals.
   *
   * @throws IllegalArgumentException if it is NaN or infinite, or the decimals are not 0 to 15
   */
  static Cell of(double value, int decimals) {
    return new Decimal(value, decimals);
  }

  /**
   * Mean and deviation, printed with so many decimals.
   *
   * @throws IllegalArgumentException if the decimals are not 0 to 15
   */
  static Cell of(Spread spread, int decimals) {
    return new Measured(spread, decimals);
  }

  /** See {@link #text} and {@link #empty}. */
  record Text(String text) implements Cell {
    private static final Text EMPTY = new Text("");

    public Text {
      requireLine("text of a cell", text);
    }
  }

  /** See {@link #of(long)}. */
  record Whole(long value) implements Cell {}

  /** See {@link #of(double, int)}. */
  record Decimal(double value, int decimals) implements Cell {
    public Decimal {
      checkArgument(Double.isFinite(value), "value is %s, expected a finite number", value);
      requireDecimals(decimals);
    }
  }

  /** See {@link #of(Spread, int)}. */
  record Measured(Spread spread, int decimals) implements Cell {
    public Measured {
      requireDecimals(decimals);
    }
  }

  private static void requireDecimals(int decimals) {
    checkArgument(decimals >= 0 && decimals <= 15, "decimals is %s, expected 0 to 15", decimals);
  }

  /** A table is lines; a break inside a cell would be read as the next row. */
  static void requireLine(String what, String text) {
    checkArgument(
        CharMatcher.javaIsoControl().matchesNoneOf(text),
        "%s \"%s\" has a line break or a control character, expected one line",
        what,
        text);
  }
}
