package io.github.oche.space;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.GraphBuilder;
import io.github.oche.engine.Node;
import io.github.oche.engine.Output;
import io.github.oche.engine.Shape;
import io.github.oche.engine.Window;

/**
 * The network of the DARTS paper for large images: three 3x3 convolutions that each halve the
 * sides, and then what {@link DartsMacro} has behind its stem. The paper has 48 channels and 14
 * cells for 1000 classes of 224x224 images.
 *
 * @param image shape of an image; both sides must be multiples of 32 (of 16 with a single cell)
 * @param channels of the first cell's nodes, even, 2 to 4096
 * @param cells 1 to 1000
 * @param classes at least 2
 * @param auxiliaryWeight weight in the loss of the head after cell {@code 2 * cells / 3}; 0: there
 *     is none. The head wants maps of 7x7 or 8x8, so images of 224x224 or 256x256 and two cells or
 *     more
 * @see <a href="https://arxiv.org/abs/1806.09055">Liu, Simonyan, Yang (2019), section 3.3</a>
 */
public record ImageNetMacro(
    Shape image, int channels, int cells, int classes, double auxiliaryWeight)
    implements MacroNetwork {
  private static final int STEM_FACTOR = 8;

  /** Checks the ranges. */
  public ImageNetMacro {
    checkArgument(
        channels >= 2 && channels <= 4096 && channels % 2 == 0,
        "channels is %s, expected an even number from 2 to 4096",
        channels);
    checkArgument(cells >= 1 && cells <= 1000, "cells is %s, expected 1 to 1000", cells);
    checkArgument(
        classes >= 2 && classes <= 1_000_000, "classes is %s, expected 2 to 1000000", classes);
    checkArgument(
        auxiliaryWeight >= 0 && Double.isFinite(auxiliaryWeight),
        "auxiliary weight is %s, expected 0 or a positive number",
        auxiliaryWeight);
    int factor = STEM_FACTOR << CellStack.reductions(cells);
    DartsMacro.checkSide("height", image.height(), factor);
    DartsMacro.checkSide("width", image.width(), factor);
    if (auxiliaryWeight > 0) {
      checkArgument(
          hasHead(image.height() / factor) && hasHead(image.width() / factor) && cells > 1,
          "an auxiliary head needs images of 224x224 or 256x256 and at least two cells, not %s and %s: resize the images, or set its weight to 0",
          image,
          cells);
    }
  }

  /** Two windows of 5 with stride 2 fit, and no third. */
  private static boolean hasHead(int side) {
    return side == 7 || side == 8;
  }

  /** The same without an auxiliary head. */
  public static ImageNetMacro of(Shape image, int channels, int cells, int classes) {
    return new ImageNetMacro(image, channels, cells, classes, 0);
  }

  /** The same network with an auxiliary head of this weight; 0 for none. */
  public ImageNetMacro withAuxiliary(double weight) {
    return new ImageNetMacro(image, channels, cells, classes, weight);
  }

  @Override
  public ImmutableList<Output> build(GraphBuilder g, CellBuilder cellBuilder, Style style) {
    Node images = g.input(image.channels(), image.height(), image.width());
    Window halving = Window.square(3, 2, 1, 1);
    GraphBuilder stem0 = g.at("stem0");
    Node half = stem0.batchNorm("1", stem0.convolution("0", images, channels / 2, halving), true);
    Node quarter =
        stem0.batchNorm("4", stem0.convolution("3", stem0.relu(half), channels, halving), true);
    GraphBuilder stem1 = g.at("stem1");
    Node eighth =
        stem1.batchNorm("2", stem1.convolution("1", stem1.relu(quarter), channels, halving), true);
    return new CellStack(channels, cells, classes, auxiliaryWeight)
        .build(g, cellBuilder, style, quarter, eighth, true, ImageNetMacro::auxiliaryFeatures);
  }

  /**
   * Two more convolutions on maps of 7x7, to one pixel; the published head has no batch norm behind
   * the second.
   */
  private static Node auxiliaryFeatures(GraphBuilder g, Node x) {
    Node pooled = g.averagePool(g.relu(x), 5, 2, 0); // [C, 2, 2]
    Node narrow = g.relu(g.batchNorm("features.3", g.pointwise("features.2", pooled, 128), true));
    return g.relu(g.convolution("features.5", narrow, 768, Window.square(2, 1, 0, 1)));
  }
}
