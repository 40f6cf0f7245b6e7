package io.github.oche.space;

/** How the weights of a searching cell become a derived one. */
@FunctionalInterface
public interface Discretisation {
  /**
   * Chooses a cell.
   *
   * @param weights of every candidate on every edge, [edges][candidates]; not changed
   * @throws IllegalArgumentException if the shape is another, or a weight is not finite
   */
  CellGenotype cell(CellSpace space, double[][] weights);

  /** The rule of the DARTS paper and its released code. */
  static Discretisation published() {
    return new StrongestTwo();
  }
}
