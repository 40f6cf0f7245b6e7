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
public record MixedOperation(ImmutableList<Candidate> candidates, Mixture weights, int row) {
  /** A candidate's output and its weight. */
  record Term(MixtureWeight weight, Node output) {}

  /**
   * Builds the edge alone.
   *
   * @return a node of shape {@code [channels, height / stride, width / stride]}
   */
  public Node apply(GraphBuilder g, Node x, int channels, int stride) {
    ImmutableList<Term> terms = terms(g, x, channels, stride);
    return sum(g, terms);
  }

  /** The terms of the sum, so that a node can add those of all its edges at once. */
  ImmutableList<Term> terms(GraphBuilder g, Node x, int channels, int stride) {
    ImmutableList.Builder<Term> terms = ImmutableList.builder();
    for (int k = 0; k < candidates.size(); k++) {
      Node output =
          candidates
              .get(k)
              .operation()
              .apply(g.at("_ops." + k), x, channels, stride, Style.SEARCHING);
      terms.add(new Term(weights.weight(row, k), output));
    }
    return terms.build();
  }

  static Node sum(GraphBuilder g, ImmutableList<Term> terms) {
    return g.weightedSum(
        terms.stream().map(Term::weight).toList(), terms.stream().map(Term::output).toList());
  }
}
