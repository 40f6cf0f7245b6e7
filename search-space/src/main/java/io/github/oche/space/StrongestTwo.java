package io.github.oche.space;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The published rule: each node keeps the two edges on which some candidate other than {@code none}
 * weighs most, the stronger first (of equals the lower), and on each that candidate (of equals the
 * first); all nodes are joined. Weights are not renormalised without {@code none}.
 *
 * @see <a href="https://arxiv.org/abs/1806.09055">Liu, Simonyan, Yang (2019), section 2.4</a>
 */
record StrongestTwo() implements Discretisation {
  private static final int KEPT = 2;

  private record Choice(Gene gene, double weight) {}

  @Override
  public CellGenotype cell(CellSpace space, double[][] weights) {
    checkArgument(
        space.inputs() == CellGenotype.INPUTS,
        "a genotype has cells with two inputs, this space's have %s",
        space.inputs());
    checkArgument(
        weights.length == space.edges(),
        "weights of %s edges, expected %s",
        weights.length,
        space.edges());
    ImmutableList.Builder<Gene> genes = ImmutableList.builder();
    ImmutableList.Builder<Integer> concat = ImmutableList.builder();
    for (int node = 0; node < space.nodes(); node++) {
      List<Choice> choices = new ArrayList<>();
      for (int from = 0; from < space.inputs() + node; from++) {
        choices.add(best(space, weights[space.firstEdge(node) + from], from));
      }
      choices.sort(
          Comparator.comparingDouble(
              choice -> -choice.weight())); // stable: of equals the lower edge
      choices.stream().limit(KEPT).map(Choice::gene).forEach(genes::add);
      concat.add(space.inputs() + node);
    }
    return new CellGenotype(genes.build(), concat.build());
  }

  private static Choice best(CellSpace space, double[] row, int from) {
    checkArgument(
        row.length == space.candidates().size(),
        "weights of %s candidates, expected %s",
        row.length,
        space.candidates().size());
    int best = -1;
    for (int k = 0; k < row.length; k++) {
      checkArgument(
          Double.isFinite(row[k]),
          "the weight of %s is %s",
          space.candidates().get(k).name(),
          row[k]);
      boolean chosen =
          !space.candidates().get(k).name().equals(Candidate.NONE)
              && (best < 0 || row[k] > row[best]);
      best = chosen ? k : best;
    }
    checkArgument(best >= 0, "the space has no candidate but %s", Candidate.NONE);
    return new Choice(new Gene(space.candidates().get(best).name(), from), row[best]);
  }
}
