package io.github.oche.engine;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Small networks that hold each operation, and each way in which operations are fused. */
final class GraphCases {
  private static final Shape STATE = new Shape(5, 5, 7);
  private static final Window THREE = Window.square(3, 1, 1, 1);
  private static final Window FIVE = Window.square(5, 1, 2, 1);

  private final List<GraphCase> cases = new ArrayList<>();

  private GraphCases() {}

  static ImmutableList<GraphCase> all() {
    GraphCases c = new GraphCases();
    c.convolutions();
    c.depthwise();
    c.norms();
    c.pools();
    c.sums();
    c.joins();
    c.dropPaths();
    c.rectifiers();
    c.networks();
    return ImmutableList.copyOf(c.cases);
  }

  private void add(String name, Shape state, int batch, GraphCase.Body body) {
    cases.add(GraphCase.of(name, state, batch, body));
  }

  private void add(String name, GraphCase.Body body) {
    add(name, STATE, 2, body);
  }

  private void convolutions() {
    for (int channels : new int[] {1, 3, 4, 8, 16, 20, 32}) {
      Shape s = new Shape(channels, 3, 5);
      add("pointwise " + channels + " to 6", s, 2, (g, x) -> g.pointwise("c", x, 6));
      add(
          "pointwise 3 to " + channels,
          new Shape(3, 3, 5),
          2,
          (g, x) -> g.pointwise("c", x, channels));
      add("3x3 of " + channels, s, 1, (g, x) -> g.convolution("c", x, 5, THREE));
    }
    for (Window w :
        List.of(
            new Window(1, 7, 1, 1, 0, 3, 1),
            new Window(7, 1, 1, 1, 3, 0, 1),
            new Window(1, 7, 1, 2, 0, 3, 1),
            new Window(7, 1, 2, 1, 3, 0, 1),
            new Window(2, 2, 1, 1, 0, 0, 1),
            new Window(2, 2, 2, 2, 1, 1, 1),
            new Window(3, 3, 2, 2, 1, 1, 1),
            new Window(3, 3, 1, 1, 2, 2, 2),
            new Window(3, 3, 2, 1, 2, 2, 2),
            new Window(3, 2, 1, 3, 1, 0, 1),
            new Window(1, 1, 2, 2, 0, 0, 1),
            new Window(1, 1, 1, 2, 0, 0, 1),
            new Window(5, 5, 1, 1, 4, 4, 1))) {
      String name = "convolution " + w;
      add(name, (g, x) -> g.convolution("c", x, 9, w));
      add(name + " of ReLU", new Shape(9, 5, 7), 2, (g, x) -> g.convolution("c", g.relu(x), 5, w));
    }
    for (int batch : new int[] {1, 2, 5, 17}) {
      add("3x3", STATE, batch, (g, x) -> g.convolution("c", x, 8, THREE));
      add("pointwise", STATE, batch, (g, x) -> g.pointwise("c", x, 17));
    }
    add(
        "pointwise in bands of rows",
        new Shape(3, 6, 300),
        2,
        (g, x) -> {
          Node wide = g.batchNorm("n", g.pointwise("a", x, 40), true);
          return g.pointwise("c", g.pointwise("b", g.relu(wide), 40), 3);
        });
    add("one pixel", new Shape(5, 1, 1), 5, (g, x) -> g.convolution("c", g.relu(x), 5, THREE));
    add(
        "7x7 of 3x2",
        new Shape(3, 3, 2),
        2,
        (g, x) -> g.convolution("c", x, 5, Window.square(7, 1, 3, 1)));
    add(
        "several read one state",
        (g, x) ->
            g.add(
                List.of(
                    g.convolution("a", x, 6, THREE),
                    g.pointwise("b", x, 6),
                    g.convolution("c", g.relu(x), 6, new Window(1, 7, 1, 1, 0, 3, 1)),
                    g.depthwise("d", g.pointwise("e", g.relu(x), 6), THREE))));
    add(
        "convolutions of images",
        new Shape(4, 4, 6),
        3,
        (g, x) -> {
          Node image = g.input(2, 4, 6);
          Node depthwise = g.pointwise("b", g.depthwise("a", g.relu(image), THREE), 4);
          return g.add(List.of(x, g.pointwise("c", image, 4), depthwise));
        });
    for (int channels : new int[] {2, 6, 8, 16, 20, 40}) {
      add(
          "factorized reduce to " + channels,
          new Shape(6, 4, 6),
          2,
          (g, x) -> g.factorizedReduce("a", "b", x, channels));
    }
    add(
        "factorized reduce of ReLU",
        new Shape(17, 6, 2),
        17,
        (g, x) -> g.factorizedReduce("a", "b", g.relu(x), 6));
    add(
        "factorized reduce of two images",
        new Shape(3, 2, 2),
        2,
        (g, x) -> g.factorizedReduce("a", "b", x, 4));
  }

