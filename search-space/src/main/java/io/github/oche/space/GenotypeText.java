package io.github.oche.space;

import com.google.common.collect.ImmutableSet;
import io.github.oche.space.GenotypeParts.Placed;
import java.util.ArrayList;
import java.util.List;

/** Reads the published text form by recursive descent; nothing is ever evaluated. */
final class GenotypeText {
  /** Longest range that is written out; a cell of a thousand nodes is somebody's mistake. */
  private static final int LONGEST_RANGE = 1000;

  private final String source;
  private final String text;
  private final GenotypeParts parts;
  private int at;

  GenotypeText(String source, String text, ImmutableSet<String> operations) {
    this.source = source;
    this.text = text;
    this.parts = new GenotypeParts(operations, this::fault);
  }

  Genotype parse() {
    String word = word();
    if (!word.equals("Genotype")
        && next() == '=') { // as copied from a file of genotypes: NAME = Genotype(...)
      at++;
      word = word();
    }
    if (!word.equals("Genotype")) {
      at -= word.length();
      throw fault(at, "expected \"Genotype(\"" + found());
    }
    expect('(');
    boolean keywords = false;
    for (int field = 0; next() != ')'; field++) {
      int start = at;
      String name = word();
      if (!name.isEmpty() && next() == '=') {
        at++;
        keywords = true;
      } else {
        at = start;
        if (keywords || field >= GenotypeParts.FIELDS.size()) {
          throw fault(
              at,
              "expected one of "
                  + String.join("=, ", GenotypeParts.FIELDS)
                  + "= or \")\""
                  + found());
        }
        name = GenotypeParts.FIELDS.get(field);
      }
      field(name, start);
      if (next() != ')') {
        expect(',');
      }
    }
    int end = at;
    at++;
    if (next() != 0 || at < text.length()) {
      throw fault(at, "text after the closing \")\"" + found());
    }
    return parts.genotype(end);
  }

  private void field(String name, int start) {
    if (!GenotypeParts.FIELDS.contains(name)) {
      throw fault(
          start,
          "unknown field "
              + Texts.quote(name)
              + "; nearest known: "
              + Nearest.to(name, GenotypeParts.FIELDS));
    }
    boolean first =
        GenotypeParts.isGenes(name)
            ? parts.genes(name, genes(name))
            : parts.concat(name, nodes(name));
    if (!first) {
      throw fault(start, "\"" + name + "\" is given twice");
    }
  }

  private List<Placed<Gene>> genes(String field) {
    next();
    int start = at;
    char close = open("a list of pairs (operation, input)");
    List<Placed<Gene>> genes = new ArrayList<>();
    while (next() != close) {
      next();
      int pairAt = at;
      char closePair = open("a pair (operation, input)");
      next();
      int operationAt = at;
      String operation = parts.operation(field, genes.size(), string(), operationAt);
      expect(',');
      next();
      int inputAt = at;
      long input = integer();
      if (next() == ',') {
        at++;
        if (next() != closePair) {
          throw fault(at, "a pair has two parts, (operation, input)" + found());
        }
      }
      expect(closePair);
      genes.add(new Placed<>(parts.gene(field, genes.size(), operation, input, inputAt), pairAt));
      comma(close);
    }
    at++;
    parts.checkCount(field, genes.size(), start);
    return genes;
  }

  private List<Placed<Long>> nodes(String field) {
    next();
    int start = at;
    List<Placed<Long>> nodes = new ArrayList<>();
    if (text.startsWith("range", at)) {
      at += "range".length();
      expect('(');
      long from = integer();
      expect(',');
      long to = integer();
      expect(')');
      if (to - from > LONGEST_RANGE) {
        throw fault(start, "range of " + (to - from) + " nodes");
      }
      for (long node = from; node < to; node++) {
        nodes.add(new Placed<>(node, start));
      }
    } else {
      char close = open("range(first, end) or a list of nodes");
      while (next() != close) {
        next();
        int nodeAt = at;
        nodes.add(new Placed<>(integer(), nodeAt));
        comma(close);
      }
      at++;
    }
    if (nodes.isEmpty()) {
      throw fault(start, "\"" + field + "\" is empty, expected at least one node");
    }
    return nodes;
  }

  private void comma(char close) {
    if (next() != close) {
      expect(',');
    }
  }

  private char open(String what) {
    char c = next();
    if (c != '[' && c != '(') {
      throw fault(at, "expected " + what + found());
    }
    at++;
    return c == '[' ? ']' : ')';
  }

  private void expect(char wanted) {
    if (next() != wanted) {
      throw fault(at, "expected \"" + wanted + "\"" + found());
    }
    at++;
  }

  /** Skips white space and returns the character there, 0 at the end. */
  private char next() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }

  private String word() {
    next();
    int start = at;
    while (at < text.length() && (text.charAt(at) == '_' || isLetterOrDigit(text.charAt(at)))) {
      at++;
    }
    return text.substring(start, at);
  }

  private String string() {
    char quote = next();
    if (quote != '\'' && quote != '"') {
      throw fault(at, "expected an operation between quotes" + found());
    }
    int end = text.indexOf(quote, at + 1);
    if (end < 0) {
      throw fault(at, "the quote is never closed");
    }
    String string = text.substring(at + 1, end);
    at = end + 1;
    return string;
  }

  private long integer() {
    next();
    int start = at;
    if (at < text.length() && text.charAt(at) == '-') {
      at++;
    }
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    String digits = text.substring(start, at);
    boolean whole = !digits.isEmpty() && !digits.equals("-") && digits.length() <= 9;
    if (!whole
        || (at < text.length() && (text.charAt(at) == '.' || isLetterOrDigit(text.charAt(at))))) {
      at = start;
      throw fault(at, "expected a whole number" + found());
    }
    return Long.parseLong(digits);
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private String found() {
    return next() == 0 && at >= text.length()
        ? ", found the end of the text"
        : ", found \"" + Texts.character(text.codePointAt(at)) + "\"";
  }

  private GenotypeException fault(int place, String what) {
    return new GenotypeException(Texts.at(source, text, place) + what);
  }
}
