package io.github.oche.space;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Multimaps;
import io.github.oche.engine.Graph;
import io.github.oche.engine.GraphBuilder;
import io.github.oche.engine.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A cell pair with any number of edges a node, as FairDARTS keeps all edges above a threshold.
 *
 * <p>A node without edges does not exist, an edge that leaves such a node is passed over, and the
 * nodes that exist, in the order of their first edges, are joined: so a cell's width depends on how
 * many there are.
 *
 * @see <a href="https://arxiv.org/abs/1911.12126">Chu, Zhou, Zhang, Li (2020), Fair DARTS</a>
 */
record EdgeListCells(ImmutableList<Edge> normal, ImmutableList<Edge> reduction) {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** {@code operation} on state {@code input} is one of the terms of {@code node}. */
  record Edge(String operation, int node, int input) {
    Edge {
      checkArgument(
          input >= 0 && input < node && node >= CellGenotype.INPUTS,
          "edge %s -> %s must lead to a later node",
          input,
          node);
    }
  }

  /** Reads {@code normal} and {@code reduce} of an entry of the resource. */
  static EdgeListCells parse(String line) {
    ImmutableList<Edge> normal = ImmutableList.of();
    ImmutableList<Edge> reduction = ImmutableList.of();
    try (JsonParser json = FACTORY.createParser(line)) {
      json.nextToken(); // '{'
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String field = json.currentName();
        json.nextToken();
        if (field.equals("normal")) {
          normal = edges(json);
        } else if (field.equals("reduce")) {
          reduction = edges(json);
        } else {
          json.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the resource is ours
    }
    return new EdgeListCells(normal, reduction);
  }

  private static ImmutableList<Edge> edges(JsonParser json) throws IOException {
    ImmutableList.Builder<Edge> edges = ImmutableList.builder();
    while (json.nextToken() != JsonToken.END_ARRAY) { // at '[' of an edge
      json.nextToken();
      String operation = json.getText();
      int node = json.nextIntValue(-1);
      int input = json.nextIntValue(-1);
      json.nextToken(); // ']'
      edges.add(new Edge(operation, node, input));
    }
    return edges.build();
  }

  /** Builds the network. */
  Graph graph(MacroNetwork macro) {
    GraphBuilder g = new GraphBuilder();
    return g.build(macro.build(g, this::cell, Style.DERIVED));
  }

  private Node cell(GraphBuilder g, ImmutableList<Node> inputs, int channels, boolean reducing) {
    ImmutableListMultimap<Integer, Edge> nodes =
        Multimaps.index(reducing ? reduction : normal, Edge::node);
    Map<Integer, Node> states = new LinkedHashMap<>();
    for (int node : nodes.keySet()) {
      List<Node> terms = new ArrayList<>();
      for (Edge edge : nodes.get(node)) {
        Node x =
            edge.input() < CellGenotype.INPUTS
                ? inputs.get(edge.input())
                : states.get(edge.input());
        if (x != null) {
          int stride = reducing && edge.input() < CellGenotype.INPUTS ? 2 : 1;
          GraphBuilder at = g.at("_ops." + node + "." + edge.input() + "." + terms.size());
          terms.add(
              Primitive.named(edge.operation()).apply(at, x, channels, stride, Style.DERIVED));
        }
      }
      states.put(node, g.add(terms));
    }
    return g.concat(ImmutableList.copyOf(states.values()));
  }
}
