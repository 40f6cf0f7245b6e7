package io.github.oche.space;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.oche.engine.Graph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A published pair of cells and where it comes from.
 *
 * @param name unique whatever the capitals; an ending {@code __2} marks another cell that was
 *     published under the same name
 * @param paper authors, title, venue
 * @param space the space it was found in, such as {@code darts}, {@code nasnet} or {@code
 *     robustdarts-s3}; or its form, {@code edge list}
 * @param source repository@commit:path of the file that it was read from
 * @param note what else is to be known about the cells, if anything
 * @param figures where published figures differ from the exact count, or need a word
 * @param misfit why the network cannot be built of it; empty if it can
 * @param json the whole entry, one line
 */
public record PublishedGenotype(
    String name,
    String paper,
    String space,
    String source,
    Optional<String> note,
    Optional<String> figures,
    Optional<String> misfit,
    String json) {
  /** The form with any number of edges a node, and its place in {@link #space}. */
  static final String EDGE_LIST = "edge list";

  private static final JsonFactory FACTORY = new JsonFactory();

  static PublishedGenotype parse(String line) {
    Map<String, String> texts = texts(line);
    return new PublishedGenotype(
        need(texts, "name"),
        need(texts, "paper"),
        need(texts, "space"),
        need(texts, "source"),
        Optional.ofNullable(texts.get("note")),
        Optional.ofNullable(texts.get("figures")),
        Optional.ofNullable(texts.get("misfit")),
        line);
  }

  private static Map<String, String> texts(String line) {
    Map<String, String> texts = new HashMap<>();
    try (JsonParser json = FACTORY.createParser(line)) {
      json.nextToken(); // '{'
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String field = json.currentName();
        if (json.nextToken() == JsonToken.VALUE_STRING) {
          texts.put(field, json.getText());
        } else {
          json.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the resource is ours
    }
    return texts;
  }

  private static String need(Map<String, String> texts, String field) {
    String text = texts.get(field);
    if (text == null) {
      throw new IllegalStateException("a published genotype has no " + field + ": " + texts);
    }
    return text;
  }

  /** Whether a network can be built of it. */
  public boolean fits() {
    return misfit.isEmpty();
  }

  /** Whether a node may have any number of edges: then it is no {@link Genotype}. */
  public boolean isEdgeList() {
    return space.equals(EDGE_LIST);
  }

  /**
   * Returns the cells.
   *
   * @throws GenotypeException if they are an edge list or do not fit
   */
  public Genotype genotype() {
    requireFit();
    if (isEdgeList()) {
      throw new GenotypeException(
          name
              + " is an edge list, with any number of edges a node instead of two: its cost can be"
              + " counted, but it cannot be trained");
    }
    return Genotype.parse(name, json, Primitive.names());
  }

  /**
   * Builds the network to count its {@link Cost}; paths are not dropped.
   *
   * @throws GenotypeException if the cells do not fit
   */
  public Graph graph(MacroNetwork macro) {
    requireFit();
    return isEdgeList()
        ? EdgeListCells.parse(json).graph(macro)
        : DerivedNetwork.of(genotype(), macro, false).graph();
  }

  private void requireFit() {
    misfit.ifPresent(
        why -> {
          throw new GenotypeException(
              name + " is published, but the DARTS network cannot be built of it: " + why);
        });
  }
}
