package io.github.oche.engine;

/**
 * A file that is not of the form it should have: the message is one line that names the file, the
 * place and what was expected.
 */
public final class FormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with its line. */
  public FormatException(String message) {
    super(message);
  }
}
