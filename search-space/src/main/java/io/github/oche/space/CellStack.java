package io.github.oche.space;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.GraphBuilder;
import io.github.oche.engine.Node;
import io.github.oche.engine.Output;

/**
 * What the published networks have in common behind their stems: cells that each read the last two,
 * of which those at a third and at two thirds of the depth are reductions, the mean over the image,
 * and a linear classifier.
 */
record CellStack(int channels, int cells, int classes, double auxiliaryWeight) {
  /** The cell that the auxiliary head reads is the second reduction. */
  static int auxiliaryCell(int cells) {
    return 2 * cells / 3;
  }

  static boolean isReduction(int cell, int cells) {
    return cell == cells / 3 || cell == 2 * cells / 3;
  }

  /** How often the cells halve the sides. */
  static int reductions(int cells) {
    return cells == 1 ? 1 : 2;
  }

  /** Makes the features of an auxiliary head: one pixel. */
  @FunctionalInterface
  interface Head {
    Node features(GraphBuilder g, Node x);
  }

  /**
   * Builds everything behind the stem.
   *
   * @param older state before {@code newer}
   * @param halfSized whether {@code newer} has half the sides of {@code older}
   */
  ImmutableList<Output> build(
      GraphBuilder g,
      CellBuilder cellBuilder,
      Style style,
      Node older,
      Node newer,
      boolean halfSized,
      Head head) {
    Node beforeLast = older;
    Node last = newer;
    int width = channels;
    boolean afterReduction = halfSized;
    ImmutableList.Builder<Output> auxiliary = ImmutableList.builder();
    for (int i = 0; i < cells; i++) {
      boolean reduction = isReduction(i, cells);
      width *= reduction ? 2 : 1;
      GraphBuilder in = g.at("cells." + i);
      GraphBuilder preprocess0 = in.at("preprocess0");
      Node first =
          afterReduction
              ? Blocks.factorizedReduce(preprocess0, beforeLast, width, style)
              : Blocks.reluConvNorm(preprocess0, beforeLast, width, style);
      Node second = Blocks.reluConvNorm(in.at("preprocess1"), last, width, style);
      Node output = cellBuilder.cell(in, ImmutableList.of(first, second), width, reduction);
      beforeLast = last;
      last = output;
      afterReduction = reduction;
      if (auxiliaryWeight > 0 && i == auxiliaryCell(cells)) {
        GraphBuilder at = g.at("auxiliary_head");
        Node logits = at.linear("classifier", head.features(at, output), classes);
        auxiliary.add(new Output(DartsMacro.AUXILIARY_LOGITS, logits, auxiliaryWeight));
      }
    }
    Node logits = g.linear("classifier", g.globalAveragePool(last), classes);
    return ImmutableList.<Output>builder()
        .add(new Output(DartsMacro.LOGITS, logits, 1))
        .addAll(auxiliary.build())
        .build();
  }
}
