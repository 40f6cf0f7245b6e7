package io.github.oche.engine;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link Graph} node by node.
 *
 * <p>It returns <em>the same node</em> for the same operation on the same inputs that has no
 * weights of its own (drop path, which is random, excepted). So a state's ReLU is computed once for
 * all convolutions that read it, and each pooling once for all edges that leave the state.
 *
 * <p>Parameters take the name given here after the prefix of the builder: {@code
 * g.at("cells.0").pointwise("op.1", x, 16)} makes {@code cells.0.op.1.weight}.
 */
public final class GraphBuilder {
  private final State state;
  private final String prefix;

  /** An empty graph. */
  public GraphBuilder() {
    this(new State(), "");
  }

  private GraphBuilder(State state, String prefix) {
    this.state = state;
    this.prefix = prefix;
  }

  /** A builder of the same graph whose names lie under {@code name}. */
  public GraphBuilder at(String name) {
    return new GraphBuilder(state, prefix + name + ".");
  }

  /** The images. */
  public Node input(int channels, int height, int width) {
    return shared(new Op.Input(), ImmutableList.of(), new Shape(channels, height, width));
  }

  /** All zeros. */
  public Node zeros(Shape shape) {
    return shared(new Op.Zeros(), ImmutableList.of(), shape);
  }

  /** max(0, x). */
  public Node relu(Node x) {
    return shared(new Op.Relu(), ImmutableList.of(x), x.shape());
  }

  /** A dense convolution without bias. */
  public Node convolution(String name, Node x, int outputs, Window window) {
    int in = x.shape().channels();
    Parameter weight =
        weight(name, in * window.taps(), outputs, in, window.rows(), window.columns());
    return node(
        new Op.Convolution(window, weight), ImmutableList.of(x), window.output(x.shape(), outputs));
  }

  /** A dense 1x1 convolution without bias. */
  public Node pointwise(String name, Node x, int outputs) {
    return convolution(name, x, outputs, Window.point());
  }

  /** A convolution of each channel with a kernel of its own, without bias. */
  public Node depthwise(String name, Node x, Window window) {
    int c = x.shape().channels();
    checkArgument(
        window.strideRows() == window.strideColumns(),
        "a depthwise convolution moves equally in both directions, not by %s rows and %s columns",
        window.strideRows(),
        window.strideColumns());
    Parameter weight = weight(name, window.taps(), c, 1, window.rows(), window.columns());
    return node(new Op.Depthwise(window, weight), ImmutableList.of(x), window.output(x.shape(), c));
  }

  /**
   * Halves both sides: two pointwise convolutions with stride 2, the second of the image without
   * its first row and column, each to half of the channels, joined.
   */
  public Node factorizedReduce(String first, String second, Node x, int outputs) {
    Shape s = x.shape();
    checkArgument(outputs % 2 == 0, "channels must be even to be halved, were %s", outputs);
    checkArgument(
        s.height() % 2 == 0 && s.width() % 2 == 0, "sides must be even to be halved, were %s", s);
    int half = outputs / 2;
    Parameter a = weight(first, s.channels(), half, s.channels(), 1, 1);
    Parameter b = weight(second, s.channels(), half, s.channels(), 1, 1);
    return node(
        new Op.FactorizedReduce(a, b),
        ImmutableList.of(x),
        new Shape(outputs, s.height() / 2, s.width() / 2));
  }

  /**
   * Batch norm, with scale and bias if {@code affine}. Without, it has no weights and is shared:
   * the running statistics carry the name of the first.
   */
  public Node batchNorm(String name, Node x, boolean affine) {
    SharedKey key = new SharedKey("batchNorm", ImmutableList.of(x), x.shape());
    Node known = affine ? null : state.shared.get(key);
    if (known != null) {
      return known;
    }
    int c = x.shape().channels();
    Op op =
        new Op.BatchNorm(
            affine ? parameter(state.parameters, name + ".weight", 0, 1, c) : null,
            affine ? parameter(state.parameters, name + ".bias", 0, 0, c) : null,
            parameter(state.statistics, name + ".running_mean", 0, 0, c),
            parameter(state.statistics, name + ".running_var", 0, 1, c));
    Node node = node(op, ImmutableList.of(x), x.shape());
    if (!affine) {
      state.shared.put(key, node);
    }
    return node;
  }

