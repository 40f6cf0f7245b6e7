package io.github.oche.evaluation.report;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import java.util.regex.Pattern;

/**
 * A column of a {@link Table}.
 *
 * @param title for people
 * @param key for programs: the name in the header of a CSV file, or the beginning of its names
 * @param form what stands in it
 * @param opensGroup whether a table that is too wide may go on below from here on
 */
public record Column(String title, String key, Form form, boolean opensGroup) {
  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_]*");
  private static final CharMatcher IN_KEYS =
      CharMatcher.inRange('a', 'z').or(CharMatcher.inRange('0', '9'));

  /** What stands in a column. */
  public enum Form {
    /** Anything but spreads, at the left. */
    TEXT,
    /** Anything but spreads, at the right. */
    NUMBER,
    /** Means and deviations. */
    SPREAD,
    /** Means and deviations, and of how many values they are. */
    COUNTED_SPREAD
  }

  /**
   * Checks title and key.
   *
   * @throws IllegalArgumentException if the title is more than one line, or the key is not a small
   *     letter followed by small letters, digits and underscores
   */
  public Column {
    Cell.requireLine("title of a column", title);
    checkArgument(
        KEY.matcher(key).matches(),
        "key of column \"%s\" is \"%s\", expected small letters, digits and underscores",
        title,
        key);
  }

  /** A column of text. */
  public static Column text(String title) {
    return of(title, Form.TEXT);
  }

  /** A column of numbers. */
  public static Column number(String title) {
    return of(title, Form.NUMBER);
  }

  /**
   * A column of means and deviations with the number of values behind them: {@code 2.76 +- 0.09
   * (10)}; in CSV three columns, {@code key_mean}, {@code key_std} and {@code key_n}.
   */
  public static Column spread(String title) {
    return of(title, Form.COUNTED_SPREAD);
  }

  private static Column of(String title, Form form) {
    return new Column(title, keyOf(title), form, false);
  }

  /**
   * The same without the number of values.
   *
   * @throws IllegalArgumentException if it is not a column of spreads
   */
  public Column withoutCount() {
    checkArgument(isSpread(), "column \"%s\" has no spreads", title);
    return new Column(title, key, Form.SPREAD, opensGroup);
  }

  /** The same with another name in CSV. */
  public Column named(String other) {
    return new Column(title, other, form, opensGroup);
  }

  /**
   * The same as the first of a group of columns, which ends before the next group. A table that is
   * too wide for a screen or a page is cut between groups, and goes on below with its first column
   * and the next of them.
   */
  public Column openingGroup() {
    return new Column(title, key, form, true);
  }

  boolean isSpread() {
    return form == Form.SPREAD || form == Form.COUNTED_SPREAD;
  }

  /** Whether a cell may stand here. */
  boolean takes(Cell cell) {
    return cell.equals(Cell.empty()) || isSpread() == cell instanceof Cell.Measured;
  }

  /** The names in a CSV header. */
  ImmutableList<String> keys() {
    return switch (form) {
      case TEXT, NUMBER -> ImmutableList.of(key);
      case SPREAD -> ImmutableList.of(key + "_mean", key + "_std");
      case COUNTED_SPREAD -> ImmutableList.of(key + "_mean", key + "_std", key + "_n");
    };
  }

  /** {@code test error %} becomes {@code test_error_percent}. */
  private static String keyOf(String title) {
    String words = Ascii.toLowerCase(title).replace("%", " percent ");
    String key = IN_KEYS.negate().trimAndCollapseFrom(words, '_');
    return KEY.matcher(key).matches() ? key : "column_" + key;
  }
}
