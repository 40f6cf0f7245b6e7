package io.github.oche.engine;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.oche.engine.Places.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns a graph into steps. What it fuses:
 *
 * <ul>
 *   <li>a depthwise convolution and the pointwise one that alone reads it are one step;
 *   <li>a ReLU that one convolution reads, or only dense ones, is done where they read (what
 *       several depthwise ones read, as every state of a searching cell, is stored with zeros
 *       around it);
 *   <li>a batch norm that only sums and convolutions read is not stored: they read its input and
 *       apply it;
 *   <li>sums of sums are added into one tensor, each as soon as its terms are there;
 *   <li>a join of sums is where these are written, if their channels fill whole blocks or if only
 *       dense convolutions read it.
 * </ul>
 */
final class Compiler {
  private final Graph graph;
  private final int batch;
  private final int lanes;
  private final boolean along;
  private final boolean gradients;
  private final Memory memory;
  private final Scratch.Layout layout;

  private final Fusion fusion;
  private final NodeOrder order;
  private final ImmutableMap<Node, Place> places;
  private final Map<Node, Tensor> tensors = new HashMap<>();
  private final Map<Tensor, Step> producers = new HashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<OutputStep> outputSteps = new ArrayList<>();

  Compiler(
      Graph graph,
      int batch,
      int lanes,
      Plan.Purpose purpose,
      Memory memory,
      Scratch.Layout layout) {
    this.graph = graph;
    this.batch = batch;
    this.lanes = lanes;
    this.memory = memory;
    this.layout = layout;
    along = purpose == Plan.Purpose.SECOND_ORDER;
    gradients = purpose != Plan.Purpose.SCORE;
    fusion = new Fusion(graph);
    order = NodeOrder.of(graph, fusion::isFused);
    places = Places.of(order, fusion, lanes);
  }

  ImmutableList<Step> steps() {
    order.nodes().forEach(this::compile);
    return ImmutableList.copyOf(steps);
  }

  /** One for each output of the graph. */
  ImmutableList<OutputStep> outputs() {
    return ImmutableList.copyOf(outputSteps);
  }

  private void compile(Node n) {
    int first = steps.size();
    step(n);
    steps.subList(first, steps.size()).forEach(s -> s.standsIn(n.part(), order.level(n)));
  }

  private void step(Node n) {
    Op op = n.op();
    if (op instanceof Op.Input) {
      add(new InputStep(tensor(n, false, false), false));
    } else if (op instanceof Op.Zeros) {
      if (!fusion.users(n).stream().allMatch(u -> u.op() instanceof Op.WeightedSum)) {
        add(new InputStep(tensor(n, false, false), true));
      }
    } else if (op instanceof Op.Relu) {
      rectify(n);
    } else if (op instanceof Op.Convolution convolution) {
      Node d = n.input();
      if (fusion.isFused(d) && d.op() instanceof Op.Depthwise depthwise) {
        Tensor x = weighted(n, d.input());
        add(
            new SeparableStep(
                source(d), depthwise, d.shape(), convolution, x, lanes, along, layout));
      } else {
        Tensor x = weighted(n, d);
        add(
            convolution.window().equals(Window.point())
                ? new PointwiseStep(source(n), convolution, x, along, layout)
                : DenseStep.of(source(n), convolution, x, lanes, along, layout));
      }
    } else if (op instanceof Op.FactorizedReduce reduce) {
      add(DenseStep.of(source(n), reduce, weighted(n, n.input()), lanes, along, layout));
    } else if (op instanceof Op.Depthwise depthwise) {
      if (!fusion.isFused(n)) {
        Tensor x = weighted(n, n.input());
        add(new DepthwiseStep(source(n), depthwise, x, lanes, along, layout));
      }
    } else if (op instanceof Op.BatchNorm norm) {
      normalise(n, norm);
    } else if (op instanceof Op.MaxPool pool) {
      Tensor x = get(n.input());
      add(PoolStep.of(x, pool, tensor(n, x.hasGradient, x.mixed), layout));
    } else if (op instanceof Op.AveragePool pool) {
      Tensor x = get(n.input());
      add(PoolStep.of(x, pool, tensor(n, x.hasGradient, x.mixed), layout));
    } else if (op instanceof Op.WeightedSum) {
      if (!fusion.isInlined(n) || fusion.isPart(n)) {
        sum(n);
      }
    } else if (op instanceof Op.DropPath) {
      if (!fusion.isDoneBySums(n)) {
        sum(n);
      }
    } else if (op instanceof Op.Concat) {
      join(n);
    } else if (op instanceof Op.GlobalAverage) {
      Tensor x = get(n.input());
      add(new GlobalAverageStep(x, tensor(n, x.hasGradient, x.mixed), layout));
    } else if (op instanceof Op.Linear) {
      output(n);
    }
  }

