package io.github.oche.engine;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import java.util.List;

/** Which nodes of a graph a step does together, told by who reads what: a question a method. */
final class Fusion {
  /** More readers than this make it worth storing a normalised tensor. */
  private static final int LAZY_READERS = 2;

  /** A sum of sums is added up step by step where they have at least this many terms. */
  private static final int TERMS = 3;

  private final ListMultimap<Node, Node> users = ArrayListMultimap.create();

  Fusion(Graph graph) {
    for (Node n : graph.nodes()) {
      n.inputs().forEach(x -> users.put(x, n));
    }
  }

  /** Those that read a node, one as often as it does. */
  List<Node> users(Node n) {
    return users.get(n);
  }

  // Convolutions

  static boolean isConvolution(Node n) {
    return n.op() instanceof Op.Convolution
        || n.op() instanceof Op.Depthwise
        || n.op() instanceof Op.FactorizedReduce;
  }

  /** A depthwise convolution that one pointwise convolution alone reads. */
  boolean isFused(Node n) {
    List<Node> us = users.get(n);
    return n.op() instanceof Op.Depthwise
        && us.size() == 1
        && us.get(0).op() instanceof Op.Convolution c
        && c.window().equals(Window.point());
  }

  /** A ReLU that only convolutions read. */
  private boolean isOfConvolutions(Node n) {
    return n.op() instanceof Op.Relu && users.get(n).stream().allMatch(Fusion::isConvolution);
  }

  /** A ReLU that is done where convolutions read; at most one of them is depthwise. */
  boolean isVirtual(Node n) {
    return isOfConvolutions(n)
        && users.get(n).stream().filter(u -> u.op() instanceof Op.Depthwise).count() < 2;
  }

  /** Whether dense convolutions alone read a node, rectified or not. */
  boolean isOnlyOfDense(Node n) {
    return users.get(n).stream()
        .allMatch(
            u ->
                u.op() instanceof Op.Convolution
                    || u.op() instanceof Op.FactorizedReduce
                    || (isVirtual(u) && isOnlyOfDense(u)));
  }

  // Batch norms

  /** Whether the step that computes z can read its gradient through the batch norm. */
  static boolean readsGradientThrough(Node z) {
    return isConvolution(z)
        || z.op() instanceof Op.MaxPool
        || z.op() instanceof Op.AveragePool
        || z.op() instanceof Op.GlobalAverage;
  }

  /** Whether all users of a batch norm can apply it themselves, and they are few. */
  boolean isLazy(Node n) {
    return users.get(n).stream()
            .allMatch(
                u ->
                    u.op() instanceof Op.WeightedSum
                        || (u.op() instanceof Op.DropPath && isDoneBySums(u))
                        || isOfConvolutions(u)
                        || isConvolution(u))
        && readers(n) <= LAZY_READERS;
  }

  /**
   * How many passes over a batch norm its convolutions make. A ReLU that is stored for them counts
   * twice: it does not measure the gradient, as a single reader has to.
   */
  int readers(Node n) {
    int readers = 0;
    for (Node u : users.get(n)) {
      if (isConvolution(u)) {
        readers++;
      } else if (u.op() instanceof Op.Relu) {
        readers += isVirtual(u) ? users.get(u).size() : 2;
      }
    }
    return readers;
  }

  /** How many sums read a batch norm. */
  long sums(Node n) {
    return users.get(n).stream()
        .filter(u -> u.op() instanceof Op.WeightedSum || u.op() instanceof Op.DropPath)
        .count();
  }

  /** A batch norm that one sum alone reads. */
  boolean isOnlyTerm(Node n) {
    return users.get(n).size() == 1 && users.get(n).get(0).op() instanceof Op.WeightedSum;
  }

  // Sums

  /** A sum that is a plain term of one other sum. */
  boolean isInlined(Node n) {
    List<Node> us = users.get(n);
    return n.op() instanceof Op.WeightedSum
        && us.size() == 1
        && us.get(0).op() instanceof Op.WeightedSum outer
        && outer.weights().get(us.get(0).inputs().indexOf(n)).isConstant();
  }

  /** Whether only sums read a drop path that can do it themselves. */
  boolean isDoneBySums(Node dropPath) {
    return users.get(dropPath).stream().allMatch(Fusion::takesDropPath);
  }

  /** Whether a sum can multiply a term by each image's number. */
  private static boolean takesDropPath(Node sum) {
    return sum.op() instanceof Op.WeightedSum w
        && w.weights().stream().allMatch(MixtureWeight::isConstant);
  }

  /**
   * Whether an inlined sum is added to the sum that it is a term of by a step of its own: while its
   * terms are in the cache, and not when those of its neighbours have driven them out.
   */
  boolean isPart(Node n) {
    return isInlined(n) && n.inputs().size() >= TERMS;
  }
}
