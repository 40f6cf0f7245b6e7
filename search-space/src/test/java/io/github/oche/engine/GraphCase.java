package io.github.oche.engine;

import java.util.List;

/** A small network to compare, with the batch it runs on. */
record GraphCase(String name, Graph graph, int batch, long seed) {
  private static final int CLASSES = 3;

  /** What is in the middle of a case: reads a state, gives one. */
  @FunctionalInterface
  interface Body {
    Node apply(GraphBuilder g, Node x);
  }

  /**
   * A network whose state before {@code body} depends on weights and on mixing weights, and in
   * which every number after it counts differently.
   */
  static GraphCase of(String name, Shape state, int batch, Body body) {
    GraphBuilder g = new GraphBuilder();
    Node image = g.input(2, state.height(), state.width());
    Node y = body.apply(g, mixed(g, image, state.channels()));
    Graph graph = g.build(List.of(head(g, "classifier", y, 1)));
    return new GraphCase(name, graph, batch, name.hashCode());
  }

  /** Two convolutions, mixed. */
  static Node mixed(GraphBuilder g, Node image, int channels) {
    Mixture stem = g.mixture("stem", 1, 2);
    Node a = g.convolution("stem.a", image, channels, Window.square(3, 1, 1, 1));
    Node b = g.pointwise("stem.b", image, channels);
    return g.weightedSum(List.of(stem.weight(0, 0), stem.weight(0, 1)), List.of(a, b));
  }

  /** Reads every number of x with a weight of its own. */
  static Output head(GraphBuilder g, String name, Node x, double weight) {
    Window all = new Window(x.shape().height(), x.shape().width(), 1, 1, 0, 0, 1);
    Node features = g.convolution(name + ".features", x, 4, all);
    return new Output(name, g.linear(name, features, CLASSES), weight);
  }

  Inputs inputs() {
    return Inputs.of(graph, batch, seed);
  }

  @Override
  public String toString() {
    return name + ", batch " + batch;
  }
}
