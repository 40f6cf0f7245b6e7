package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.linear.Vectors;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where the lower level stands: the lower variable and what its optimiser remembers. The record is
 * fixed, its arrays are not: a {@link Dynamics} writes the next state into them. Two states are
 * never compared: they hold arrays.
 *
 * <p>The same class holds tangents and cotangents of such states.
 *
 * @param y the lower variable, [m]
 * @param memory the optimiser's vectors, in the order its {@link Dynamics} gives them; empty before
 *     the first step of a dynamics that remembers, which takes it as zero
 */
public record State(INDArray y, ImmutableList<INDArray> memory) {
  /**
   * Creates a state of these very arrays.
   *
   * @param y the lower variable, [m]
   * @param memory the optimiser's vectors
   */
  public State {
    checkNotNull(y, "y");
    checkNotNull(memory, "memory");
  }

  /**
   * The state of an optimiser that remembers nothing.
   *
   * @param y the lower variable, [m]; kept
   * @return y with nothing remembered
   */
  public static State atRest(INDArray y) {
    return new State(y, ImmutableList.of());
  }

  /**
   * The state of an optimiser with one vector, as {@link HeavyBall} has it.
   *
   * @param y the lower variable, [m]; kept
   * @param velocity the momentum buffer, [m]; kept
   * @return both
   * @throws IllegalArgumentException if their shapes differ
   */
  public static State of(INDArray y, INDArray velocity) {
    Vectors.requireShape("velocity", velocity, y);
    return new State(y, ImmutableList.of(velocity));
  }

  /**
   * A state of arrays of its own.
   *
   * @return a copy
   */
  public State copy() {
    ImmutableList.Builder<INDArray> copies = ImmutableList.builder();
    for (INDArray vector : memory) {
      copies.add(vector.dup());
    }
    return new State(y.dup(), copies.build());
  }

  /**
   * Writes another state into the arrays of this one.
   *
   * @param other a state of the same shapes
   * @return this
   */
  public State assign(State other) {
    checkArgument(
        memory.size() == other.memory.size(),
        "a state with %s remembered vectors cannot take one with %s",
        memory.size(),
        other.memory.size());
    y.assign(other.y);
    for (int i = 0; i < memory.size(); i++) {
      memory.get(i).assign(other.memory.get(i));
    }
    return this;
  }

  /**
   * Fills all arrays with zeros.
   *
   * @return this
   */
  public State clear() {
    y.assign(0);
    for (INDArray vector : memory) {
      vector.assign(0);
    }
    return this;
  }

  /** Says whether states like the other one fit into this one. */
  boolean fits(State other) {
    if (memory.size() != other.memory.size() || !Vectors.alike(y, other.y)) {
      return false;
    }
    for (int i = 0; i < memory.size(); i++) {
      if (!Vectors.alike(memory.get(i), other.memory.get(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Says whether every entry is finite.
   *
   * @return false if one is NaN or infinite
   */
  public boolean isFinite() {
    return Vectors.isFinite(y) && memory.stream().allMatch(Vectors::isFinite);
  }
}
