package io.github.oche.engine;

/**
 * One mixing weight.
 *
 * @param index in the flat vector of all mixing weights, or {@link #ONE}'s -1 for the constant 1
 */
public record MixtureWeight(int index) {
  /** The constant 1: a term that is simply added. */
  public static final MixtureWeight ONE = new MixtureWeight(-1);

  boolean isConstant() {
    return index < 0;
  }
}
