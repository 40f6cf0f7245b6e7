package io.github.oche.space;

/**
 * One edge of a derived cell: the output of {@code operation} on state {@code input}.
 *
 * @param operation the candidate's name: letters, digits and {@code _ . + -}, beginning with a
 *     letter or digit
 * @param input the state it reads: 0 and 1 are the outputs of the last two cells, 2 is the cell's
 *     first node, and so on
 */
public record Gene(String operation, int input) {
  /**
   * Checks both components.
   *
   * @throws GenotypeException if the name has other characters or the input is negative
   */
  public Gene {
    if (!isName(operation)) {
      throw new GenotypeException(
          "operation name "
              + Texts.quote(operation)
              + " must be of letters, digits and _ . + -, and begin with a letter or digit");
    }
    if (input < 0) {
      throw new GenotypeException("input " + input + " of " + operation + " must be 0 or more");
    }
  }

  /**
   * Tells whether a candidate may have this name: it is written between quotes in a genotype and is
   * part of parameter names.
   */
  static boolean isName(String text) {
    if (text.isEmpty() || text.length() > 64 || !isLetterOrDigit(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isLetterOrDigit(c) && c != '_' && c != '.' && c != '+' && c != '-') {
        return false;
      }
    }
    return true;
  }

  // Character.isLetterOrDigit would let look-alikes of other scripts through.
  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
