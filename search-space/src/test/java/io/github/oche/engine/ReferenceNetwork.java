package io.github.oche.engine;

import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An independent truth for whole networks: walks the nodes of a graph one after the other, in
 * double precision, every operation a naive loop over [image][channel][row][column], every number
 * with its derivative along a direction.
 *
 * <p>All operations but batch norm are {@code y[i] += c[k] * x[j]} over some triples; {@link
 * #visit} lists them, forwards and backwards use the same list.
 */
final class ReferenceNetwork {
  private static final double EPSILON = 1e-5;
  private static final int RECIPROCALS = 1000;

  private final Graph graph;
  private final int count;
  private final int[] labels;
  private final Dual w;
  private final Dual mixing;
  private final Dual masks;
  private final Dual images;
  private final Dual reciprocals = new Dual(RECIPROCALS);
  private final Dual ignored = new Dual(RECIPROCALS);
  private final Map<Node, Dual> values = new HashMap<>();
  private final Map<Node, Dual> gradients = new HashMap<>();
  private final Map<Node, Dual> normalised = new HashMap<>();
  private final Map<Node, Dual> inverses = new HashMap<>();
  private boolean training;

  final Dual weightGradient;
  final Dual mixingGradient;
  final double[] statistics;

  /** One term of a sum: output i gets coefficient k times number j of an input. */
  private interface Visitor {
    void term(int i, Node input, int j, Dual coefficients, @Nullable Dual gradients, int k);
  }

  ReferenceNetwork(Graph graph, Inputs in, float[] dw, float[] dmixing) {
    this(graph, in, Dual.of(in.w(), dw), Dual.of(in.mixing(), dmixing));
  }

  ReferenceNetwork(Graph graph, Inputs in, Dual w, Dual mixing) {
    this.graph = graph;
    this.count = in.count();
    this.labels = in.labels();
    this.w = w;
    this.mixing = mixing;
    masks = Dual.of(in.masks(), new float[0]);
    images = Dual.of(in.images(), new float[0]);
    statistics = Dual.of(in.statistics(), new float[0]).value;
    weightGradient = new Dual(graph.parameters().size());
    mixingGradient = new Dual(graph.mixingSize());
    for (int i = 1; i < RECIPROCALS; i++) {
      reciprocals.value[i] = 1.0 / i;
    }
  }

  /** The loss; batch norms update the statistics if in training. */
  Dual.Scalar forward(Network.Mode mode) {
    training = mode == Network.Mode.TRAINING;
    for (Node n : graph.nodes()) {
      Dual y = new Dual(count * n.shape().size());
      values.put(n, y);
      if (n.op() instanceof Op.Input) {
        System.arraycopy(images.value, 0, y.value, 0, y.value.length);
      } else if (n.op() instanceof Op.BatchNorm norm) {
        normalise(n, norm, y);
      } else {
        visit(n, (i, x, j, c, gc, k) -> y.addProduct(i, c, k, value(x), j));
      }
      if (n.op() instanceof Op.Linear linear) {
        for (int i = 0; i < y.value.length; i++) {
          y.add(i, w.get(linear.bias().offset() + i % n.shape().channels()));
        }
      }
    }
    Dual.Scalar loss = Dual.Scalar.ZERO;
    for (Output o : graph.outputs()) {
      for (int image = 0; image < count; image++) {
        Dual.Scalar error = logSum(o, image).minus(value(o.logits()).get(index(o, image)));
        loss = loss.plus(error.times(o.weight() / count));
      }
    }
    return loss;
  }

  private int index(Output o, int image) {
    return image * o.logits().shape().channels() + labels[image];
  }

  private Dual.Scalar logSum(Output o, int image) {
    int classes = o.logits().shape().channels();
    Dual.Scalar sum = Dual.Scalar.ZERO;
    for (int j = 0; j < classes; j++) {
      sum = sum.plus(value(o.logits()).get(image * classes + j).exp());
    }
    return sum.log();
  }

  /** Gradients of the loss, after {@link #forward} in training. */
  void backward() {
    graph.nodes().forEach(n -> gradients.put(n, new Dual(count * n.shape().size())));
    for (Output o : graph.outputs()) {
      int classes = o.logits().shape().channels();
      for (int image = 0; image < count; image++) {
        Dual.Scalar logSum = logSum(o, image);
        for (int i = image * classes; i < (image + 1) * classes; i++) {
          Dual.Scalar p = value(o.logits()).get(i).minus(logSum).exp();
          Dual.Scalar target = new Dual.Scalar(i == index(o, image) ? 1 : 0, 0);
          gradient(o.logits()).add(i, p.minus(target).times(o.weight() / count));
        }
      }
    }
    for (Node n : graph.nodes().reverse()) {
      Dual g = gradient(n);
      if (n.op() instanceof Op.BatchNorm norm) {
        normaliseBack(n, norm, g);
      } else if (!(n.op() instanceof Op.Input)) {
        visit(
            n,
            (i, x, j, c, gc, k) -> {
              gradient(x).addProduct(j, c, k, g, i);
              (gc == null ? ignored : gc).addProduct(k, g, i, value(x), j);
            });
      }
      if (n.op() instanceof Op.Linear linear) {
        for (int i = 0; i < g.value.length; i++) {
          weightGradient.add(linear.bias().offset() + i % n.shape().channels(), g.get(i));
        }
      }
    }
  }

  double[] logits(int output) {
    return value(graph.outputs().get(output).logits()).value;
  }

  private Dual value(Node n) {
    return Present.of(values.get(n));
  }

  private Dual gradient(Node n) {
    return Present.of(gradients.get(n));
  }

  private static int at(Shape s, int image, int channel, int row, int column) {
    return ((image * s.channels() + channel) * s.height() + row) * s.width() + column;
  }

  private void visit(Node n, Visitor v) {
    Shape y = n.shape();
    for (int image = 0; image < count; image++) {
      for (int c = 0; c < y.channels(); c++) {
        for (int r = 0; r < y.height(); r++) {
          for (int s = 0; s < y.width(); s++) {
            visit(n, v, image, c, r, s);
          }
        }
      }
    }
  }

  private void visit(Node n, Visitor v, int image, int c, int r, int s) {
    int i = at(n.shape(), image, c, r, s);
    Op op = n.op();
    if (op instanceof Op.Relu) {
      if (value(n.input()).value[i] > 0) {
        one(v, i, n.input(), i);
      }
    } else if (op instanceof Op.Convolution convolution) {
      for (int in = 0; in < n.input().shape().channels(); in++) {
        int kernel = c * n.input().shape().channels() + in;
        taps(n, v, convolution.window(), convolution.weight(), kernel, i, image, in, r, s);
      }
    } else if (op instanceof Op.Depthwise depthwise) {
      taps(n, v, depthwise.window(), depthwise.weight(), c, i, image, c, r, s);
    } else if (op instanceof Op.FactorizedReduce reduce) {
      int half = reduce.first().shape().get(0);
      int shift = c < half ? 0 : 1;
      Parameter p = c < half ? reduce.first() : reduce.second();
      for (int in = 0; in < n.input().shape().channels(); in++) {
        int k = p.offset() + (c - shift * half) * n.input().shape().channels() + in;
        int j = at(n.input().shape(), image, in, 2 * r + shift, 2 * s + shift);
        v.term(i, n.input(), j, w, weightGradient, k);
      }
    } else if (op instanceof Op.MaxPool pool) {
      pool(n, v, true, pool.size(), pool.stride(), pool.padding(), i, image, c, r, s);
    } else if (op instanceof Op.AveragePool pool) {
      pool(n, v, false, pool.size(), pool.stride(), pool.padding(), i, image, c, r, s);
    } else if (op instanceof Op.WeightedSum sum) {
      for (int t = 0; t < n.inputs().size(); t++) {
        int k = sum.weights().get(t).index();
        if (k < 0) {
          one(v, i, n.inputs().get(t), i);
        } else {
          v.term(i, n.inputs().get(t), i, mixing, mixingGradient, k);
        }
      }
    } else if (op instanceof Op.Concat) {
      int first = 0;
      for (Node x : n.inputs()) {
        if (first <= c && c < first + x.shape().channels()) {
          one(v, i, x, at(x.shape(), image, c - first, r, s));
        }
        first += x.shape().channels();
      }
    } else if (op instanceof Op.DropPath drop) {
      if (training) {
        v.term(i, n.input(), i, masks, null, drop.slot() * count + image);
      } else {
        one(v, i, n.input(), i);
      }
    } else if (op instanceof Op.GlobalAverage) {
      Shape x = n.input().shape();
      for (int j = 0; j < x.pixels(); j++) {
        v.term(i, n.input(), at(x, image, c, 0, 0) + j, reciprocals, null, x.pixels());
      }
    } else if (op instanceof Op.Linear linear) {
      for (int in = 0; in < n.input().shape().channels(); in++) {
        int k = linear.weight().offset() + c * n.input().shape().channels() + in;
        v.term(i, n.input(), at(n.input().shape(), image, in, 0, 0), w, weightGradient, k);
      }
    } else if (!(op instanceof Op.Zeros)) {
      throw new IllegalArgumentException("unknown operation " + op);
    }
  }

  private void one(Visitor v, int i, Node x, int j) {
    v.term(i, x, j, reciprocals, null, 1);
  }

  private void taps(
      Node n,
      Visitor v,
      Window o,
      Parameter weight,
      int kernel,
      int i,
      int image,
      int in,
      int r,
      int s) {
    Shape x = n.input().shape();
    for (int a = 0; a < o.rows(); a++) {
      for (int b = 0; b < o.columns(); b++) {
        int row = r * o.strideRows() - o.padRows() + a * o.dilation();
        int column = s * o.strideColumns() - o.padColumns() + b * o.dilation();
        if (0 <= row && row < x.height() && 0 <= column && column < x.width()) {
          int k = weight.offset() + (kernel * o.rows() + a) * o.columns() + b;
          v.term(i, n.input(), at(x, image, in, row, column), w, weightGradient, k);
        }
      }
    }
  }

  private void pool(
      Node n,
      Visitor v,
      boolean max,
      int size,
      int stride,
      int padding,
      int i,
      int image,
      int c,
      int r,
      int s) {
    Shape x = n.input().shape();
    ImmutableList.Builder<Integer> window = ImmutableList.builder();
    int best = -1;
    for (int row = r * stride - padding; row < r * stride - padding + size; row++) {
      for (int column = s * stride - padding; column < s * stride - padding + size; column++) {
        if (0 <= row && row < x.height() && 0 <= column && column < x.width()) {
          int j = at(x, image, c, row, column);
          window.add(j);
          double[] data = value(n.input()).value;
          best = best < 0 || data[j] > data[best] ? j : best;
        }
      }
    }
    if (max) {
      one(v, i, n.input(), best);
      return;
    }
    ImmutableList<Integer> pixels = window.build();
    for (int j : pixels) {
      v.term(i, n.input(), j, reciprocals, null, pixels.size());
    }
  }

  private Dual.Scalar scale(Op.BatchNorm op, int c) {
    return op.scale() == null ? new Dual.Scalar(1, 0) : w.get(op.scale().offset() + c);
  }

  private void normalise(Node n, Op.BatchNorm op, Dual y) {
    Dual x = value(n.input());
    Shape s = n.shape();
    Dual hat = new Dual(y.value.length);
    Dual inverse = new Dual(s.channels());
    normalised.put(n, hat);
    inverses.put(n, inverse);
    double values = (double) count * s.pixels();
    for (int c = 0; c < s.channels(); c++) {
      Dual.Scalar mean = Dual.Scalar.ZERO;
      Dual.Scalar variance = Dual.Scalar.ZERO;
      int atMean = op.mean().offset() + c;
      int atVariance = op.variance().offset() + c;
      if (training) {
        for (int image = 0; image < count; image++) {
          for (int p = 0; p < s.pixels(); p++) {
            mean = mean.plus(x.get(at(s, image, c, 0, 0) + p).times(1 / values));
          }
        }
        for (int image = 0; image < count; image++) {
          for (int p = 0; p < s.pixels(); p++) {
            Dual.Scalar d = x.get(at(s, image, c, 0, 0) + p).minus(mean);
            variance = variance.plus(d.times(d).times(1 / values));
          }
        }
        double unbiased = variance.value() * values / Math.max(1, values - 1);
        statistics[atMean] = 0.9 * statistics[atMean] + 0.1 * mean.value();
        statistics[atVariance] = 0.9 * statistics[atVariance] + 0.1 * unbiased;
      } else {
        mean = new Dual.Scalar(statistics[atMean], 0);
        variance = new Dual.Scalar(statistics[atVariance], 0);
      }
      Dual.Scalar r = variance.plus(new Dual.Scalar(EPSILON, 0)).inverseRoot();
      inverse.set(c, r);
      for (int image = 0; image < count; image++) {
        for (int p = 0; p < s.pixels(); p++) {
          int i = at(s, image, c, 0, 0) + p;
          hat.set(i, x.get(i).minus(mean).times(r));
          y.set(i, hat.get(i).times(scale(op, c)));
          if (op.bias() != null) {
            y.add(i, w.get(op.bias().offset() + c));
          }
        }
      }
    }
  }

  private void normaliseBack(Node n, Op.BatchNorm op, Dual g) {
    Shape s = n.shape();
    Dual hat = Present.of(normalised.get(n));
    double values = (double) count * s.pixels();
    for (int c = 0; c < s.channels(); c++) {
      Dual.Scalar sum = Dual.Scalar.ZERO;
      Dual.Scalar product = Dual.Scalar.ZERO;
      for (int image = 0; image < count; image++) {
        for (int p = 0; p < s.pixels(); p++) {
          int i = at(s, image, c, 0, 0) + p;
          sum = sum.plus(g.get(i));
          product = product.plus(g.get(i).times(hat.get(i)));
        }
      }
      if (op.scale() != null) {
        weightGradient.add(op.scale().offset() + c, product);
      }
      if (op.bias() != null) {
        weightGradient.add(op.bias().offset() + c, sum);
      }
      Dual.Scalar r = Present.of(inverses.get(n)).get(c).times(scale(op, c));
      for (int image = 0; image < count; image++) {
        for (int p = 0; p < s.pixels(); p++) {
          int i = at(s, image, c, 0, 0) + p;
          Dual.Scalar centred = g.get(i).minus(sum.times(1 / values));
          Dual.Scalar part = hat.get(i).times(product.times(1 / values));
          gradient(n.input()).add(i, centred.minus(part).times(r));
        }
      }
    }
  }
}