  private void depthwise() {
    for (Window w :
        List.of(
            THREE,
            FIVE,
            Window.square(7, 1, 3, 1),
            Window.square(3, 2, 1, 1),
            Window.square(5, 2, 2, 1),
            Window.square(3, 1, 2, 2),
            Window.square(5, 1, 4, 2),
            Window.square(3, 2, 2, 2),
            Window.square(5, 2, 4, 2),
            Window.square(3, 1, 0, 1),
            Window.square(1, 1, 0, 1),
            Window.square(2, 1, 1, 1),
            new Window(1, 5, 1, 1, 0, 2, 1),
            new Window(5, 3, 2, 2, 1, 2, 1))) {
      add("depthwise " + w, (g, x) -> g.depthwise("d", x, w));
      add(
          "depthwise " + w + " of ReLU",
          new Shape(9, 5, 7),
          2,
          (g, x) -> g.depthwise("d", g.relu(x), w));
      add("separable " + w, (g, x) -> g.pointwise("p", g.depthwise("d", x, w), 9));
      add(
          "separable " + w + " of ReLU",
          new Shape(9, 5, 7),
          2,
          (g, x) -> g.pointwise("p", g.depthwise("d", g.relu(x), w), 5));
    }
    for (int channels : new int[] {1, 3, 4, 8, 16, 20, 32}) {
      Shape s = new Shape(channels, 4, 5);
      add(
          "separable of " + channels,
          s,
          2,
          (g, x) -> g.pointwise("p", g.depthwise("d", g.relu(x), THREE), channels));
    }
    for (int batch : new int[] {1, 2, 5, 17}) {
      add(
          "separable",
          STATE,
          batch,
          (g, x) -> g.pointwise("p", g.depthwise("d", g.relu(x), FIVE), 5));
    }
    for (Shape s : List.of(new Shape(5, 1, 1), new Shape(3, 1, 4), new Shape(9, 2, 3))) {
      add(
          "separable 5x5 of " + s,
          s,
          5,
          (g, x) -> g.pointwise("p", g.depthwise("d", g.relu(x), FIVE), 5));
      add(
          "separable 5x5 with stride 2 of " + s,
          s,
          5,
          (g, x) -> g.pointwise("p", g.depthwise("d", x, Window.square(5, 2, 2, 1)), 5));
      add("depthwise 7x7 of " + s, s, 2, (g, x) -> g.depthwise("d", x, Window.square(7, 1, 3, 1)));
    }
    add("depthwise of depthwise", (g, x) -> g.depthwise("a", g.depthwise("b", x, THREE), FIVE));
    add(
        "depthwise with two readers",
        (g, x) -> {
          Node d = g.depthwise("d", g.relu(x), THREE);
          return g.add(List.of(g.pointwise("a", d, 4), g.pointwise("b", d, 4)));
        });
    add(
        "depthwise read by a pointwise with stride",
        (g, x) ->
            g.convolution("p", g.depthwise("d", x, THREE), 4, new Window(1, 1, 2, 2, 0, 0, 1)));
    add(
        "two separable of one ReLU",
        (g, x) ->
            g.add(
                List.of(
                    g.pointwise("p", g.depthwise("d", g.relu(x), THREE), 4),
                    g.pointwise("q", g.depthwise("e", g.relu(x), Window.square(5, 1, 4, 2)), 4))));
    add(
        "a padded copy for all kinds",
        new Shape(9, 4, 6),
        2,
        (g, x) ->
            g.add(
                List.of(
                    g.pointwise("p", g.depthwise("d", g.relu(x), Window.square(3, 2, 1, 1)), 4),
                    g.pointwise("q", g.depthwise("e", g.relu(x), Window.square(5, 2, 2, 1)), 4),
                    g.convolution("c", g.relu(x), 4, Window.square(3, 2, 1, 1)),
                    g.pointwise(
                        "s", g.depthwise("t", g.relu(x), new Window(1, 1, 2, 2, 0, 0, 1)), 4),
                    g.factorizedReduce("f", "h", g.relu(x), 4))));
  }

  private static Node norm(GraphBuilder g, String name, Node x) {
    return g.batchNorm(name, x, true);
  }

  private static Node block(GraphBuilder g, String name, Node x, Window w, int channels) {
    Node d = g.depthwise(name + ".d", g.relu(x), w);
    return g.batchNorm(name + ".n", g.pointwise(name + ".p", d, channels), false);
  }

