package io.github.oche.space;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.GraphBuilder;
import io.github.oche.engine.Mixture;
import io.github.oche.engine.MixtureWeight;
import io.github.oche.engine.Node;

/**
 * An edge of a searching cell: the sum over its candidates {@code k} of {@code weights[row, k] *
 * op_k(x)}; equation (2) of DARTS.
 *
 * @param weights the mixing weights, a row an edge and a column a candidate
 * @param row the edge's
 */
record MixedOperation(ImmutableList<Candidate> candidates, Mixture weights, int row) {
  /**
   * Builds the edge.
   *
   * @return a node of shape {@code [channels, height / stride, width / stride]}
   */
  public Node apply(GraphBuilder g, Node x, int channels, int stride) {
    ImmutableList.Builder<MixtureWeight> factors = ImmutableList.builder();
    ImmutableList.Builder<Node> outputs = ImmutableList.builder();
    for (int k = 0; k < candidates.size(); k++) {
      Operation operation = candidates.get(k).operation();
      factors.add(weights.weight(row, k));
      outputs.add(operation.apply(g.at("_ops." + k), x, channels, stride, Style.SEARCHING));
    }
    return g.weightedSum(factors.build(), outputs.build());
  }
}
