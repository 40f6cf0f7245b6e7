package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import io.github.oche.bilevel.linear.Vectors;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * All that the next step of a {@link Solver} reads but its problem: named vectors, x and y among
 * them, and how many steps were made. Mutable: a step changes the arrays in place. To go on later,
 * store the vectors and the number and make a state of them again.
 */
public final class SolverState {
  /** Name of the upper variable. */
  public static final String X = "x";

  /** Name of the lower variable. */
  public static final String Y = "y";

  private final ImmutableMap<String, INDArray> vectors;
  private long steps;

  /**
   * A state in the middle of a run.
   *
   * @param vectors by name, {@link #X} and {@link #Y} among them; kept, not copied
   * @param steps made so far
   */
  public SolverState(ImmutableMap<String, INDArray> vectors, long steps) {
    checkArgument(
        vectors.containsKey(X) && vectors.containsKey(Y),
        "a state has the vectors %s, expected x and y among them",
        vectors.keySet());
    checkArgument(steps >= 0, "steps is %s, expected at least 0", steps);
    this.vectors = vectors;
    this.steps = steps;
  }

  /** The state before the first step, of copies of these starts, which must be finite. */
  static SolverState start(INDArray x, INDArray y, ImmutableMap<String, INDArray> more) {
    requireStart(X, x);
    requireStart(Y, y);
    ImmutableMap.Builder<String, INDArray> all = ImmutableMap.builder();
    all.put(X, x.dup('c')).put(Y, y.dup('c')).putAll(more);
    return new SolverState(all.buildOrThrow(), 0);
  }

  private static void requireStart(String name, INDArray start) {
    checkArgument(!start.isEmpty(), "the start of %s is empty, expected at least one entry", name);
    checkArgument(Vectors.isFinite(start), "the start of %s has an entry that is not finite", name);
  }

  /** {@return the upper variable, [n]} */
  public INDArray x() {
    return vector(X);
  }

  /** {@return the lower variable, [m]} */
  public INDArray y() {
    return vector(Y);
  }

  /**
   * A vector of the solver's.
   *
   * @param name one of {@link #vectors}
   * @return the array itself
   */
  public INDArray vector(String name) {
    INDArray vector = vectors.get(name);
    checkArgument(
        vector != null,
        "this state has no vector \"%s\", only %s; was it made by another solver?",
        name,
        vectors.keySet());
    return vector;
  }

  /** {@return all vectors by name; the arrays themselves} */
  public ImmutableMap<String, INDArray> vectors() {
    return vectors;
  }

  /** {@return how many upper steps were made} */
  public long steps() {
    return steps;
  }

  /** Says whether every entry of every vector is finite. */
  boolean isFinite() {
    return vectors.values().stream().allMatch(Vectors::isFinite);
  }

  /** Counts a step: what a solver does at the end of one that it made. */
  public void count() {
    steps++;
  }

  /**
   * A state of arrays of its own.
   *
   * @return a copy
   */
  public SolverState copy() {
    ImmutableMap.Builder<String, INDArray> copies = ImmutableMap.builder();
    for (Map.Entry<String, INDArray> entry : vectors.entrySet()) {
      copies.put(entry.getKey(), entry.getValue().dup());
    }
    return new SolverState(copies.buildOrThrow(), steps);
  }
}
