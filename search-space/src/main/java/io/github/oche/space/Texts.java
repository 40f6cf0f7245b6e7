package io.github.oche.space;

/** Foreign text in messages. */
final class Texts {
  private static final int LONGEST = 60;

  private Texts() {}

  /**
   * Returns the text between quotes, cut to 60 characters, anything but printable ASCII as {@code
   * U+XXXX}.
   */
  static String quote(String text) {
    return "\"" + printable(text, LONGEST) + "\"";
  }

  /** Returns the text cut to so many characters, anything but printable ASCII as {@code U+XXXX}. */
  static String printable(String text, int longest) {
    StringBuilder out = new StringBuilder();
    text.codePoints().limit(longest).forEach(c -> out.append(character(c)));
    return out.append(text.codePointCount(0, text.length()) > longest ? "..." : "").toString();
  }

  /**
   * Returns {@code "source, column 31: "}, with the line before the column where the text has
   * several.
   */
  static String at(String source, String text, int place) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < Math.min(place, text.length()); i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    String lines = text.stripTrailing().indexOf('\n') < 0 ? "" : "line " + line + ", ";
    return source + ", " + lines + "column " + (place - lineStart + 1) + ": ";
  }

  /** Returns a printable ASCII character as it is, another as {@code U+XXXX}. */
  static String character(int codePoint) {
    return codePoint >= 0x20 && codePoint < 0x7f
        ? Character.toString(codePoint)
        : String.format("U+%04X", codePoint);
  }
}
