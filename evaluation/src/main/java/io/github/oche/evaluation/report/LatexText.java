package io.github.oche.evaluation.report;

import com.google.common.base.CharMatcher;
import com.google.common.escape.Escaper;
import com.google.common.escape.Escapers;
import java.util.regex.Pattern;

/** A text as LaTeX reads it, and how wide it then is. */
final class LatexText {
  private static final Escaper ESCAPER =
      Escapers.builder()
          .addEscape('\\', "\\textbackslash{}")
          .addEscape('&', "\\&")
          .addEscape('%', "\\%")
          .addEscape('_', "\\_")
          .addEscape('#', "\\#")
          .addEscape('$', "\\$")
          .addEscape('{', "\\{")
          .addEscape('}', "\\}")
          .addEscape('~', "\\textasciitilde{}")
          .addEscape('^', "\\textasciicircum{}")
          .addEscape('`', "\\`{}")
          // In the default font encoding these print as other characters.
          .addEscape('<', "\\textless{}")
          .addEscape('>', "\\textgreater{}")
          .addEscape('|', "\\textbar{}")
          // After the end of a row these would be read as its argument.
          .addEscape('[', "{[}")
          .addEscape('*', "{*}")
          .addEscape('±', "$\\pm$")
          .addEscape('×', "$\\times$")
          .addEscape('α', "$\\alpha$")
          .addEscape('τ', "$\\tau$")
          .build();

  private static final Pattern OPENING_QUOTE = Pattern.compile("(?<![^\\s(])\"");

  /** The quad of Computer Modern at {@code \footnotesize} in a document of 10 points. */
  private static final double QUAD = 8.5;

  /** What widths of Computer Modern are multiples of: this part of the quad. */
  private static final double UNITS = 36;

  private LatexText() {}

  /**
   * Makes a text print as it is, with its indent. Two hyphens would become a dash; of straight
   * quotation marks there are none in the default font encoding, so that they become curved ones.
   */
  static String escape(String text) {
    String words = CharMatcher.is(' ').trimLeadingFrom(text);
    String quoted =
        OPENING_QUOTE
            .matcher(ESCAPER.escape(words).replace("--", "-{}-"))
            .replaceAll("``")
            .replace("\"", "''");
    return "~".repeat(text.length() - words.length()) + quoted;
  }

  /**
   * The width of a text at {@code \footnotesize} in a document of 10 points, in Computer Modern: at
   * least what it is.
   *
   * @param text as it is before {@link #escape}
   * @return points
   */
  static double width(String text) {
    return text.chars().mapToLong(LatexText::units).sum() * QUAD / UNITS;
  }

  private static long units(int character) {
    return switch (character) {
      case '!', '\'', ',', '.', ':', ';', '[', ']', 'i', 'l' -> 10;
      case ' ', '-', 'f', 'j' -> 12;
      case '(', ')', 'I', '_', 'r', 's', 't' -> 15;
      case 'c', 'e', 'z' -> 16;
      case '"', '$', '*', '/', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'g', 'o' ->
          18;
      case 'k', 'q', 'v', 'x', 'y' -> 19;
      case 'b', 'd', 'h', 'n', 'p', 'u', 'J', 'S' -> 20;
      case 'E', 'F', 'L', 'P', 'Z' -> 25;
      case 'm', 'w' -> 30;
      case 'M', 'W' -> 37;
      default -> character < 128 ? 30 : 37;
    };
  }
}
