package io.github.oche.cli;

import io.github.oche.evaluation.report.Lines;
import java.io.PrintWriter;

/** Text in lines that fit a screen. */
final class Paragraph {
  private Paragraph() {}

  /** Prints the text behind a label, lines after the first indented by its length. */
  static void print(PrintWriter out, String label, String text) {
    out.print(Lines.wrap(label + text, " ".repeat(label.length())));
  }
}
