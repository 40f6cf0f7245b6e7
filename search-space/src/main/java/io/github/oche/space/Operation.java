package io.github.oche.space;

import io.github.oche.engine.GraphBuilder;
import io.github.oche.engine.Node;

/**
 * A candidate: what an edge of a cell may compute. Anyone can add one, written with the graph
 * builder.
 *
 * <pre>{@code
 * Operation block = (g, x, channels, stride, style) ->
 *     g.batchNorm("bn", g.convolution("conv", g.relu(x), channels, Window.square(3, stride, 1, 1)), style.affine());
 * }</pre>
 *
 * @see Primitive for the published ones
 */
@FunctionalInterface
public interface Operation {
  /**
   * Builds the operation.
   *
   * @param g names given to it lie under the place of the operation in the network
   * @param x a state of the cell, of shape {@code [channels, height, width]}
   * @param channels of the result
   * @param stride 1, or 2 on the edges that leave the inputs of a reduction cell
   * @param style of the network that it becomes part of
   * @return a node of shape {@code [channels, height / stride, width / stride]}; {@code x} itself
   *     means the identity, on which no path is dropped
   */
  Node apply(GraphBuilder g, Node x, int channels, int stride, Style style);
}
