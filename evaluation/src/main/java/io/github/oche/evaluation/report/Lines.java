package io.github.oche.evaluation.report;

import com.google.common.base.Splitter;
import java.io.IOException;

/** Paragraphs in lines that fit a screen. */
final class Lines {
  /** Columns of a screen. */
  static final int WIDTH = 100;

  private Lines() {}

  /** Writes a text, its lines after the first behind the indent; longer words stay whole. */
  static void wrap(String text, String indent, Appendable to) throws IOException {
    StringBuilder line = new StringBuilder();
    boolean empty = true;
    for (String word : Splitter.on(' ').split(text)) {
      if (!empty && line.length() + 1 + word.length() > WIDTH) {
        to.append(line).append('\n');
        line.setLength(0);
        line.append(indent);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    to.append(line).append('\n');
  }
}
