package io.github.oche.space;

/**
 * In which of the two kinds of network an operation is built; published code builds some of them
 * differently.
 */
public enum Style {
  /**
   * A supernet: batch norms have no scale and bias of their own, since the mixing weight of an
   * operation would be undone by them, and poolings are followed by one, so that all candidates
   * speak equally loud.
   */
  SEARCHING,

  /** A derived network: batch norms have a scale and a bias, poolings stand alone. */
  DERIVED;

  /** Whether batch norms have a scale and a bias. */
  public boolean affine() {
    return this == DERIVED;
  }

  /** Whether a batch norm follows a pooling. */
  public boolean normalisesPooling() {
    return this == SEARCHING;
  }
}
