package io.github.oche.space;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkElementIndex;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

/**
 * What a cell may be: every node sums one mixed operation for each earlier state, and each of these
 * edges chooses among the same candidates.
 *
 * <p>Edges are numbered node by node, in the order of the states they leave: with two inputs 0 ->
 * 2, 1 -> 2, 0 -> 3, 1 -> 3, 2 -> 3, 0 -> 4, ...
 *
 * @param inputs states that come from outside, at least 1; a {@link Genotype} has two
 * @param nodes at least 1
 * @param candidates at least one, no name twice
 */
public record CellSpace(int inputs, int nodes, ImmutableList<Candidate> candidates) {
  /** Checks the numbers and the names. */
  public CellSpace {
    checkArgument(inputs >= 1, "a cell has %s inputs, expected 1 or more", inputs);
    checkArgument(nodes >= 1 && nodes <= 100, "a cell has %s nodes, expected 1 to 100", nodes);
    checkArgument(!candidates.isEmpty(), "a cell has no candidates");
    long names = candidates.stream().map(Candidate::name).distinct().count();
    checkArgument(names == candidates.size(), "two candidates have the same name: %s", candidates);
  }

  /** The eight candidates of the DARTS space on the 14 edges of four nodes with two inputs. */
  public static CellSpace darts() {
    return of(
        2,
        4,
        Primitive.NONE,
        Primitive.MAX_POOL_3X3,
        Primitive.AVG_POOL_3X3,
        Primitive.SKIP_CONNECT,
        Primitive.SEP_CONV_3X3,
        Primitive.SEP_CONV_5X5,
        Primitive.DIL_CONV_3X3,
        Primitive.DIL_CONV_5X5);
  }

  /** A space of published operations. */
  public static CellSpace of(int inputs, int nodes, Primitive... candidates) {
    return new CellSpace(
        inputs,
        nodes,
        ImmutableList.copyOf(candidates).stream()
            .map(Primitive::candidate)
            .collect(ImmutableList.toImmutableList()));
  }

  /** Number of edges: 14 for two inputs and four nodes. */
  public int edges() {
    return firstEdge(nodes);
  }

  /**
   * The first of the edges into a node (0 is the first node); there are {@code inputs + node} of
   * them.
   */
  public int firstEdge(int node) {
    return node * inputs + node * (node - 1) / 2;
  }

  /** The node (0 is the first) that an edge leads to. */
  public int node(int edge) {
    checkElementIndex(edge, edges(), "edge");
    int node = 0;
    while (firstEdge(node + 1) <= edge) {
      node++;
    }
    return node;
  }

  /** The state that an edge leaves. */
  public int from(int edge) {
    return edge - firstEdge(node(edge));
  }

  /** The names of the candidates, in order. */
  public ImmutableSet<String> names() {
    return candidates.stream().map(Candidate::name).collect(ImmutableSet.toImmutableSet());
  }
}