  private void norms() {
    add(
        "a norm after a sum of its input and a norm",
        (g, x) -> {
          Node other = g.batchNorm("other", g.pointwise("c", x, 5), true);
          Node z = g.pointwise("z", x, 5);
          Node sum = g.relu(g.add(List.of(z, other)));
          return g.add(List.of(sum, g.batchNorm("own", z, true)));
        });
    for (boolean affine : new boolean[] {true, false}) {
      String kind = affine ? "affine norm" : "norm";
      norm(kind + " of 3x3", affine, (g, x) -> g.convolution("c", x, 6, THREE));
      norm(kind + " of pointwise", affine, (g, x) -> g.pointwise("c", x, 9));
      norm(kind + " of depthwise", affine, (g, x) -> g.depthwise("c", g.relu(x), THREE));
      norm(
          kind + " of separable",
          affine,
          (g, x) -> g.pointwise("p", g.depthwise("c", g.relu(x), THREE), 6));
      norm(kind + " of sum", affine, (g, x) -> x);
      norm(kind + " of ReLU", affine, (g, x) -> g.relu(x));
      norm(kind + " of max pool", affine, (g, x) -> g.maxPool(x, 3, 1, 1));
      norm(kind + " of average pool", affine, (g, x) -> g.averagePool(x, 3, 1, 1));
      norm(kind + " of join", affine, (g, x) -> g.concat(List.of(x, g.pointwise("c", x, 4))));
      norm(
          kind + " of join of sums",
          affine,
          (g, x) ->
              g.concat(
                  List.of(
                      g.add(List.of(g.pointwise("a", x, 16), g.pointwise("b", x, 16))),
                      g.add(List.of(g.pointwise("c", x, 16), g.pointwise("d", x, 16))))));
      norm(kind + " of norm", affine, (g, x) -> norm(g, "m", g.pointwise("c", x, 6)));
      norm(kind + " of images", affine, (g, x) -> g.input(2, 5, 7));
      norm(kind + " of drop path", affine, (g, x) -> g.dropPath(g.pointwise("c", x, 6)));
      norm(kind + " of zeros", affine, (g, x) -> g.zeros(new Shape(6, 5, 7)));
      norm(
          kind + " of a sum of zeros",
          affine,
          (g, x) -> g.add(List.of(g.zeros(new Shape(6, 5, 7)), g.zeros(new Shape(6, 5, 7)))));
    }
    norm(
        "norm of factorized reduce",
        true,
        new Shape(5, 4, 6),
        (g, x) -> g.factorizedReduce("a", "b", g.relu(x), 6));
    norm(
        "norm of convolution to a pixel",
        true,
        new Shape(5, 3, 3),
        (g, x) -> g.convolution("c", x, 6, Window.square(3, 1, 0, 1)));
    norm("norm of global average", true, new Shape(5, 3, 3), (g, x) -> g.globalAveragePool(x));
    for (int batch : new int[] {1, 2, 5, 17}) {
      add(
          "norms",
          STATE,
          batch,
          (g, x) ->
              g.add(
                  List.of(
                      norm(g, "n", g.pointwise("c", x, 6)),
                      g.batchNorm("m", g.pointwise("d", x, 6), false))));
    }
    add(
        "norm of an input that others read",
        (g, x) -> {
          Node c = g.pointwise("c", x, 6);
          return g.add(List.of(norm(g, "n", c), c, g.pointwise("d", g.relu(c), 6)));
        });
    add(
        "two norms of one input",
        (g, x) -> {
          Node c = g.pointwise("c", x, 6);
          return g.add(List.of(norm(g, "n", c), norm(g, "m", c)));
        });
    add(
        "stored norm of an input that others read",
        (g, x) -> {
          Node c = g.pointwise("c", x, 6);
          return g.add(List.of(g.maxPool(norm(g, "n", c), 3, 1, 1), g.averagePool(c, 3, 1, 1)));
        });
    add(
        "norm in a sum twice",
        (g, x) -> {
          Node n = norm(g, "n", g.pointwise("c", x, 6));
          return g.add(List.of(n, n));
        });
    add(
        "norm in two sums",
        (g, x) -> {
          Node n = norm(g, "n", g.pointwise("c", x, 6));
          Node a = g.add(List.of(n, g.pointwise("d", x, 6)));
          return g.concat(List.of(a, g.add(List.of(n, g.pointwise("e", g.relu(a), 6)))));
        });
    add(
        "norm with mixing weights in two sums",
        (g, x) -> {
          Mixture m = g.mixture("m", 2, 2);
          Node n = norm(g, "n", g.pointwise("c", x, 6));
          Node a =
              g.weightedSum(
                  List.of(m.weight(0, 0), m.weight(0, 1)), List.of(n, g.pointwise("d", x, 6)));
          Node b =
              g.weightedSum(
                  List.of(m.weight(1, 0), m.weight(0, 1)), List.of(n, g.pointwise("e", a, 6)));
          return g.concat(List.of(a, b));
        });
    add(
        "norm in a sum and through ReLU",
        (g, x) -> {
          Node n = norm(g, "n", g.pointwise("c", x, 6));
          return g.add(List.of(n, g.convolution("d", g.relu(n), 6, THREE)));
        });
    add(
        "norm in a sum and in a convolution",
        (g, x) -> {
          Node n = norm(g, "n", g.pointwise("c", x, 6));
          return g.add(List.of(n, g.convolution("d", n, 6, THREE)));
        });
    add(
        "norm read by two convolutions",
        (g, x) -> {
          Node n = norm(g, "n", g.pointwise("c", x, 6));
          return g.add(List.of(g.pointwise("d", n, 6), g.convolution("e", g.relu(n), 6, THREE)));
        });
    add(
        "norm read by three convolutions",
        (g, x) -> {
          Node n = norm(g, "n", g.pointwise("c", x, 6));
          Node r = g.relu(n);
          return g.add(
              List.of(
                  g.pointwise("d", n, 6), g.convolution("e", r, 6, THREE), g.pointwise("f", r, 6)));
        });
    add(
        "norm read through a padded copy",
        (g, x) -> {
          Node n = norm(g, "n", g.pointwise("c", x, 9));
          return g.add(List.of(block(g, "a", n, THREE, 9), block(g, "b", n, FIVE, 9), n));
        });
    add(
        "norm read through ReLU by a join",
        (g, x) -> {
          Node n = norm(g, "n", g.pointwise("c", x, 6));
          return g.concat(List.of(g.relu(n), g.convolution("d", g.relu(n), 3, THREE)));
        });
    for (Window w :
        List.of(
            THREE,
            new Window(1, 7, 1, 1, 0, 3, 1),
            new Window(1, 1, 2, 2, 0, 0, 1),
            Window.point())) {
      add(
          "norm, ReLU, dense " + w,
          (g, x) -> g.convolution("d", g.relu(norm(g, "n", g.pointwise("c", x, 9))), 6, w));
      add(
          "norm, dense " + w,
          (g, x) -> g.convolution("d", norm(g, "n", g.pointwise("c", x, 9)), 6, w));
    }
    for (Window w : List.of(THREE, Window.square(5, 2, 2, 1), Window.square(3, 1, 2, 2))) {
      add(
          "norm, ReLU, separable " + w,
          (g, x) ->
              g.pointwise(
                  "p", g.depthwise("d", g.relu(norm(g, "n", g.pointwise("c", x, 9))), w), 6));
      add(
          "norm, separable " + w,
          (g, x) -> g.pointwise("p", g.depthwise("d", norm(g, "n", g.pointwise("c", x, 9)), w), 6));
      add(
          "norm, ReLU, depthwise " + w,
          (g, x) -> g.depthwise("d", g.relu(norm(g, "n", g.pointwise("c", x, 9))), w));
    }
    add(
        "norm, factorized reduce",
        new Shape(6, 4, 6),
        2,
        (g, x) -> g.factorizedReduce("d", "e", norm(g, "n", g.pointwise("c", x, 6)), 6));
    add(
        "published separable convolution",
        new Shape(8, 6, 6),
        2,
        (g, x) -> block(g, "b", block(g, "a", x, Window.square(3, 2, 1, 1), 8), THREE, 8));
    add(
        "norm of two pixels' difference",
        new Shape(3, 1, 1),
        5,
        (g, x) -> g.pointwise("d", g.relu(norm(g, "n", g.pointwise("c", x, 3))), 3));
  }

