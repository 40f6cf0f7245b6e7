package io.github.oche.space;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.GraphBuilder;
import io.github.oche.engine.Output;

/**
 * How cells become a network: what comes before them, how they follow each other, and what reads
 * the last. {@link DartsMacro} and {@link ImageNetMacro} are the published ones; anyone can write
 * another.
 */
@FunctionalInterface
public interface MacroNetwork {
  /**
   * Builds the network.
   *
   * @param g an empty graph
   * @param cells makes each cell; names of a cell should lie under {@code cells.I}
   * @param style of the network
   * @return its outputs, the classifier's first
   */
  ImmutableList<Output> build(GraphBuilder g, CellBuilder cells, Style style);
}
