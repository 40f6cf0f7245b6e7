package io.github.oche.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Composes operations at random; whatever is left unread is read by the classifier. */
final class RandomGraphs {
  private static final int[] CHANNELS = {1, 3, 4, 8, 12, 16, 20};

  private final SplittableRandom random;
  private final GraphBuilder g = new GraphBuilder();
  private final List<Node> nodes = new ArrayList<>();
  private final Set<Node> read = new HashSet<>();
  private int names;

  private RandomGraphs(long seed) {
    random = new SplittableRandom(seed);
  }

  static GraphCase of(long seed) {
    return new RandomGraphs(seed).network(seed);
  }

  private GraphCase network(long seed) {
    int height = random.nextInt(2, 7);
    int width = random.nextInt(2, 7);
    int batch = random.nextInt(3, 7);
    Node image = g.input(random.nextInt(1, 4), height, width);
    nodes.add(GraphCase.mixed(g, image, CHANNELS[random.nextInt(CHANNELS.length)]));
    if (random.nextInt(3) == 0) {
      nodes.add(image);
    }
    int steps = random.nextInt(6, 22);
    for (int i = 0; i < steps; i++) {
      Node y = next();
      if (y != null && !nodes.contains(y)) {
        y.inputs().forEach(read::add);
        nodes.add(y);
      }
    }
    List<Node> features = new ArrayList<>();
    for (Node n : nodes) {
      if (!read.contains(n)) {
        features.add(feature(n));
      }
    }
    Node logits = g.linear("classifier", g.concat(features), 3);
    List<Output> outputs = new ArrayList<>(List.of(new Output("logits", logits, 1)));
    if (random.nextInt(4) == 0) {
      outputs.add(GraphCase.head(g, "auxiliary", any(), 0.4));
    }
    return new GraphCase("random graph " + seed, g.build(outputs), batch, seed);
  }

  private Node feature(Node n) {
    if (random.nextInt(3) == 0) {
      return g.globalAveragePool(n);
    }
    Window all = new Window(n.shape().height(), n.shape().width(), 1, 1, 0, 0, 1);
    return g.convolution(name(), n, 3, all);
  }

  private String name() {
    return "n" + names++;
  }

  /** One of the later nodes, more often than not. */
  private Node any() {
    int back = Math.min(random.nextInt(nodes.size()), random.nextInt(nodes.size()));
    return nodes.get(nodes.size() - 1 - back);
  }

  private List<Node> like(Node x, boolean channels, int most) {
    List<Node> some = new ArrayList<>(List.of(x));
    for (Node n : nodes) {
      Shape a = n.shape();
      Shape b = x.shape();
      boolean same = a.height() == b.height() && a.width() == b.width();
      if (same && (!channels || a.channels() == b.channels()) && random.nextInt(2) == 0) {
        some.add(n);
      }
    }
    return some.subList(0, Math.min(most, some.size()));
  }

  private @Nullable Node next() {
    Node x = any();
    Shape s = x.shape();
    int channels = CHANNELS[random.nextInt(CHANNELS.length)];
    return switch (random.nextInt(16)) {
      case 0 -> g.relu(x);
      case 1 -> g.pointwise(name(), perhapsRectified(x), channels);
      case 2 -> g.convolution(name(), perhapsRectified(x), channels, dense());
      case 3 -> g.depthwise(name(), perhapsRectified(x), depthwise(s));
      case 4, 5 -> g.pointwise(name(), g.depthwise(name(), g.relu(x), depthwise(s)), channels);
      case 6, 7 -> s.pixels() < 4 ? null : g.batchNorm(name(), x, random.nextBoolean());
      case 8 ->
          s.height() % 2 == 1 || s.width() % 2 == 1
              ? null
              : g.factorizedReduce(name(), name(), g.relu(x), 2 * random.nextInt(1, 9));
      case 9 -> g.maxPool(x, 3, random.nextInt(1, 3), 1);
      case 10 -> g.averagePool(x, 3, random.nextInt(1, 3), 1);
      case 11 -> g.add(like(x, true, 4));
      case 12, 13 -> mixture(like(x, true, 4));
      case 14 -> g.concat(like(x, false, 3));
      default -> g.add(List.of(g.dropPath(x), random.nextBoolean() ? g.zeros(s) : any(s, x)));
    };
  }

  private Node perhapsRectified(Node x) {
    return random.nextBoolean() ? g.relu(x) : x;
  }

  private Node any(Shape s, Node otherwise) {
    Node n = any();
    return n.shape().equals(s) ? n : otherwise;
  }

  private Node mixture(List<Node> xs) {
    Mixture m = g.mixture("m", 3, 4);
    List<MixtureWeight> weights = new ArrayList<>();
    int row = random.nextInt(3);
    for (int k = 0; k < xs.size(); k++) {
      weights.add(random.nextInt(5) == 0 ? MixtureWeight.ONE : m.weight(row, k));
    }
    return g.weightedSum(weights, xs);
  }

  private Window dense() {
    int rows = random.nextInt(1, 4);
    int columns = random.nextInt(1, 4);
    int dilation = random.nextInt(1, 3);
    return new Window(
        rows,
        columns,
        random.nextInt(1, 3),
        random.nextInt(1, 3),
        dilation * (rows - 1),
        (dilation * (columns - 1) + 1) / 2,
        dilation);
  }

  private Window depthwise(Shape s) {
    int size = 2 * random.nextInt(1, 4) - 1;
    int dilation = random.nextInt(1, 3);
    int stride = s.pixels() > 4 ? random.nextInt(1, 3) : 1;
    return Window.square(size, stride, dilation * (size - 1) / 2, dilation);
  }
}
