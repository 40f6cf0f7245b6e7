package io.github.oche.space;

/**
 * A genotype that cannot be read or is not one: the message is a single line that says where, what
 * stood there, what was expected and, where a name is unknown, the nearest known one.
 */
public final class GenotypeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  GenotypeException(String message) {
    super(message);
  }
}