  private void norm(String name, boolean affine, GraphCase.Body producer) {
    norm(name, affine, STATE, producer);
  }

  /** A norm read lazily by a sum, by a convolution, and stored. */
  private void norm(String name, boolean affine, Shape state, GraphCase.Body producer) {
    add(
        name + ", in a sum",
        state,
        3,
        (g, x) -> {
          Node n = g.batchNorm("n", producer.apply(g, x), affine);
          Node other = g.zeros(n.shape());
          Node y =
              g.weightedSum(
                  List.of(g.mixture("m", 1, 2).weight(0, 0), MixtureWeight.ONE), List.of(n, other));
          return beside(g, x, y);
        });
    add(
        name + ", in a convolution",
        state,
        3,
        (g, x) -> {
          Node n = g.batchNorm("n", producer.apply(g, x), affine);
          return beside(g, x, g.pointwise("r", g.relu(n), 4));
        });
    add(
        name + ", stored",
        state,
        3,
        (g, x) -> {
          Node n = g.batchNorm("n", producer.apply(g, x), affine);
          return beside(g, x, g.averagePool(n, 1, 1, 0));
        });
    add(
        name + ", alone",
        state,
        3,
        (g, x) -> beside(g, x, g.batchNorm("n", producer.apply(g, x), affine)));
  }

  /** Reads x too, which y need not depend on. */
  private static Node beside(GraphBuilder g, Node x, Node y) {
    Window all = new Window(y.shape().height(), y.shape().width(), 1, 1, 0, 0, 1);
    return g.concat(List.of(g.convolution("y", y, 4, all), g.globalAveragePool(g.relu(x))));
  }