  /** The largest value of each window; padding is ignored, the first of equals wins. */
  public Node maxPool(Node x, int size, int stride, int padding) {
    return shared(
        new Op.MaxPool(size, stride, padding), ImmutableList.of(x), pool(x, size, stride, padding));
  }

  /** The mean of each window; padding is not counted. */
  public Node averagePool(Node x, int size, int stride, int padding) {
    return shared(
        new Op.AveragePool(size, stride, padding),
        ImmutableList.of(x),
        pool(x, size, stride, padding));
  }

  /**
   * The sum of the inputs, which have one shape; the same node may occur twice and counts twice.
   */
  public Node add(List<Node> xs) {
    return weightedSum(Collections.nCopies(xs.size(), MixtureWeight.ONE), xs);
  }

  /** The sum of weight times input; all inputs have one shape. */
  public Node weightedSum(List<MixtureWeight> weights, List<Node> xs) {
    checkArgument(!xs.isEmpty(), "a sum needs at least one input");
    checkArgument(
        weights.size() == xs.size(), "%s weights for %s inputs", weights.size(), xs.size());
    Shape shape = xs.get(0).shape();
    for (Node x : xs) {
      checkArgument(x.shape().equals(shape), "cannot add shapes %s and %s", shape, x.shape());
    }
    return shared(
        new Op.WeightedSum(ImmutableList.copyOf(weights)), ImmutableList.copyOf(xs), shape);
  }

  /** The channels of the inputs, one after the other; heights and widths agree. */
  public Node concat(List<Node> xs) {
    checkArgument(!xs.isEmpty(), "a join needs at least one input");
    if (xs.size() == 1) {
      return xs.get(0);
    }
    Shape first = xs.get(0).shape();
    for (Node x : xs) {
      checkArgument(
          x.shape().height() == first.height() && x.shape().width() == first.width(),
          "cannot join shapes %s and %s",
          first,
          x.shape());
    }
    int channels = xs.stream().mapToInt(x -> x.shape().channels()).sum();
    return shared(
        new Op.Concat(),
        ImmutableList.copyOf(xs),
        new Shape(channels, first.height(), first.width()));
  }

  /** Multiplies each image by its number in a slot of its own: 0 or 1 / (1 - p) in training. */
  public Node dropPath(Node x) {
    return node(new Op.DropPath(state.dropPaths++), ImmutableList.of(x), x.shape());
  }

  /** The mean of each channel. */
  public Node globalAveragePool(Node x) {
    return shared(
        new Op.GlobalAverage(), ImmutableList.of(x), new Shape(x.shape().channels(), 1, 1));
  }

  /** An affine map of [in, 1, 1] to [outputs, 1, 1]. */
  public Node linear(String name, Node x, int outputs) {
    checkArgument(
        x.shape().pixels() == 1,
        "a linear layer reads one pixel, not %s; average first",
        x.shape());
    int in = x.shape().channels();
    Parameter weight = weight(name, in, outputs, in);
    Parameter bias = parameter(state.parameters, name + ".bias", bound(in), 0, outputs);
    return node(new Op.Linear(weight, bias), ImmutableList.of(x), new Shape(outputs, 1, 1));
  }

  /** The matrix of mixing weights of this name, made on first use; the prefix is not added. */
  public Mixture mixture(String name, int rows, int columns) {
    Mixture m = state.mixtures.get(name);
    if (m == null) {
      m = new Mixture(name, rows, columns, state.mixing);
      state.mixtures.put(name, m);
      state.mixing += m.size();
    }
    checkArgument(
        m.rows() == rows && m.columns() == columns,
        "%s is %sx%s, asked for as %sx%s",
        name,
        m.rows(),
        m.columns(),
        rows,
        columns);
    return m;
  }

