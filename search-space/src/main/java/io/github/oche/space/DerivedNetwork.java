package io.github.oche.space;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.oche.engine.Graph;
import io.github.oche.engine.GraphBuilder;
import io.github.oche.engine.Node;
import io.github.oche.engine.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The network of a genotype, to be trained from scratch.
 *
 * <p>Batch norms are affine. Where paths are dropped, every operation's output but an identity's is
 * one ({@link DropPath}).
 */
public final class DerivedNetwork {
  /**
   * Where a path may be dropped.
   *
   * @param slot of the graph's drop paths
   * @param cell 0 is the first
   * @param operation the gene's number in its cell
   */
  public record DropPath(int slot, int cell, int operation) {}

  private final Genotype genotype;
  private final Graph graph;
  private final ImmutableMap<String, Operation> operations;
  private final boolean dropsPaths;
  private final List<DropPath> dropPaths = new ArrayList<>();
  private int cells;

  private DerivedNetwork(
      Genotype genotype,
      MacroNetwork macro,
      ImmutableMap<String, Operation> operations,
      boolean dropsPaths) {
    this.genotype = genotype;
    this.operations = operations;
    this.dropsPaths = dropsPaths;
    check("normal", genotype.normal());
    check("reduction", genotype.reduction());
    GraphBuilder g = new GraphBuilder();
    graph = g.build(macro.build(g, this::cell, Style.DERIVED));
  }

  /**
   * Builds the network of a genotype of published operations; nothing is computed and no memory for
   * it taken.
   *
   * @param dropsPaths whether paths can be dropped in training; without, the graph has no nodes for
   *     it
   * @throws IllegalArgumentException if an operation is not a published one
   */
  public static DerivedNetwork of(Genotype genotype, MacroNetwork macro, boolean dropsPaths) {
    return of(genotype, macro, Primitive.candidates(), dropsPaths);
  }

  /**
   * The same for a space with candidates of its own.
   *
   * @throws IllegalArgumentException if an operation is not among the candidates
   */
  public static DerivedNetwork of(
      Genotype genotype,
      MacroNetwork macro,
      ImmutableList<Candidate> candidates,
      boolean dropsPaths) {
    ImmutableMap<String, Operation> operations =
        candidates.stream()
            .collect(ImmutableMap.toImmutableMap(Candidate::name, Candidate::operation));
    return new DerivedNetwork(genotype, macro, operations, dropsPaths);
  }

  /** What it was derived from. */
  public Genotype genotype() {
    return genotype;
  }

  /** The network. */
  public Graph graph() {
    return graph;
  }

  /** Where paths may be dropped, in the order of the slots; empty if none are. */
  public ImmutableList<DropPath> dropPaths() {
    return ImmutableList.copyOf(dropPaths);
  }

  private void check(String cell, CellGenotype genes) {
    for (Gene gene : genes.genes()) {
      if (!operations.containsKey(gene.operation())) {
        throw new IllegalArgumentException(
            String.format(
                "unknown operation \"%s\" in the %s cell; nearest known: %s",
                gene.operation(), cell, Nearest.to(gene.operation(), operations.keySet())));
      }
    }
  }

  private Node cell(GraphBuilder g, ImmutableList<Node> inputs, int channels, boolean reducing) {
    CellGenotype cell = reducing ? genotype.reduction() : genotype.normal();
    List<Node> states = new ArrayList<>(inputs);
    for (int node = 0; node < cell.nodes(); node++) {
      Node first = operation(g, cell, 2 * node, states, channels, reducing);
      Node second = operation(g, cell, 2 * node + 1, states, channels, reducing);
      states.add(g.add(ImmutableList.of(first, second))); // may be one node: then it counts twice
    }
    cells++;
    return g.concat(
        cell.concat().stream().map(states::get).collect(ImmutableList.toImmutableList()));
  }

  private Node operation(
      GraphBuilder g, CellGenotype cell, int k, List<Node> states, int channels, boolean reducing) {
    Gene gene = cell.genes().get(k);
    Node x = states.get(gene.input());
    int stride = reducing && gene.input() < CellGenotype.INPUTS ? 2 : 1;
    Operation operation = Objects.requireNonNull(operations.get(gene.operation()));
    Node output = operation.apply(g.at("_ops." + k), x, channels, stride, Style.DERIVED);
    if (!dropsPaths || output == x) {
      return output;
    }
    Node dropped = g.dropPath(output);
    dropPaths.add(new DropPath(((Op.DropPath) dropped.op()).slot(), cells, k));
    return dropped;
  }
}
