package io.github.oche.space;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import io.github.oche.engine.GraphBuilder;
import io.github.oche.engine.Node;
import io.github.oche.engine.Shape;
import io.github.oche.engine.Window;
import java.util.Arrays;

/**
 * The operations of the published spaces, with the parameter names of the published code.
 *
 * <p>Convolutions are padded so that stride 1 keeps the size, and have no bias.
 *
 * @see <a href="https://arxiv.org/abs/1806.09055">Liu, Simonyan, Yang (2019), DARTS</a>
 * @see <a href="https://arxiv.org/abs/1707.07012">Zoph, Vasudevan, Shlens, Le (2018), NASNet</a>
 * @see <a href="https://arxiv.org/abs/1910.05733">Dong, Yang (2019), SETN: {@code conv_3x1_1x3}</a>
 */
public enum Primitive implements Operation {
  /** Zeros: the edge is not there. */
  NONE {
    @Override
    public Node apply(GraphBuilder g, Node x, int channels, int stride, Style style) {
      Shape s = x.shape();
      return g.zeros(new Shape(channels, ceil(s.height(), stride), ceil(s.width(), stride)));
    }
  },

  /** The largest of 3x3 values; padding is ignored. */
  MAX_POOL_3X3 {
    @Override
    public Node apply(GraphBuilder g, Node x, int channels, int stride, Style style) {
      return pooled(g, g.maxPool(x, 3, stride, 1), style);
    }
  },

  /** The mean of 3x3 values; padding is not counted. */
  AVG_POOL_3X3 {
    @Override
    public Node apply(GraphBuilder g, Node x, int channels, int stride, Style style) {
      return pooled(g, g.averagePool(x, 3, stride, 1), style);
    }
  },

  /** The identity; at stride 2 {@link Blocks#factorizedReduce}. */
  SKIP_CONNECT {
    @Override
    public Node apply(GraphBuilder g, Node x, int channels, int stride, Style style) {
      return stride == 1 ? x : Blocks.factorizedReduce(g, x, channels, style);
    }
  },

  /** Twice: ReLU, depthwise 3x3, pointwise, batch norm; the stride is the first one's. */
  SEP_CONV_3X3 {
    @Override
    public Node apply(GraphBuilder g, Node x, int channels, int stride, Style style) {
      return separable(g, x, channels, 3, stride, style);
    }
  },

  /** Twice: ReLU, depthwise 5x5, pointwise, batch norm. */
  SEP_CONV_5X5 {
    @Override
    public Node apply(GraphBuilder g, Node x, int channels, int stride, Style style) {
      return separable(g, x, channels, 5, stride, style);
    }
  },

  /** Twice: ReLU, depthwise 7x7, pointwise, batch norm. */
  SEP_CONV_7X7 {
    @Override
    public Node apply(GraphBuilder g, Node x, int channels, int stride, Style style) {
      return separable(g, x, channels, 7, stride, style);
    }
  },

  /** ReLU, depthwise 3x3 with dilation 2, pointwise, batch norm. */
  DIL_CONV_3X3 {
    @Override
    public Node apply(GraphBuilder g, Node x, int channels, int stride, Style style) {
      return depthwisePointwise(g, x, channels, Window.square(3, stride, 2, 2), 0, style);
    }
  },

  /** ReLU, depthwise 5x5 with dilation 2, pointwise, batch norm. */
  DIL_CONV_5X5 {
    @Override
    public Node apply(GraphBuilder g, Node x, int channels, int stride, Style style) {
      return depthwisePointwise(g, x, channels, Window.square(5, stride, 4, 2), 0, style);
    }
  },

  /** ReLU, dense 1x7, dense 7x1, batch norm; each has the stride in its own direction. */
  CONV_7X1_1X7 {
    @Override
    public Node apply(GraphBuilder g, Node x, int channels, int stride, Style style) {
      Node row = g.convolution("1", g.relu(x), channels, new Window(1, 7, 1, stride, 0, 3, 1));
      Node column = g.convolution("2", row, channels, new Window(7, 1, stride, 1, 3, 0, 1));
      return g.batchNorm("3", column, style.affine());
    }
  },

  /** ReLU, dense 1x3, dense 3x1, batch norm; each has the stride in its own direction. */
  CONV_3X1_1X3 {
    @Override
    public Node apply(GraphBuilder g, Node x, int channels, int stride, Style style) {
      Node row = g.convolution("op.1", g.relu(x), channels, new Window(1, 3, 1, stride, 0, 1, 1));
      Node column = g.convolution("op.2", row, channels, new Window(3, 1, stride, 1, 1, 0, 1));
      return g.batchNorm("op.3", column, style.affine());
    }
  };

  private static final ImmutableMap<String, Primitive> BY_NAME =
      Maps.uniqueIndex(Arrays.asList(values()), Primitive::text);

  private final String text = Ascii.toLowerCase(name());

  /** The published name: {@code sep_conv_3x3}. */
  public String text() {
    return text;
  }

  /** This operation under its published name. */
  public Candidate candidate() {
    return new Candidate(text, this);
  }

  /** The published names of all. */
  public static ImmutableSet<String> names() {
    return BY_NAME.keySet();
  }

  /** All of them under their published names. */
  public static ImmutableList<Candidate> candidates() {
    return Arrays.stream(values())
        .map(Primitive::candidate)
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * Returns the operation of a published name.
   *
   * @throws IllegalArgumentException naming the nearest one, if there is none
   */
  public static Primitive named(String name) {
    Primitive primitive = BY_NAME.get(name);
    if (primitive == null) {
      throw new IllegalArgumentException(
          "unknown operation "
              + Texts.quote(name)
              + "; nearest known: "
              + Nearest.to(name, BY_NAME.keySet()));
    }
    return primitive;
  }

  private static int ceil(int side, int stride) {
    return (side + stride - 1) / stride;
  }

  private static Node pooled(GraphBuilder g, Node pool, Style style) {
    return style.normalisesPooling() ? g.batchNorm("1", pool, false) : pool;
  }

  private static Node separable(
      GraphBuilder g, Node x, int channels, int size, int stride, Style style) {
    Node first =
        depthwisePointwise(
            g, x, x.shape().channels(), Window.square(size, stride, size / 2, 1), 0, style);
    return depthwisePointwise(g, first, channels, Window.square(size, 1, size / 2, 1), 4, style);
  }

  private static Node depthwisePointwise(
      GraphBuilder g, Node x, int channels, Window window, int at, Style style) {
    Node depthwise = g.depthwise("op." + (at + 1), g.relu(x), window);
    return g.batchNorm(
        "op." + (at + 3), g.pointwise("op." + (at + 2), depthwise, channels), style.affine());
  }
}
