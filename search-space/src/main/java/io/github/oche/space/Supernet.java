package io.github.oche.space;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.Graph;
import io.github.oche.engine.GraphBuilder;
import io.github.oche.engine.Mixture;
import io.github.oche.engine.Node;
import java.util.Arrays;

/**
 * The network that holds every architecture of a space at once: each edge is the weighted sum of
 * all its candidates.
 *
 * <p>All normal cells share one matrix of architecture weights, all reduction cells another. In
 * flat vectors {@code alphas_normal} comes first, row after row, then {@code alphas_reduce}; the
 * graph's mixing weights (what a {@link Relaxation} makes of them) lie in the same order.
 */
public final class Supernet {
  /** The name of the normal cells' matrix, [edges, candidates]. */
  public static final String ALPHAS_NORMAL = "alphas_normal";

  /** The name of the reduction cells' matrix, [edges, candidates]. */
  public static final String ALPHAS_REDUCE = "alphas_reduce";

  private final SearchSpace space;
  private final Graph graph;
  private final Mixture normal;
  private final Mixture reduction;

  private Supernet(SearchSpace space) {
    this.space = space;
    GraphBuilder g = new GraphBuilder();
    normal = g.mixture(ALPHAS_NORMAL, space.normal().edges(), space.normal().candidates().size());
    reduction =
        g.mixture(ALPHAS_REDUCE, space.reduction().edges(), space.reduction().candidates().size());
    graph = g.build(space.macro().build(g, this::cell, Style.SEARCHING));
  }

  /** Builds the supernet of a space; nothing is computed and no memory for it taken. */
  public static Supernet of(SearchSpace space) {
    return new Supernet(space);
  }

  /** What it holds. */
  public SearchSpace space() {
    return space;
  }

  /** The network. */
  public Graph graph() {
    return graph;
  }

  /** The matrix of the normal cells. */
  public Mixture normal() {
    return normal;
  }

  /** The matrix of the reduction cells. */
  public Mixture reduction() {
    return reduction;
  }

  /** The relaxation of the DARTS paper for this network's architecture weights. */
  public Softmax softmax() {
    return Softmax.of(graph.mixtures());
  }

  /**
   * Reads a genotype out of weights.
   *
   * @param weights what a relaxation made of the architecture weights, all of them in the graph's
   *     order
   * @throws IllegalArgumentException if their number is another, or one is not finite
   */
  public Genotype genotype(double[] weights, Discretisation rule) {
    return new Genotype(
        rule.cell(space.normal(), rows(normal, weights)),
        rule.cell(space.reduction(), rows(reduction, weights)));
  }

  private static double[][] rows(Mixture mixture, double[] weights) {
    double[][] rows = new double[mixture.rows()][];
    for (int row = 0; row < rows.length; row++) {
      int from = mixture.offset() + row * mixture.columns();
      rows[row] = Arrays.copyOfRange(weights, from, from + mixture.columns());
    }
    return rows;
  }

  private Node cell(GraphBuilder g, ImmutableList<Node> inputs, int channels, boolean reducing) {
    CellSpace cell = reducing ? space.reduction() : space.normal();
    Mixture weights = reducing ? reduction : normal;
    ImmutableList<Node> states = inputs;
    for (int node = 0; node < cell.nodes(); node++) {
      ImmutableList.Builder<Node> edges = ImmutableList.builder();
      for (int from = 0; from < states.size(); from++) {
        int edge = cell.firstEdge(node) + from;
        int stride = reducing && from < cell.inputs() ? 2 : 1;
        MixedOperation mixed = new MixedOperation(cell.candidates(), weights, edge);
        edges.add(mixed.apply(g.at("_ops." + edge), states.get(from), channels, stride));
      }
      Node sum = g.add(edges.build());
      states = ImmutableList.<Node>builder().addAll(states).add(sum).build();
    }
    return g.concat(states.subList(cell.inputs(), states.size()));
  }
}
