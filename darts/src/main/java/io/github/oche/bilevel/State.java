package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkNotNull;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where the lower level stands: the lower variable and what its optimiser remembers. Two states are
 * never compared: they hold arrays.
 *
 * @param y the lower variable, [m]
 * @param velocity the momentum buffer of {@link HeavyBall}, [m]; null is zero, as before the first
 *     step
 */
public record State(INDArray y, @Nullable INDArray velocity) {
  /**
   * Creates a state.
   *
   * @param y the lower variable, [m]
   * @param velocity the momentum buffer, [m], or null
   * @throws IllegalArgumentException if their shapes differ
   */
  public State {
    checkNotNull(y, "y");
    if (velocity != null) {
      Vectors.requireShape("velocity", velocity, y);
    }
  }

  /**
   * The state of an optimiser that has made no step yet.
   *
   * @param y the lower variable, [m]
   * @return y with nothing remembered
   */
  public static State atRest(INDArray y) {
    return new State(y, null);
  }
}