  private void pools() {
    for (boolean max : new boolean[] {true, false}) {
      String kind = max ? "max pool " : "average pool ";
      for (int[] p :
          new int[][] {
            {3, 1, 1}, {3, 2, 1}, {2, 2, 0}, {2, 1, 1}, {5, 3, 0}, {1, 1, 0}, {1, 2, 0}, {5, 2, 2}
          }) {
        GraphCase.Body body =
            (g, x) -> max ? g.maxPool(x, p[0], p[1], p[2]) : g.averagePool(x, p[0], p[1], p[2]);
        String name = kind + p[0] + "x" + p[0] + " stride " + p[1] + " padding " + p[2];
        add(name, body);
        add(name + " of ReLU", new Shape(9, 6, 6), 3, (g, x) -> body.apply(g, g.relu(x)));
      }
      add(
          kind + "of one pixel",
          new Shape(4, 1, 1),
          3,
          (g, x) -> max ? g.maxPool(x, 3, 1, 1) : g.averagePool(x, 3, 2, 1));
      add(
          kind + "normalised, beside its input",
          (g, x) -> {
            Node p = max ? g.maxPool(x, 3, 1, 1) : g.averagePool(x, 3, 1, 1);
            return g.add(List.of(x, g.batchNorm("n", p, false), p));
          });
    }
    for (Shape s : List.of(new Shape(1, 2, 2), new Shape(17, 5, 3), new Shape(4, 1, 1))) {
      add("global average of " + s, s, 2, (g, x) -> g.globalAveragePool(x));
      add(
          "global average of ReLU of " + s,
          s,
          17,
          (g, x) -> g.pointwise("p", g.relu(g.globalAveragePool(g.relu(x))), 4));
    }
  }

  private void sums() {
    add(
        "images before what has weights",
        (g, x) -> {
          Node image = g.input(2, x.shape().height(), x.shape().width());
          Node part =
              g.add(List.of(g.maxPool(image, 3, 1, 1), g.averagePool(image, 3, 1, 1), image));
          return g.concat(List.of(g.add(List.of(part, g.batchNorm("n", image, true))), x));
        });
    Shape zero = STATE;
    add("x + x", (g, x) -> g.add(List.of(x, x)));
    add(
        "x + x of a convolution",
        (g, x) -> {
          Node c = g.pointwise("c", x, 5);
          return g.add(List.of(c, c, x));
        });
    add("sum of one", (g, x) -> g.add(List.of(g.pointwise("c", x, 5))));
    add("x + 0", (g, x) -> g.add(List.of(g.zeros(zero), x, g.zeros(zero))));
    add("x + (0 + 0)", (g, x) -> g.add(List.of(x, g.add(List.of(g.zeros(zero), g.zeros(zero))))));
    add(
        "zeros alone beside x",
        (g, x) -> g.concat(List.of(x, g.zeros(zero), g.relu(g.zeros(zero)))));
    add(
        "a convolution of zeros",
        (g, x) ->
            g.add(
                List.of(
                    x,
                    g.pointwise("c", g.zeros(zero), 5),
                    g.pointwise("d", g.relu(g.add(List.of(g.zeros(zero), g.zeros(zero)))), 5))));
    add(
        "sums of sums",
        (g, x) -> {
          Node a = g.add(List.of(g.pointwise("a", x, 5), x));
          Node b = g.add(List.of(a, g.pointwise("b", x, 5)));
          return g.add(List.of(b, g.add(List.of(g.pointwise("c", x, 5), g.pointwise("d", x, 5)))));
        });
    add(
        "a sum in two sums",
        (g, x) -> {
          Node a = g.add(List.of(g.pointwise("a", x, 5), x));
          Node b = g.add(List.of(a, g.pointwise("b", g.relu(a), 5)));
          return g.add(List.of(a, b));
        });
    add(
        "a sum twice in a sum",
        (g, x) -> {
          Node a = g.add(List.of(g.pointwise("a", x, 5), x));
          return g.add(List.of(a, a));
        });
    add(
        "mixtures of mixtures",
        (g, x) -> {
          Mixture m = g.mixture("m", 2, 3);
          Node a =
              g.weightedSum(
                  List.of(m.weight(0, 0), m.weight(0, 1), m.weight(0, 2)),
                  List.of(g.pointwise("a", x, 5), g.zeros(zero), x));
          Node b =
              g.weightedSum(
                  List.of(m.weight(1, 0), m.weight(1, 1)),
                  List.of(a, norm(g, "n", g.pointwise("b", x, 5))));
          return g.add(List.of(b, g.weightedSum(List.of(m.weight(1, 2)), List.of(g.zeros(zero)))));
        });
    add(
        "one mixing weight in two nodes, and twice in one",
        (g, x) -> {
          Mixture m = g.mixture("m", 1, 2);
          Node a =
              g.weightedSum(
                  List.of(m.weight(0, 0), m.weight(0, 0)), List.of(x, g.pointwise("a", x, 5)));
          return g.weightedSum(
              List.of(m.weight(0, 1), m.weight(0, 0)),
              List.of(a, norm(g, "n", g.pointwise("b", a, 5))));
        });
    add(
        "the same node under two mixing weights",
        (g, x) -> {
          Mixture m = g.mixture("m", 1, 2);
          Node n = norm(g, "n", g.pointwise("b", x, 5));
          return g.weightedSum(
              List.of(m.weight(0, 0), m.weight(0, 1), MixtureWeight.ONE), List.of(n, n, x));
        });
    add(
        "mixed constants",
        (g, x) -> {
          Mixture m = g.mixture("m", 1, 2);
          Node image = g.input(2, 5, 7);
          Node sum =
              g.weightedSum(
                  List.of(m.weight(0, 0), m.weight(0, 1)),
                  List.of(image, g.averagePool(image, 3, 1, 1)));
          return g.concat(List.of(sum, x));
        });
    add(
        "a mixing weight that nothing reads",
        (g, x) -> {
          g.mixture("m", 2, 2);
          g.pointwise("unused", x, 3);
          return g.pointwise("c", x, 3);
        });
    for (int batch : new int[] {1, 2, 5, 17}) {
      for (int channels : new int[] {4, 16, 20}) {
        add(
            "mixed operation of " + channels,
            new Shape(channels, 4, 4),
            batch,
            GraphCases::mixedOperation);
      }
    }
  }

