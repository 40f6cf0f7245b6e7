package io.github.oche.engine;

import com.google.common.collect.ImmutableMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Which sums are written where the join of them lies, so that nothing is left to join: those whose
 * channels fill whole blocks, if no step takes their gradients back after the join has a reader's.
 */
final class Places {
  /** Where in a join a node is written. */
  record Place(Node join, int block) {}

  private final NodeOrder order;
  private final Fusion fusion;

  private Places(NodeOrder order, Fusion fusion) {
    this.order = order;
    this.fusion = fusion;
  }

  /** The place of each sum that has one. */
  static ImmutableMap<Node, Place> of(NodeOrder order, Fusion fusion, int lanes) {
    Places places = new Places(order, fusion);
    Map<Node, Place> found = new HashMap<>();
    for (Node n : order.nodes()) {
      if (n.op() instanceof Op.Concat && places.fits(n, lanes, found)) {
        int block = 0;
        for (Node x : n.inputs()) {
          found.put(x, new Place(n, block));
          block += x.shape().channels() / lanes;
        }
      }
    }
    return ImmutableMap.copyOf(found);
  }

  private boolean fits(Node join, int lanes, Map<Node, Place> taken) {
    List<Node> parts = join.inputs();
    return parts.stream()
            .allMatch(
                x ->
                    x.op() instanceof Op.WeightedSum
                        && x.shape().channels() % lanes == 0
                        && !taken.containsKey(x))
        && new HashSet<>(parts).size() == parts.size()
        && fusion.users(join).stream().noneMatch(u -> u.op() instanceof Op.BatchNorm)
        && parts.stream().allMatch(x -> lastReader(x, join) < firstReader(join));
  }

  /** The last node that may take the gradient of x back, through others that are no steps. */
  private int lastReader(Node x, Node join) {
    int last = order.position(x);
    for (Node u : fusion.users(x)) {
      if (u != join) {
        boolean mayBeFused =
            u.op() instanceof Op.Relu
                || u.op() instanceof Op.Depthwise
                || u.op() instanceof Op.WeightedSum
                || u.op() instanceof Op.DropPath;
        boolean isFused =
            mayBeFused && (!(u.op() instanceof Op.WeightedSum) || fusion.isInlined(u));
        last = Math.max(last, isFused ? lastReader(u, join) : order.position(u));
      }
    }
    return last;
  }

  private int firstReader(Node join) {
    return fusion.users(join).stream().mapToInt(order::position).min().orElse(order.position(join));
  }
}
