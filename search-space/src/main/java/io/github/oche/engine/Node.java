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
  private final String part;

  Node(int id, Op op, ImmutableList<Node> inputs, Shape shape, String part) {
    this.id = id;
    this.op = op;
    this.inputs = inputs;
    this.shape = shape;
    this.part = part;
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

  /** Where in the network it was first built: the prefix of its builder, without the last dot. */
  public String part() {
    return part;
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
