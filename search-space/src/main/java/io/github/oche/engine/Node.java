package io.github.oche.engine;

import com.google.common.collect.ImmutableList;

/**
 * One value of a graph. Equality is identity: the builder makes sure that equal computations are
 * the same node.
 */
public final class Node {
  private final int id;
  private final Op op;
  private final ImmutableList<Node> inputs;
  private final Shape shape;

  Node(int id, Op op, ImmutableList<Node> inputs, Shape shape) {
    this.id = id;
    this.op = op;
    this.inputs = inputs;
    this.shape = shape;
  }

  /** Its number: inputs have smaller ones. */
  public int id() {
    return id;
  }

  /** What it computes. */
  public Op op() {
    return op;
  }

  /** What it computes it from. */
  public ImmutableList<Node> inputs() {
    return inputs;
  }

  /** Shape of its value for one image. */
  public Shape shape() {
    return shape;
  }

  Node input() {
    return inputs.get(0);
  }

  @Override
  public String toString() {
    return "%"
        + id
        + " = "
        + op
        + " "
        + inputs.stream().map(n -> "%" + n.id).toList()
        + " "
        + shape;
  }
}
