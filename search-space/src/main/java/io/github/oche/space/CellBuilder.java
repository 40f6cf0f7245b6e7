package io.github.oche.space;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.GraphBuilder;
import io.github.oche.engine.Node;

/**
 * Makes one cell where a {@link MacroNetwork} wants one: a mixture of everything, or the cell of a
 * genotype.
 */
@FunctionalInterface
public interface CellBuilder {
  /**
   * Builds one cell.
   *
   * @param g names lie under the cell's
   * @param inputs the cell's input states, each of shape {@code [channels, height, width]}
   * @param channels of each of the cell's nodes
   * @param reduction whether it halves both sides
   * @return the joined nodes, a multiple of {@code channels}
   */
  Node cell(GraphBuilder g, ImmutableList<Node> inputs, int channels, boolean reduction);
}
