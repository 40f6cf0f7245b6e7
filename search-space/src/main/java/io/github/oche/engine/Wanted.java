package io.github.oche.engine;

/** Which gradients a backward pass computes; the rest is not worked out at all. */
public enum Wanted {
  /** With respect to the network weights. */
  WEIGHTS(true, false),
  /** With respect to the mixing weights: about a third less work. */
  MIXING(false, true),
  /** Both. */
  ALL(true, true);

  private final boolean weights;
  private final boolean mixing;

  Wanted(boolean weights, boolean mixing) {
    this.weights = weights;
    this.mixing = mixing;
  }

  /** Whether the gradient of the network weights is wanted. */
  public boolean weights() {
    return weights;
  }

  /** Whether the gradient of the mixing weights is wanted. */
  public boolean mixing() {
    return mixing;
  }
}
