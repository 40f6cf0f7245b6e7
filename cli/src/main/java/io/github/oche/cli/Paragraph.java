package io.github.oche.cli;

import com.google.common.base.Splitter;
import java.io.PrintWriter;

/** Text in lines that fit a screen. */
final class Paragraph {
  private static final int WIDTH = 100;

  private Paragraph() {}

  /** Prints the text behind a label, lines after the first indented by its length. */
  static void print(PrintWriter out, String label, String text) {
    StringBuilder line = new StringBuilder(label);
    boolean empty = true;
    for (String word : Splitter.on(' ').split(text)) {
      if (!empty && line.length() + 1 + word.length() > WIDTH) {
        out.println(line);
        line.setLength(0);
        line.append(" ".repeat(label.length()));
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    out.println(line);
  }
}
