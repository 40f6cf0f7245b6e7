package io.github.oche.space;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.GraphBuilder;
import io.github.oche.engine.Node;
import io.github.oche.engine.Output;
import io.github.oche.engine.Shape;
import io.github.oche.engine.Window;

/**
 * The network of the DARTS paper for small images: a 3x3 convolution to three times the channels,
 * cells of which those at a third and at two thirds of the depth halve the sides and double the
 * channels, the mean over the image, a linear classifier.
 *
 * <p>Each cell reads the outputs of the last two; both are brought to its channels first, and the
 * older one to its size. With one or two cells, the published formula makes all of them reductions.
 *
 * @param image shape of an image; both sides must be multiples of 4 (of 2 with a single cell)
 * @param channels of the first cell's nodes, 1 to 4096
 * @param cells 1 to 1000
 * @param classes at least 2
 * @param auxiliaryWeight weight in the loss of the head after cell {@code 2 * cells / 3}; 0: there
 *     is none. The head wants maps of 8x8, so images of 32x32 and two cells or more
 * @see <a href="https://arxiv.org/abs/1806.09055">Liu, Simonyan, Yang (2019), section 3.1.1 and
 *     appendix A</a>
 */
public record DartsMacro(Shape image, int channels, int cells, int classes, double auxiliaryWeight)
    implements MacroNetwork {
  /** The name of the classifier's output. */
  public static final String LOGITS = "logits";

  /** The name of the auxiliary head's output. */
  public static final String AUXILIARY_LOGITS = "logits_aux";

  private static final int STEM_MULTIPLIER = 3;

  /** Checks the ranges. */
  public DartsMacro {
    checkArgument(
        channels >= 1 && channels <= 4096, "channels is %s, expected 1 to 4096", channels);
    checkArgument(cells >= 1 && cells <= 1000, "cells is %s, expected 1 to 1000", cells);
    checkArgument(
        classes >= 2 && classes <= 1_000_000, "classes is %s, expected 2 to 1000000", classes);
    checkArgument(
        auxiliaryWeight >= 0 && Double.isFinite(auxiliaryWeight),
        "auxiliary weight is %s, expected 0 or a positive number",
        auxiliaryWeight);
    int factor = 1 << CellStack.reductions(cells);
    checkSide("height", image.height(), factor);
    checkSide("width", image.width(), factor);
    if (auxiliaryWeight > 0) {
      checkArgument(
          image.height() == 8 * factor && image.width() == 8 * factor && cells > 1,
          "an auxiliary head needs images of 32x32 and at least two cells, not %s and %s: pad or resize the images, or set its weight to 0",
          image,
          cells);
    }
  }

  static void checkSide(String name, int side, int factor) {
    int nearest = Math.max(factor, (side + factor / 2) / factor * factor);
    checkArgument(
        side % factor == 0,
        "image %s is %s, expected a multiple of %s, because reductions halve it; the nearest is %s",
        name,
        side,
        factor,
        nearest);
  }

  /** The same without an auxiliary head. */
  public static DartsMacro of(Shape image, int channels, int cells, int classes) {
    return new DartsMacro(image, channels, cells, classes, 0);
  }

  /** The same network with an auxiliary head of this weight; 0 for none. */
  public DartsMacro withAuxiliary(double weight) {
    return new DartsMacro(image, channels, cells, classes, weight);
  }

  /** Whether this cell (0 is the first) halves the sides and doubles the channels. */
  public boolean isReduction(int cell) {
    return CellStack.isReduction(cell, cells);
  }

  @Override
  public ImmutableList<Output> build(GraphBuilder g, CellBuilder cellBuilder, Style style) {
    Node images = g.input(image.channels(), image.height(), image.width());
    Node stem =
        g.convolution("stem.0", images, STEM_MULTIPLIER * channels, Window.square(3, 1, 1, 1));
    Node stemmed =
        g.batchNorm("stem.1", stem, true); // the one batch norm of a supernet that is affine
    return new CellStack(channels, cells, classes, auxiliaryWeight)
        .build(g, cellBuilder, style, stemmed, stemmed, false, DartsMacro::auxiliaryFeatures);
  }

  /** Two more convolutions on maps of 8x8, to one pixel; always affine. */
  private static Node auxiliaryFeatures(GraphBuilder g, Node x) {
    Node pooled = g.averagePool(g.relu(x), 5, 3, 0); // [C, 2, 2]
    Node narrow = g.relu(g.batchNorm("features.3", g.pointwise("features.2", pooled, 128), true));
    Node wide = g.convolution("features.5", narrow, 768, Window.square(2, 1, 0, 1)); // [768, 1, 1]
    return g.relu(g.batchNorm("features.6", wide, true));
  }
}
