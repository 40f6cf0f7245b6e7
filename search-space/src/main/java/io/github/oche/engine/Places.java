package io.github.oche.engine;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Which sums are written where the join of them lies, so that nothing is left to join: those whose
 * channels fill whole blocks, if no step takes their gradients back after the join has a reader's.
 * Where dense convolutions alone read the join, blocks may be filled in part: a matrix can have its
 * columns anywhere.
 */
final class Places {
  /** By how much lanes left empty may make the products longer that read a join. */
  private static final double LONGER = 1.25;

  /** Where in a join a node is written. */
  record Place(Node join, int block) {}

  private final NodeOrder order;
  private final Fusion fusion;
  private final int lanes;

  private Places(NodeOrder order, Fusion fusion, int lanes) {
    this.order = order;
    this.fusion = fusion;
    this.lanes = lanes;
  }

  /** The place of each sum that has one. */
  static ImmutableMap<Node, Place> of(NodeOrder order, Fusion fusion, int lanes) {
    Places places = new Places(order, fusion, lanes);
    Map<Node, Place> found = new HashMap<>();
    for (Node n : order.nodes()) {
      if (n.op() instanceof Op.Concat && places.fits(n, found)) {
        int block = 0;
        for (Node x : n.inputs()) {
          found.put(x, new Place(n, block));
          block += Storage.blocks(x.shape().channels(), lanes);
        }
      }
    }
    return ImmutableMap.copyOf(found);
  }

  /** How the channels of a join lie whose parts are written in place. */
  static ChannelBlocks channels(Node join, int lanes) {
    ImmutableIntArray.Builder parts = ImmutableIntArray.builder();
    join.inputs().forEach(x -> parts.add(x.shape().channels()));
    return ChannelBlocks.joined(parts.build(), lanes);
  }

  private boolean fits(Node join, Map<Node, Place> taken) {
    List<Node> parts = join.inputs();
    return parts.stream().allMatch(x -> x.op() instanceof Op.WeightedSum && !taken.containsKey(x))
        && (parts.stream().allMatch(x -> x.shape().channels() % lanes == 0) || mayHaveGaps(join))
        && new HashSet<>(parts).size() == parts.size()
        && fusion.users(join).stream().noneMatch(u -> u.op() instanceof Op.BatchNorm)
        && parts.stream().allMatch(x -> lastReader(x, join) < firstReader(join));
  }

  private boolean mayHaveGaps(Node join) {
    return fusion.isOnlyOfDense(join)
        && channels(join, lanes).count() * lanes <= LONGER * join.shape().channels();
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
