package io.github.oche.space;

import com.google.common.collect.ImmutableList;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The wiring of one derived cell: genes {@code 2n} and {@code 2n + 1} are added into node {@code n
 * + 2}, and the nodes of {@code concat}, joined along the channels in the order given, are the
 * cell's output.
 *
 * <p>A node may be left out of {@code concat} whether or not another node reads it, and the same
 * operation may stand twice on one state (it then counts twice); published cells do both.
 *
 * @param genes two for each node, each reading an earlier state
 * @param concat at least one node, none twice
 */
public record CellGenotype(ImmutableList<Gene> genes, ImmutableList<Integer> concat) {
  /** States that exist before the first node: the outputs of the last two cells. */
  public static final int INPUTS = 2;

  /**
   * Checks the wiring.
   *
   * @throws GenotypeException if there are no genes or an odd number, a gene reads its own node or
   *     a later one, or {@code concat} is empty, names what is not a node, or names one twice
   */
  public CellGenotype {
    if (genes.isEmpty()) {
      throw new GenotypeException(
          "a cell needs at least one node, that is two pairs (operation, input)");
    }
    if (genes.size() % 2 != 0) {
      throw new GenotypeException(
          "a cell has " + genes.size() + " pairs (operation, input), expected two for each node");
    }
    for (int k = 0; k < genes.size(); k++) {
      refuse(inputFault(genes.get(k).input(), k));
    }
    if (concat.isEmpty()) {
      throw new GenotypeException("the list of joined nodes is empty, expected at least one node");
    }
    Set<Integer> seen = new HashSet<>();
    for (int node : concat) {
      refuse(joinFault(node, genes.size() / 2, seen));
    }
  }

  /** Number of nodes: 4 in the DARTS space, 5 in NASNet-A and AmoebaNet-A. */
  public int nodes() {
    return genes.size() / 2;
  }

  /** What is wrong with the input of a gene, if anything. */
  static Optional<String> inputFault(long input, int gene) {
    int states = INPUTS + gene / 2;
    return input >= 0 && input < states
        ? Optional.empty()
        : Optional.of(
            String.format(
                "input %d of pair %d is out of range: node %d reads states 0 to %d",
                input, gene, states, states - 1));
  }

  /** What is wrong with a joined node, if anything; {@code seen} are those before it. */
  static Optional<String> joinFault(long node, int nodes, Set<Integer> seen) {
    if (node < INPUTS || node >= INPUTS + nodes) {
      return Optional.of(
          String.format("joined node %d is out of range: nodes are 2 to %d", node, nodes + 1));
    }
    return seen.add((int) node)
        ? Optional.empty()
        : Optional.of("node " + node + " is joined twice");
  }

  private static void refuse(Optional<String> fault) {
    fault.ifPresent(
        line -> {
          throw new GenotypeException(line);
        });
  }

  String genesText() {
    return genes.stream()
        .map(g -> "('" + g.operation() + "', " + g.input() + ")")
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** Writes consecutive nodes as the published code does: {@code range(2, 6)}. */
  String concatText() {
    int first = concat.get(0);
    for (int i = 0; i < concat.size(); i++) {
      if (concat.get(i) != first + i) {
        return concat.toString();
      }
    }
    return "range(" + first + ", " + (first + concat.size()) + ")";
  }

  String genesJson() {
    return genes.stream()
        .map(g -> "[\"" + g.operation() + "\", " + g.input() + "]")
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