  /** The eight candidates of DARTS on one edge. */
  private static Node mixedOperation(GraphBuilder g, Node x) {
    Mixture m = g.mixture("m", 1, 7);
    int c = x.shape().channels();
    List<Node> nodes =
        List.of(
            g.zeros(x.shape()),
            g.batchNorm("max", g.maxPool(x, 3, 1, 1), false),
            g.batchNorm("average", g.averagePool(x, 3, 1, 1), false),
            x,
            block(g, "three2", block(g, "three", x, THREE, c), THREE, c),
            block(g, "five2", block(g, "five", x, FIVE, c), FIVE, c),
            block(g, "dilated", x, Window.square(3, 1, 2, 2), c));
    List<MixtureWeight> weights = new ArrayList<>();
    for (int k = 0; k < nodes.size(); k++) {
      weights.add(m.weight(0, k));
    }
    return g.weightedSum(weights, nodes);
  }

  private static Node sum(GraphBuilder g, String name, Node x, int channels) {
    return g.add(
        List.of(g.pointwise(name + ".a", x, channels), g.pointwise(name + ".b", x, channels)));
  }

  private void joins() {
    for (int[] c :
        new int[][] {
          {1, 3},
          {3, 4},
          {4, 8},
          {8, 8},
          {16, 16},
          {16, 32},
          {20, 4},
          {20, 20},
          {12, 28},
          {36, 36, 4},
          {16, 1},
          {32, 16, 8}
        }) {
      String parts = Arrays.toString(c);
      add(
          "join of " + parts,
          (g, x) -> {
            List<Node> nodes = new ArrayList<>();
            for (int i = 0; i < c.length; i++) {
              nodes.add(g.pointwise("p" + i, x, c[i]));
            }
            return g.concat(nodes);
          });
      add(
          "join of sums of " + parts,
          (g, x) -> {
            List<Node> nodes = new ArrayList<>();
            for (int i = 0; i < c.length; i++) {
              nodes.add(sum(g, "p" + i, x, c[i]));
            }
            return g.pointwise("q", g.relu(g.concat(nodes)), 3);
          });
    }
    add(
        "a join with gaps, several read",
        new Shape(20, 4, 4),
        2,
        (g, x) -> {
          Node a = sum(g, "a", x, 20);
          Node b = g.add(List.of(x, block(g, "b", a, THREE, 20)));
          Node join = g.concat(List.of(a, b));
          Node plain = g.convolution("c", join, 7, THREE);
          Node rectified = g.pointwise("p", g.relu(join), 7);
          Node reduced = g.factorizedReduce("d", "e", g.relu(join), 6);
          return g.concat(List.of(g.maxPool(g.add(List.of(plain, rectified)), 3, 2, 1), reduced));
        });
    add(
        "join of joins",
        (g, x) ->
            g.concat(
                List.of(
                    g.concat(List.of(sum(g, "a", x, 16), sum(g, "b", x, 16))),
                    x,
                    sum(g, "c", x, 16))));
    add(
        "join of a join and a part of it",
        (g, x) -> {
          Node a = sum(g, "a", x, 16);
          Node join = g.concat(List.of(a, sum(g, "b", x, 16)));
          return g.concat(List.of(join, a));
        });
    add("the same node twice", (g, x) -> g.concat(List.of(x, x)));
    add(
        "the same sum twice",
        (g, x) -> {
          Node a = sum(g, "a", x, 16);
          return g.concat(List.of(a, a, sum(g, "b", x, 16)));
        });
    add(
        "the same sum in two joins",
        (g, x) -> {
          Node a = sum(g, "a", x, 16);
          Node b = sum(g, "b", x, 16);
          Node one = g.concat(List.of(a, b));
          Node two = g.concat(List.of(b, a));
          return g.add(List.of(one, g.pointwise("c", g.relu(two), 32)));
        });
    add(
        "parts read before the join",
        new Shape(16, 4, 4),
        2,
        (g, x) -> {
          Node a = sum(g, "a", x, 16);
          Node b = g.add(List.of(a, block(g, "b", a, THREE, 16)));
          Node c = g.add(List.of(block(g, "c", b, THREE, 16), g.maxPool(a, 3, 1, 1), b));
          return g.pointwise("p", g.relu(g.concat(List.of(a, b, c))), 5);
        });
    add(
        "a part read after the join",
        new Shape(16, 4, 4),
        2,
        (g, x) -> {
          Node a = sum(g, "a", x, 16);
          Node b = sum(g, "b", x, 16);
          Node join = g.pointwise("p", g.concat(List.of(a, b)), 4);
          return g.concat(List.of(join, g.convolution("c", a, 4, THREE), g.maxPool(b, 3, 1, 1)));
        });
    add(
        "a part read before the join, run after it",
        new Shape(16, 4, 4),
        2,
        (g, x) -> {
          Node a = sum(g, "a", x, 16);
          Node b = sum(g, "b", x, 16);
          Node d = g.depthwise("d", g.relu(a), THREE);
          Node join = g.pointwise("p", g.relu(g.concat(List.of(a, b))), 4);
          return g.concat(List.of(join, g.pointwise("q", d, 4)));
        });
    add(
        "a part that does not move",
        new Shape(16, 4, 4),
        2,
        (g, x) -> {
          Node zeros = g.add(List.of(g.zeros(x.shape()), g.zeros(x.shape())));
          return g.pointwise("p", g.relu(g.concat(List.of(sum(g, "a", x, 16), zeros))), 4);
        });
    add(
        "mixed and unmixed parts",
        new Shape(16, 4, 4),
        2,
        (g, x) -> {
          Node plain = sum(g, "c", g.input(2, 4, 4), 16);
          return g.pointwise("p", g.relu(g.concat(List.of(plain, sum(g, "a", x, 16)))), 4);
        });
    add(
        "a join of norms",
        (g, x) ->
            g.concat(
                List.of(
                    norm(g, "n", g.pointwise("a", x, 16)), norm(g, "m", g.pointwise("b", x, 3)))));
  }

