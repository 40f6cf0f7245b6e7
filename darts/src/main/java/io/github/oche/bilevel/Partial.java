package io.github.oche.bilevel;

/**
 * Which partial derivatives of an objective are wanted. Those that are not wanted are not computed:
 * in architecture search the upper step needs no weight gradients, which saves about a third of its
 * work.
 */
public enum Partial {
  /** The derivative by the upper variable alone. */
  X,
  /** The derivative by the lower variable alone. */
  Y,
  /** Both, in one pass. */
  BOTH;

  /**
   * Says whether the derivative by the upper variable is wanted.
   *
   * @return true for {@link #X} and {@link #BOTH}
   */
  public boolean wantsX() {
    return this != Y;
  }

  /**
   * Says whether the derivative by the lower variable is wanted.
   *
   * @return true for {@link #Y} and {@link #BOTH}
   */
  public boolean wantsY() {
    return this != X;
  }
}
