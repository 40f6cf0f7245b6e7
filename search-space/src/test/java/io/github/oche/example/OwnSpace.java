package io.github.oche.example;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.GraphBuilder;
import io.github.oche.engine.Node;
import io.github.oche.engine.Output;
import io.github.oche.engine.Window;
import io.github.oche.space.Blocks;
import io.github.oche.space.Candidate;
import io.github.oche.space.CellBuilder;
import io.github.oche.space.CellSpace;
import io.github.oche.space.MacroNetwork;
import io.github.oche.space.Operation;
import io.github.oche.space.Primitive;
import io.github.oche.space.SearchSpace;
import io.github.oche.space.Style;

/** A search space of one's own: an operation, a cell and a network, each in a few lines. */
final class OwnSpace {
  private OwnSpace() {}

  /** An operation: a bottleneck, half of the channels wide in its middle. */
  private static final Operation BOTTLENECK =
      (g, x, channels, stride, style) -> {
        Node narrow = g.pointwise("in", g.relu(x), Math.max(1, channels / 2));
        Node middle =
            g.convolution(
                "middle", narrow, narrow.shape().channels(), Window.square(3, stride, 1, 1));
        return g.batchNorm("norm", g.pointwise("out", middle, channels), style.affine());
      };

  /** A cell: three nodes, whose edges choose among four candidates. */
  private static final CellSpace CELL =
      new CellSpace(
          2,
          3,
          ImmutableList.of(
              Primitive.NONE.candidate(),
              Primitive.SKIP_CONNECT.candidate(),
              Primitive.SEP_CONV_3X3.candidate(),
              new Candidate("bottleneck", BOTTLENECK)));

  /** A network: a stem of patches, a cell, a reduction cell, a classifier. */
  private record Patches(int channels, int classes) implements MacroNetwork {
    @Override
    public ImmutableList<Output> build(GraphBuilder g, CellBuilder cells, Style style) {
      Node images = g.input(1, 12, 12);
      Node patches =
          g.convolution("stem", images, channels, Window.square(3, 3, 0, 1)); // [channels, 4, 4]
      Node stem = g.batchNorm("stem_norm", patches, true);
      Node first = cells.cell(g.at("cells.0"), ImmutableList.of(stem, stem), channels, false);
      GraphBuilder second = g.at("cells.1");
      ImmutableList<Node> inputs =
          ImmutableList.of(
              Blocks.reluConvNorm(second.at("preprocess0"), stem, 2 * channels, style),
              Blocks.reluConvNorm(second.at("preprocess1"), first, 2 * channels, style));
      Node last = cells.cell(second, inputs, 2 * channels, true);
      return ImmutableList.of(
          new Output("logits", g.linear("classifier", g.globalAveragePool(last), classes), 1));
    }
  }

  static SearchSpace space(int channels, int classes) {
    return new SearchSpace(CELL, CELL, new Patches(channels, classes));
  }
}
