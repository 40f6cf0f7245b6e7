package io.github.oche.data;

import java.util.Locale;

/**
 * Says in one line what is wrong with data or with a setting that reads them: the file or setting,
 * what was found, what was expected, and the way out.
 *
 * <p>It is meant to be shown to the user as it is, without a stack trace.
 */
public final class DataException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message one line; control characters (a file name may hold any) become question marks
   */
  public DataException(String message) {
    super(message.replaceAll("\\p{Cntrl}", "?"));
  }

  static DataException of(String format, Object... arguments) {
    return new DataException(String.format(Locale.ROOT, format, arguments));
  }
}
