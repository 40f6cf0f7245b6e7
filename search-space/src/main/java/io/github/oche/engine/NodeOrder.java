package io.github.oche.engine;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The order in which nodes are computed: by level, which is how many batch norms lie before a node
 * and in it, on the longest way; within a level, those that read the same node one after the other.
 *
 * @param nodes every one after its inputs
 * @param levels of the nodes
 * @param positions of the nodes in their order
 */
record NodeOrder(
    ImmutableList<Node> nodes,
    ImmutableMap<Node, Integer> levels,
    ImmutableMap<Node, Integer> positions) {
  /**
   * Orders a graph's nodes.
   *
   * @param fused which are computed by the step of the one that reads them
   */
  static NodeOrder of(Graph graph, Predicate<Node> fused) {
    Map<Node, Integer> levels = new HashMap<>();
    for (Node n : graph.nodes()) {
      int before = n.inputs().stream().mapToInt(x -> Present.of(levels.get(x))).max().orElse(0);
      levels.put(n, n.op() instanceof Op.BatchNorm ? before + 1 : before);
    }
    List<Node> nodes = new ArrayList<>(graph.nodes());
    nodes.sort(
        Comparator.comparingInt((Node n) -> Present.of(levels.get(n)))
            .thenComparingInt(n -> reads(n, fused)));
    ImmutableMap.Builder<Node, Integer> positions = ImmutableMap.builder();
    for (int i = 0; i < nodes.size(); i++) {
      positions.put(nodes.get(i), i);
    }
    return new NodeOrder(
        ImmutableList.copyOf(nodes), ImmutableMap.copyOf(levels), positions.buildOrThrow());
  }

  /** The last node that a node's step reads. */
  private static int reads(Node n, Predicate<Node> fused) {
    Node reader = n.inputs().size() == 1 && fused.test(n.input()) ? n.input() : n;
    return reader.inputs().stream().mapToInt(Node::id).max().orElse(-1);
  }

  int level(Node n) {
    return Present.of(levels.get(n));
  }

  int position(Node n) {
    return Present.of(positions.get(n));
  }
}
