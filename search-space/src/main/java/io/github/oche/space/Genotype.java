package io.github.oche.space;

import com.google.common.collect.ImmutableSet;
import java.util.Collection;

/**
 * A discrete architecture: the normal cell and the reduction cell that a derived network repeats.
 *
 * <p>The text form is that of the published DARTS code, and {@link #parse} and {@link #toString}
 * are each other's inverse:
 *
 * <pre>{@code
 * Genotype(normal=[('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ...], normal_concat=range(2, 6),
 *          reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 1), ...], reduce_concat=range(2, 6))
 * }</pre>
 *
 * @see Genotypes for the published ones by name
 * @see <a href="https://arxiv.org/abs/1806.09055">Liu, Simonyan, Yang (2019), DARTS: differentiable
 *     architecture search</a>
 */
public record Genotype(CellGenotype normal, CellGenotype reduction) {
  /** Longest text that is read, in characters; the published ones have a few hundred. */
  static final int LONGEST = 1 << 16;

  /**
   * Reads the published text form or the JSON form, whose operations are the published ones of
   * {@link Primitive}.
   *
   * <p>Text: lists or tuples, single or double quotes, {@code range(a, b)} or a list of nodes, any
   * white space, keywords in any order or none in the order {@code normal, normal_concat, reduce,
   * reduce_concat}; {@code NAME = } may stand before. JSON: <code>
   * {"normal": [["op", input], ...], "normal_concat": [2, ...], "reduce": ..., "reduce_concat": ...}
   * </code>; other fields are passed over.
   *
   * @throws GenotypeException naming the column, if the text is anything else
   */
  public static Genotype parse(String text) {
    return parse(text, Primitive.names());
  }

  /**
   * The same for a space with operations of its own.
   *
   * @param operations the names that may occur, at least one
   * @throws GenotypeException naming the column, if the text is no genotype of these operations
   */
  public static Genotype parse(String text, Collection<String> operations) {
    return parse("genotype text", text, ImmutableSet.copyOf(operations));
  }

  static Genotype parse(String source, String text, ImmutableSet<String> operations) {
    if (text.length() > LONGEST) {
      throw new GenotypeException(
          source
              + " has "
              + text.length()
              + " characters, more than the "
              + LONGEST
              + " that are read");
    }
    return text.stripLeading().startsWith("{")
        ? GenotypeJson.parse(source, text, operations)
        : new GenotypeText(source, text, operations).parse();
  }

  /** Returns the JSON form, on one line. */
  public String toJson() {
    return String.format(
        "{\"normal\": %s, \"normal_concat\": %s, \"reduce\": %s, \"reduce_concat\": %s}",
        normal.genesJson(), normal.concat(), reduction.genesJson(), reduction.concat());
  }

  /** Returns the published text form, on one line. */
  @Override
  public String toString() {
    return String.format(
        "Genotype(normal=%s, normal_concat=%s, reduce=%s, reduce_concat=%s)",
        normal.genesText(), normal.concatText(), reduction.genesText(), reduction.concatText());
  }
}