  private Tensor get(Node n) {
    return Present.of(tensors.get(n));
  }

  private void add(Step step) {
    producers.put(step.out, step);
    steps.add(step);
  }

  // Tensors

  private @Nullable Storage storage(boolean wanted, Shape shape) {
    return wanted ? storage(shape, 0) : null;
  }

  private Storage storage(Shape shape, int pad) {
    return Storage.of(memory, batch, shape, pad, lanes);
  }

  private static @Nullable Affine affine(@Nullable Storage s) {
    return s == null ? null : Affine.of(s);
  }

  /** A stored tensor with a gradient of its own. */
  private Tensor tensor(Node n, boolean hasGradient, boolean mixed) {
    return tensor(n, channels(n), 0, hasGradient, mixed);
  }

  /** Likewise, with its channels in these blocks, and zeros around each plane of its value. */
  private Tensor tensor(
      Node n, ChannelBlocks channels, int pad, boolean hasGradient, boolean mixed) {
    Shape shape = new Shape(channels.span(), n.shape().height(), n.shape().width());
    Tensor t =
        new Tensor(
            n.shape(),
            channels,
            Affine.of(storage(shape, pad)),
            along ? Affine.of(storage(shape, pad)) : null,
            gradients && hasGradient,
            mixed);
    if (t.hasGradient) {
      target(t, storage(shape, 0), storage(along, shape));
    }
    tensors.put(n, t);
    return t;
  }

  private ChannelBlocks channels(Node n) {
    return ChannelBlocks.of(n.shape().channels(), lanes);
  }

  private static void target(Tensor t, @Nullable Storage g, @Nullable Storage dg) {
    t.target = g;
    t.targetAlong = dg;
    t.gradient = affine(g);
    t.gradientAlong = g == null ? null : affine(dg);
  }

  /** The output of a step that has weights. */
  private Tensor weighted(Node n, Node input) {
    return tensor(n, true, mixed(input));
  }

  private boolean mixed(Node n) {
    Tensor t = tensors.get(n);
    return t != null ? t.mixed : isMixture(n) || n.inputs().stream().anyMatch(this::mixed);
  }

  private static boolean isMixture(Node n) {
    return n.op() instanceof Op.WeightedSum sum
        && sum.weights().stream().anyMatch(w -> !w.isConstant());
  }

  private boolean hasGradient(Node n) {
    Tensor t = tensors.get(n);
    return t != null
        ? t.hasGradient
        : Fusion.isConvolution(n)
            || isMixture(n)
            || (n.op() instanceof Op.BatchNorm norm && norm.scale() != null)
            || n.inputs().stream().anyMatch(this::hasGradient);
  }

  // Convolutions

  private Source source(Node convolution) {
    Node x = convolution.input();
    return fusion.isVirtual(x) ? new Source(get(x.input()), true) : new Source(get(x), false);
  }

  private void rectify(Node n) {
    if (!fusion.isVirtual(n)) {
      Tensor x = get(n.input());
      int pad = fusion.users(n).stream().mapToInt(Compiler::padding).max().orElse(0);
      add(new RectifyStep(x, tensor(n, channels(n), pad, x.hasGradient, x.mixed)));
    }
  }

  private static int padding(Node n) {
    Window w =
        n.op() instanceof Op.Convolution c
            ? c.window()
            : n.op() instanceof Op.Depthwise d ? d.window() : Window.point();
    return Math.max(w.padRows(), w.padColumns());
  }

  // Batch norms

