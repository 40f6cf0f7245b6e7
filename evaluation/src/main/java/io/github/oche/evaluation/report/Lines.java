package io.github.oche.evaluation.report;

import com.google.common.base.Splitter;

/** Paragraphs in lines that fit a screen. */
public final class Lines {
  /** Columns of a screen. */
  static final int WIDTH = 100;

  private Lines() {}

  /**
   * Lines of at most 100 columns, each ended by a line feed; longer words stay whole.
   *
   * @param text words, with single spaces where it may be broken; leading ones stay
   * @param indent what every line but the first begins with
   */
  public static String wrap(String text, String indent) {
    StringBuilder lines = new StringBuilder();
    StringBuilder line = new StringBuilder();
    boolean empty = true;
    for (String word : Splitter.on(' ').split(text)) {
      if (!empty && line.length() + 1 + word.length() > WIDTH) {
        lines.append(line).append('\n');
        line.setLength(0);
        line.append(indent);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    return lines.append(line).append('\n').toString();
  }
}