  private void dropPaths() {
    add(
        "drop path in a sum",
        STATE,
        5,
        (g, x) -> g.add(List.of(g.dropPath(g.pointwise("c", x, 5)), x)));
    add(
        "drop path of norms in a sum",
        STATE,
        17,
        (g, x) ->
            g.add(
                List.of(
                    g.dropPath(norm(g, "n", g.pointwise("c", x, 5))),
                    g.dropPath(block(g, "b", x, THREE, 5)))));
    add(
        "drop path in a weighted sum",
        STATE,
        5,
        (g, x) -> {
          Mixture m = g.mixture("m", 1, 2);
          return g.weightedSum(
              List.of(m.weight(0, 0), m.weight(0, 1)),
              List.of(g.dropPath(norm(g, "n", g.pointwise("c", x, 5))), g.dropPath(x)));
        });
    add("drop path alone", STATE, 5, (g, x) -> g.dropPath(x));
    add("drop path of a norm alone", STATE, 5, (g, x) -> g.dropPath(norm(g, "n", x)));
    add(
        "drop path read by two",
        STATE,
        5,
        (g, x) -> {
          Node d = g.dropPath(norm(g, "n", g.pointwise("c", x, 5)));
          return g.add(List.of(d, g.pointwise("d", g.relu(d), 5)));
        });
    add(
        "drop path in two sums",
        STATE,
        5,
        (g, x) -> {
          Node d = g.dropPath(norm(g, "n", g.pointwise("c", x, 5)));
          Node a = g.add(List.of(d, x));
          return g.add(List.of(g.pointwise("e", a, 5), d));
        });
    add(
        "drop path of drop path",
        STATE,
        5,
        (g, x) -> g.add(List.of(g.dropPath(g.dropPath(x)), g.pointwise("c", x, 5))));
    add(
        "drop path of a sum",
        STATE,
        5,
        (g, x) -> g.add(List.of(g.dropPath(g.add(List.of(x, g.pointwise("c", x, 5)))), x)));
    add("drop path of zeros", STATE, 5, (g, x) -> g.add(List.of(g.dropPath(g.zeros(STATE)), x)));
    add(
        "drop path in a sum in a sum with mixtures",
        STATE,
        5,
        (g, x) -> {
          Mixture m = g.mixture("m", 1, 2);
          Node inner = g.add(List.of(g.dropPath(norm(g, "n", g.pointwise("c", x, 5))), x));
          Node mixed =
              g.weightedSum(
                  List.of(m.weight(0, 0), m.weight(0, 1)),
                  List.of(norm(g, "o", g.pointwise("d", x, 5)), x));
          return g.add(List.of(inner, mixed, g.dropPath(mixed)));
        });
    add(
        "drop path in a join",
        new Shape(16, 3, 3),
        5,
        (g, x) -> {
          Node a = g.add(List.of(g.dropPath(block(g, "a", x, THREE, 16)), x));
          Node b =
              g.add(
                  List.of(
                      g.dropPath(block(g, "b", a, FIVE, 16)),
                      g.dropPath(norm(g, "n", g.pointwise("c", a, 16)))));
          return g.pointwise("p", g.relu(g.concat(List.of(a, b))), 4);
        });
  }