  /** The graph of everything that these outputs depend on. */
  public Graph build(List<Output> outputs) {
    checkArgument(!outputs.isEmpty(), "a graph needs at least one output");
    BitSet live = new BitSet(state.nodes.size());
    for (Output o : outputs) {
      checkArgument(
          o.logits().op() instanceof Op.Linear, "output \"%s\" must be a linear layer", o.name());
      live.set(o.logits().id());
    }
    for (Node n : Iterables.filter(reversed(state.nodes), n -> live.get(n.id()))) {
      n.inputs().forEach(x -> live.set(x.id()));
    }
    ImmutableList<Node> nodes =
        state.nodes.stream().filter(n -> live.get(n.id())).collect(ImmutableList.toImmutableList());
    ImmutableList<Node> unread =
        state.nodes.stream()
            .filter(n -> !live.get(n.id()))
            .collect(ImmutableList.toImmutableList());
    checkOutputs(nodes, outputs);
    checkArgument(
        nodes.stream().filter(n -> n.op() instanceof Op.Input).count() == 1,
        "the outputs must depend on images of one shape; is every way to them a \"none\"?");
    return new Graph(
        nodes,
        unread,
        ImmutableList.copyOf(outputs),
        new ParameterTable(state.parameters),
        new ParameterTable(state.statistics),
        ImmutableList.copyOf(state.mixtures.values()),
        state.dropPaths);
  }

  /** Linear layers end a network: each is one output, and nothing reads it. */
  private static void checkOutputs(List<Node> nodes, List<Output> outputs) {
    for (Node n : nodes) {
      for (Node x : n.inputs()) {
        checkArgument(
            !(x.op() instanceof Op.Linear), "%s reads a linear layer; use a pointwise one", n);
      }
      long count = outputs.stream().filter(o -> o.logits() == n).count();
      checkArgument(count <= 1, "%s outputs have the same logits, %s", count, n);
    }
  }

  private static List<Node> reversed(List<Node> nodes) {
    List<Node> copy = new ArrayList<>(nodes);
    Collections.reverse(copy);
    return copy;
  }

  private static Shape pool(Node x, int size, int stride, int padding) {
    checkArgument(
        2 * padding <= size, "padding %s must be at most half of the window %s", padding, size);
    return Window.square(size, stride, Math.min(padding, size - 1), 1)
        .output(x.shape(), x.shape().channels());
  }

  private static double bound(int fanIn) {
    return 1 / Math.sqrt(fanIn);
  }

  private Parameter weight(String name, int fanIn, int... shape) {
    return parameter(state.parameters, name + ".weight", bound(fanIn), 0, shape);
  }

  private Parameter parameter(
      List<Parameter> table, String name, double bound, float start, int... shape) {
    checkArgument(shape[0] > 0, "%s%s has no channels", prefix, name);
    int offset = table.isEmpty() ? 0 : table.get(table.size() - 1).end();
    Parameter p =
        new Parameter(prefix + name, ImmutableIntArray.copyOf(shape), offset, bound, start);
    checkArgument(state.names.add(p.name()), "two parameters are called \"%s\"", p.name());
    table.add(p);
    return p;
  }

  private Node shared(Op op, ImmutableList<Node> inputs, Shape shape) {
    return state.shared.computeIfAbsent(
        new SharedKey(op, inputs, shape), key -> node(op, inputs, shape));
  }

  private Node node(Op op, ImmutableList<Node> inputs, Shape shape) {
    for (Node x : inputs) {
      checkArgument(
          x.id() < state.nodes.size() && state.nodes.get(x.id()) == x,
          "node %s belongs to another graph",
          x);
    }
    String part = prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
    Node n = new Node(state.nodes.size(), op, inputs, shape, part);
    state.nodes.add(n);
    return n;
  }

  private record SharedKey(Object op, ImmutableList<Node> inputs, @Nullable Shape shape) {}

  private static final class State {
    final List<Node> nodes = new ArrayList<>();
    final Map<SharedKey, Node> shared = new HashMap<>();
    final List<Parameter> parameters = new ArrayList<>();
    final List<Parameter> statistics = new ArrayList<>();
    final Map<String, Mixture> mixtures = new LinkedHashMap<>();
    final Set<String> names = new HashSet<>();
    int mixing;
    int dropPaths;
  }
}