  private void normalise(Node n, Op.BatchNorm op) {
    Tensor x = get(n.input());
    boolean shares = fusion.users(n.input()).size() > 1 || !Fusion.readsGradientThrough(n.input());
    boolean stores = !fusion.isLazy(n);
    boolean onlyTerm = !stores && fusion.isOnlyTerm(n);
    boolean hasGradient = gradients && (x.hasGradient || op.scale() != null);
    boolean own = hasGradient && !onlyTerm;
    Norm norm = new Norm(op, x, storage(own, n.shape()), storage(own && along, n.shape()));
    Tensor y =
        stores
            ? new Tensor(
                n.shape(),
                channels(n),
                Affine.of(storage(n.shape(), 0)),
                affine(storage(along, n.shape())),
                hasGradient,
                x.mixed)
            : new Tensor(n.shape(), channels(n), norm.value, norm.along, hasGradient, x.mixed);
    y.norm = stores ? null : norm;
    target(y, norm.target, norm.targetAlong);
    y.measuredByUser = !stores && !onlyTerm && fusion.readers(n) == 1 && fusion.sums(n) == 0;
    tensors.put(n, y);
    if (!shares) {
      x.target = null;
      x.targetAlong = null;
      x.gradient = norm.gradient;
      x.gradientAlong = norm.gradientAlong;
    }
    Present.of(producers.get(x)).measures(norm);
    add(new NormStep(norm, y, stores, shares, layout));
  }

  // Sums

  private void sum(Node n) {
    Node whole = n;
    while (fusion.isInlined(whole)) {
      whole = fusion.users(whole).get(0);
    }
    boolean started = tensors.containsKey(whole);
    List<SumStep.Term> terms = new ArrayList<>();
    collect(n, terms);
    if (started && terms.isEmpty()) {
      return;
    }
    Tensor out = started ? get(whole) : placed(whole, hasGradient(whole), mixed(whole));
    for (SumStep.Term t : terms) {
      Norm norm = t.x().norm;
      if (norm != null && t.isOnlyUse() && out.hasGradient) {
        norm.gradientFrom(out.target(), out.targetAlong);
        if (norm.x.target == null) {
          norm.x.gradient = norm.gradient;
          norm.x.gradientAlong = norm.gradientAlong;
        }
      }
    }
    add(new SumStep(ImmutableList.copyOf(terms), out, started, batch, along, layout));
  }

  private void collect(Node n, List<SumStep.Term> terms) {
    if (n.op() instanceof Op.DropPath drop) {
      terms.add(new SumStep.Term(get(n.input()), MixtureWeight.ONE, drop.slot()));
      return;
    }
    Op.WeightedSum op = (Op.WeightedSum) n.op();
    for (int k = 0; k < n.inputs().size(); k++) {
      Node x = n.inputs().get(k);
      if (x.op() instanceof Op.Zeros || fusion.isPart(x)) {
        continue;
      }
      if (fusion.isInlined(x) || (x.op() instanceof Op.DropPath && !tensors.containsKey(x))) {
        collect(x, terms);
      } else {
        terms.add(new SumStep.Term(get(x), op.weights().get(k), -1));
      }
    }
  }

  /** A stored tensor, which lies in a join where it is a part of one. */
  private Tensor placed(Node n, boolean hasGradient, boolean mixed) {
    Place place = places.get(n);
    if (place == null) {
      return tensor(n, hasGradient, mixed);
    }
    Tensor join = joined(place.join());
    Storage value = join.stored().slice(place.block(), n.shape().channels());
    Storage dvalue = slice(join.along == null ? null : join.along.x[0], place, n);
    Tensor t =
        new Tensor(
            n.shape(),
            channels(n),
            Affine.of(value),
            affine(dvalue),
            gradients && hasGradient,
            mixed);
    if (t.hasGradient) {
      target(t, slice(join.target, place, n), slice(join.targetAlong, place, n));
      t.partOf(join);
    }
    tensors.put(n, t);
    return t;
  }

  private static @Nullable Storage slice(@Nullable Storage s, Place place, Node n) {
    return s == null ? null : s.slice(place.block(), n.shape().channels());
  }

  /** The tensor of a join whose parts are written in place: made when the first of them is. */
  private Tensor joined(Node join) {
    Tensor t = tensors.get(join);
    return t != null ? t : tensor(join, Places.channels(join, lanes), 0, true, true);
  }

  private void join(Node n) {
    if (tensors.containsKey(n)) {
      return;
    }
    ImmutableList<Tensor> xs =
        n.inputs().stream().map(this::get).collect(ImmutableList.toImmutableList());
    boolean hasGradient = xs.stream().anyMatch(x -> x.hasGradient);
    boolean mixed = xs.stream().anyMatch(x -> x.mixed);
    add(new ConcatStep(xs, tensor(n, hasGradient, mixed)));
  }

  private void output(Node n) {
    Tensor x = get(n.input());
    Output output = graph.outputs().stream().filter(o -> o.logits() == n).findFirst().orElseThrow();
    Tensor out = tensor(n, true, x.mixed);
    OutputStep step = new OutputStep(x, output, out, batch, along);
    outputSteps.add(step);
    add(step);
  }
}
