package io.github.oche.evaluation.tabular;

import com.google.common.collect.ImmutableList;

/** Reads the text form of a cell, character by character, so that a message can say where. */
final class CellText {
  /** Longest part of a foreign text that a message repeats. */
  private static final int LONGEST = 40;

  private final String text;
  private int at;

  CellText(String text) {
    this.text = text;
  }

  ImmutableList<CellOperation> parse() {
    ImmutableList.Builder<CellOperation> operations = ImmutableList.builder();
    for (int node = 1; node <= NasBench201Cell.NODES; node++) {
      if (node > 1) {
        expect('+', "between nodes");
      }
      expect('|', "before the edges of node " + node);
      for (int input = 0; input < node; input++) {
        operations.add(operation());
        expect('~', "between operation and input");
        expect((char) ('0' + input), "the input of edge " + (input + 1) + " of node " + node);
        expect('|', "after an edge");
      }
    }
    if (at < text.length()) {
      throw fault("text after the last edge" + found());
    }
    return operations.build();
  }

  private CellOperation operation() {
    int end = at;
    while (end < text.length() && "|+~".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    if (end == at) {
      throw fault("expected an operation" + found());
    }
    String name = text.substring(at, end);
    CellOperation operation =
        CellOperation.named(name)
            .orElseThrow(
                () ->
                    fault(
                        "unknown operation \""
                            + (name.length() > LONGEST ? name.substring(0, LONGEST) + "..." : name)
                            + "\"; known: "
                            + CellOperation.names()));
    at = end;
    return operation;
  }

  private void expect(char wanted, String what) {
    if (at >= text.length() || text.charAt(at) != wanted) {
      throw fault("expected \"" + wanted + "\" (" + what + ")" + found());
    }
    at++;
  }

  private String found() {
    return at < text.length()
        ? ", found \"" + Character.toString(text.codePointAt(at)) + "\""
        : ", found the end of the text";
  }

  private IllegalArgumentException fault(String what) {
    return new IllegalArgumentException("cell, column " + (at + 1) + ": " + what);
  }
}
