package io.github.oche.space;

import io.github.oche.engine.GraphBuilder;
import io.github.oche.engine.Node;

/** What published networks are made of besides candidates; own macro-networks may use them. */
public final class Blocks {
  private Blocks() {}

  /**
   * ReLU, pointwise convolution ({@code op.1}), batch norm ({@code op.2}): changes the number of
   * channels.
   */
  public static Node reluConvNorm(GraphBuilder g, Node x, int channels, Style style) {
    return g.batchNorm("op.2", g.pointwise("op.1", g.relu(x), channels), style.affine());
  }

  /**
   * Halves both sides: ReLU, two pointwise convolutions with stride 2 ({@code conv_1}; {@code
   * conv_2}, of the image without its first row and column) to half of the channels each, joined,
   * batch norm ({@code bn}).
   */
  public static Node factorizedReduce(GraphBuilder g, Node x, int channels, Style style) {
    return g.batchNorm(
        "bn", g.factorizedReduce("conv_1", "conv_2", g.relu(x), channels), style.affine());
  }
}
