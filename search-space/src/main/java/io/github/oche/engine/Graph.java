package io.github.oche.engine;

import com.google.common.collect.ImmutableList;

/**
 * An immutable network: nodes in topological order, and where its parameters lie.
 *
 * <p>Its loss is the weighted sum of the mean softmax cross-entropies of its outputs. Nodes that no
 * output reads are left out; their parameters stay in the table, and {@link #unread} still knows
 * them.
 */
public final class Graph {
  private final ImmutableList<Node> nodes;
  private final ImmutableList<Node> unread;
  private final ImmutableList<Output> outputs;
  private final ParameterTable parameters;
  private final ParameterTable statistics;
  private final ImmutableList<Mixture> mixtures;
  private final int mixingSize;
  private final int dropPaths;
  private final Shape input;

  Graph(
      ImmutableList<Node> nodes,
      ImmutableList<Node> unread,
      ImmutableList<Output> outputs,
      ParameterTable parameters,
      ParameterTable statistics,
      ImmutableList<Mixture> mixtures,
      int dropPaths) {
    this.nodes = nodes;
    this.unread = unread;
    this.outputs = outputs;
    this.parameters = parameters;
    this.statistics = statistics;
    this.mixtures = mixtures;
    this.mixingSize = mixtures.stream().mapToInt(Mixture::size).sum();
    this.dropPaths = dropPaths;
    this.input =
        nodes.stream().filter(n -> n.op() instanceof Op.Input).findFirst().orElseThrow().shape();
  }

  /** All nodes that an output depends on, inputs before their users. */
  public ImmutableList<Node> nodes() {
    return nodes;
  }

  /**
   * The nodes that were built but that no output depends on, in the order they were built. No pass
   * computes them; where a network is compared with one that does, they count.
   */
  public ImmutableList<Node> unread() {
    return unread;
  }

  /** What the loss is made of. */
  public ImmutableList<Output> outputs() {
    return outputs;
  }

  /** The weights w. */
  public ParameterTable parameters() {
    return parameters;
  }

  /** Running means and variances of batch norms. */
  public ParameterTable statistics() {
    return statistics;
  }

  /** The mixing weights, in the order of the flat vector. */
  public ImmutableList<Mixture> mixtures() {
    return mixtures;
  }

  /** Length of the flat vector of mixing weights. */
  public int mixingSize() {
    return mixingSize;
  }

  /** How many drop path slots it has: a step gives each of them one number an image. */
  public int dropPaths() {
    return dropPaths;
  }

  /** Shape of the images. */
  public Shape input() {
    return input;
  }
}
