package io.github.oche.space;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.google.common.collect.ImmutableSet;
import io.github.oche.space.GenotypeParts.Placed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the JSON form as a stream. */
final class GenotypeJson {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final String source;
  private final String text;
  private final JsonParser json;
  private final GenotypeParts parts;

  private GenotypeJson(
      String source, String text, JsonParser json, ImmutableSet<String> operations) {
    this.source = source;
    this.text = text;
    this.json = json;
    this.parts = new GenotypeParts(operations, this::fault);
  }

  static Genotype parse(String source, String text, ImmutableSet<String> operations) {
    try (JsonParser json = FACTORY.createParser(text)) {
      return new GenotypeJson(source, text, json, operations).genotype();
    } catch (JsonProcessingException e) {
      int place = e.getLocation() == null ? 0 : Math.max(0, (int) e.getLocation().getCharOffset());
      throw new GenotypeException(
          Texts.at(source, text, place) + "not JSON: " + oneLine(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string cannot fail to be read
    }
  }

  private Genotype genotype() throws IOException {
    json.nextToken(); // '{', which the caller has seen
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      if (!GenotypeParts.FIELDS.contains(field)) {
        json.skipChildren();
      } else if (GenotypeParts.isGenes(field)) {
        parts.genes(field, genes(field));
      } else {
        parts.concat(field, nodes(field));
      }
    }
    int end = place();
    if (json.nextToken() != null) {
      throw fault(place(), "text after the closing \"}\"");
    }
    return parts.genotype(end);
  }

  private List<Placed<Gene>> genes(String field) throws IOException {
    int start = place();
    need(JsonToken.START_ARRAY, "a list of pairs [operation, input]");
    List<Placed<Gene>> genes = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      int pairAt = place();
      need(JsonToken.START_ARRAY, "a pair [operation, input]");
      json.nextToken();
      need(JsonToken.VALUE_STRING, "the name of an operation");
      String operation = parts.operation(field, genes.size(), json.getText(), place());
      json.nextToken();
      int inputAt = place();
      long input = integer();
      json.nextToken();
      need(JsonToken.END_ARRAY, "the end of a pair [operation, input]");
      genes.add(new Placed<>(parts.gene(field, genes.size(), operation, input, inputAt), pairAt));
    }
    parts.checkCount(field, genes.size(), start);
    return genes;
  }

  private List<Placed<Long>> nodes(String field) throws IOException {
    int start = place();
    need(JsonToken.START_ARRAY, "a list of nodes");
    List<Placed<Long>> nodes = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      nodes.add(new Placed<>(integer(), place()));
    }
    if (nodes.isEmpty()) {
      throw fault(start, "\"" + field + "\" is empty, expected at least one node");
    }
    return nodes;
  }

  private long integer() throws IOException {
    need(JsonToken.VALUE_NUMBER_INT, "a whole number");
    if (json.getTextLength() > 9) {
      throw fault(place(), "expected a whole number of at most nine digits");
    }
    return json.getLongValue();
  }

  private void need(JsonToken wanted, String what) {
    if (json.currentToken() != wanted) {
      throw fault(place(), "expected " + what);
    }
  }

  private int place() {
    return (int) json.currentTokenLocation().getCharOffset();
  }

  private GenotypeException fault(int place, String what) {
    return new GenotypeException(Texts.at(source, text, place) + what);
  }

  private static String oneLine(String message) {
    return Texts.printable(message.lines().findFirst().orElse(""), 120);
  }
}
