package io.github.oche.space;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.Graph;
import io.github.oche.engine.GraphBuilder;
import io.github.oche.engine.Node;
import io.github.oche.engine.Parameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One architecture as it lies inside a {@link Supernet}: of each node the kept edges alone, on each
 * its chosen candidate with weight 1.
 *
 * <p>It computes what the supernet does with mixing weights of 1 on those candidates and 0 on all
 * others, without the others' work: in the DARTS space, 16 of 224 operations for a cell pair. Its
 * parameters have the names and shapes that they have in the supernet, so that its weights can be
 * handed down. (A {@link DerivedNetwork} is another thing: its batch norms are affine, and none
 * follows a pooling.)
 */
public final class SupernetPath {
  private final Supernet supernet;
  private final Graph graph;

  private SupernetPath(Supernet supernet, Genotype genotype) {
    this.supernet = supernet;
    SearchSpace space = supernet.space();
    List<Kept> normal = kept("normal", space.normal(), genotype.normal());
    List<Kept> reduction = kept("reduction", space.reduction(), genotype.reduction());
    GraphBuilder g = new GraphBuilder();
    graph =
        g.build(
            space
                .macro()
                .build(
                    g,
                    (at, inputs, channels, reducing) ->
                        cell(
                            at,
                            reducing ? space.reduction() : space.normal(),
                            reducing ? reduction : normal,
                            inputs,
                            channels,
                            reducing),
                    Style.SEARCHING));
  }

  /**
   * Builds the network of a path; nothing is computed and no memory for it taken.
   *
   * @throws IllegalArgumentException if the genotype is none of the supernet's architectures: a
   *     cell has another number of nodes or does not join all of them in order, a node reads a
   *     state twice, or an operation is no candidate
   */
  public static SupernetPath of(Supernet supernet, Genotype genotype) {
    return new SupernetPath(supernet, genotype);
  }

  /** The network; it has no mixing weights. */
  public Graph graph() {
    return graph;
  }

  /**
   * Picks this path's weights out of the supernet's.
   *
   * @param ofSupernet in the order of the supernet's parameters; not changed
   * @return a new vector, in the order of {@link #graph}'s parameters
   * @throws IllegalArgumentException if their number is not that of the supernet's
   */
  public float[] weights(float[] ofSupernet) {
    checkArgument(
        ofSupernet.length == supernet.graph().parameters().size(),
        "%s weights, the supernet has %s",
        ofSupernet.length,
        supernet.graph().parameters().size());
    float[] weights = new float[graph.parameters().size()];
    for (Parameter p : graph.parameters().all()) {
      Parameter from = supernet.graph().parameters().get(p.name());
      System.arraycopy(ofSupernet, from.offset(), weights, p.offset(), p.size());
    }
    return weights;
  }

  /** A chosen candidate of an edge into a node (0 is the first). */
  private record Kept(int node, int from, int candidate) {}

  private static List<Kept> kept(String name, CellSpace space, CellGenotype cell) {
    ImmutableList.Builder<Integer> joined = ImmutableList.builder();
    for (int node = 0; node < space.nodes(); node++) {
      joined.add(space.inputs() + node);
    }
    checkArgument(
        space.inputs() == CellGenotype.INPUTS
            && cell.nodes() == space.nodes()
            && cell.concat().equals(joined.build()),
        "the %s cell has %s nodes and joins %s, the supernet's has %s and joins all in order",
        name,
        cell.nodes(),
        cell.concat(),
        space.nodes());
    ImmutableList<String> candidates = space.names().asList();
    List<Kept> kept = new ArrayList<>();
    for (int k = 0; k < cell.genes().size(); k++) {
      Gene gene = cell.genes().get(k);
      checkArgument(
          gene.input() != cell.genes().get(k ^ 1).input(), // genes 2n and 2n + 1 are of one node
          "node %s of the %s cell reads state %s twice, which no path of a supernet does",
          space.inputs() + k / 2,
          name,
          gene.input());
      int candidate = candidates.indexOf(gene.operation());
      checkArgument(
          candidate >= 0,
          "operation \"%s\" of the %s cell is no candidate of the supernet; it has %s",
          gene.operation(),
          name,
          candidates);
      kept.add(new Kept(k / 2, gene.input(), candidate));
    }
    kept.sort(Comparator.comparingInt(Kept::node).thenComparingInt(Kept::from));
    return kept;
  }

  private static Node cell(
      GraphBuilder g,
      CellSpace space,
      List<Kept> kept,
      ImmutableList<Node> inputs,
      int channels,
      boolean reducing) {
    List<Node> states = new ArrayList<>(inputs);
    for (int node = 0; node < space.nodes(); node++) {
      ImmutableList.Builder<Node> terms = ImmutableList.builder();
      for (Kept one : kept) {
        if (one.node() == node) {
          int edge = space.firstEdge(node) + one.from();
          int stride = reducing && one.from() < space.inputs() ? 2 : 1;
          Operation operation = space.candidates().get(one.candidate()).operation();
          GraphBuilder at = g.at("_ops." + edge).at("_ops." + one.candidate());
          terms.add(operation.apply(at, states.get(one.from()), channels, stride, Style.SEARCHING));
        }
      }
      states.add(g.add(terms.build()));
    }
    return g.concat(ImmutableList.copyOf(states.subList(space.inputs(), states.size())));
  }
}