  private void rectifiers() {
    add("ReLU alone", (g, x) -> g.relu(g.pointwise("c", x, 6)));
    add("ReLU in a sum", (g, x) -> g.add(List.of(g.relu(x), x)));
    add("ReLU of ReLU", (g, x) -> g.convolution("c", g.relu(g.relu(x)), 5, THREE));
    add("ReLU of ReLU, stored", (g, x) -> g.maxPool(g.relu(g.relu(x)), 3, 1, 1));
    add(
        "ReLU read by a convolution and a pool",
        (g, x) ->
            g.add(List.of(g.convolution("c", g.relu(x), 5, THREE), g.maxPool(g.relu(x), 3, 1, 1))));
    add(
        "ReLU read by two depthwise and a sum",
        (g, x) -> {
          Node r = g.relu(x);
          return g.add(List.of(r, block(g, "a", x, THREE, 5), block(g, "b", x, FIVE, 5)));
        });
    add(
        "ReLU of a norm, stored",
        (g, x) -> g.averagePool(g.relu(norm(g, "n", g.pointwise("c", x, 6))), 3, 1, 1));
    add(
        "ReLU of images",
        new Shape(4, 5, 7),
        2,
        (g, x) -> {
          Node r = g.relu(g.input(2, 5, 7));
          return g.concat(List.of(x, r, g.convolution("c", r, 3, THREE)));
        });
  }

  private void networks() {
    for (double weight : new double[] {0.4, 0}) {
      GraphBuilder g = new GraphBuilder();
      Node x = GraphCase.mixed(g, g.input(2, 4, 4), 8);
      Node a = g.add(List.of(x, block(g, "a", x, THREE, 8)));
      Output auxiliary = GraphCase.head(g, "auxiliary", g.relu(a), weight);
      Node b = g.add(List.of(a, block(g, "b", a, THREE, 8)));
      Output main = GraphCase.head(g, "classifier", b, 1);
      cases.add(
          new GraphCase(
              "auxiliary output of weight " + weight, g.build(List.of(main, auxiliary)), 5, 1));
      cases.add(
          new GraphCase(
              "auxiliary output of weight " + weight + " first",
              g.build(List.of(auxiliary, main)),
              17,
              2));
    }
    GraphBuilder two = new GraphBuilder();
    Node average = two.globalAveragePool(GraphCase.mixed(two, two.input(2, 4, 4), 8));
    cases.add(
        new GraphCase(
            "two outputs of one feature",
            two.build(
                List.of(
                    new Output("a", two.linear("a", average, 3), 1),
                    new Output("b", two.linear("b", average, 5), 0.5))),
            3,
            1));
    for (int batch : new int[] {1, 2, 5, 17}) {
      cases.add(new GraphCase("residual network", residual(), batch, batch));
    }
    GraphBuilder linear = new GraphBuilder();
    Node only = linear.linear("classifier", linear.input(7, 1, 1), 4);
    cases.add(
        new GraphCase(
            "a linear layer alone",
            linear.build(Collections.nCopies(1, new Output("logits", only, 1))),
            6,
            1));
    GraphBuilder h = new GraphBuilder();
    Node image = h.input(3, 5, 7);
    Node features = h.globalAveragePool(h.batchNorm("n", h.pointwise("c", image, 9), true));
    cases.add(
        new GraphCase(
            "no mixing weights",
            h.build(List.of(new Output("logits", h.linear("classifier", features, 4), 1))),
            6,
            1));
  }

  /** As in NAS-Bench-201: the cell's sum, a block with stride and a shortcut, norm, ReLU, mean. */
  private static Graph residual() {
    GraphBuilder g = new GraphBuilder();
    Node x = GraphCase.mixed(g, g.input(2, 6, 6), 8);
    Node stem = norm(g, "stem.n", x);
    Mixture m = g.mixture("m", 1, 3);
    Node a =
        g.weightedSum(
            List.of(m.weight(0, 0), m.weight(0, 1), m.weight(0, 2)),
            List.of(
                stem,
                g.batchNorm("a.n", g.convolution("a.c", g.relu(stem), 8, THREE), false),
                g.averagePool(stem, 3, 1, 1)));
    Window two = Window.square(3, 2, 1, 1);
    Node one = g.batchNorm("b.n1", g.convolution("b.c1", g.relu(a), 16, two), false);
    Node other = g.batchNorm("b.n2", g.convolution("b.c2", g.relu(one), 16, THREE), false);
    Node shortcut = g.pointwise("b.down", g.averagePool(a, 2, 2, 0), 16);
    Node last = g.relu(norm(g, "last", g.add(List.of(shortcut, other))));
    Node logits = g.linear("classifier", g.globalAveragePool(last), 4);
    return g.build(List.of(new Output("logits", logits, 1)));
  }
}
