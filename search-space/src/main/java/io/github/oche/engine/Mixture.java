package io.github.oche.engine;

import static com.google.common.base.Preconditions.checkElementIndex;

/**
 * A named matrix of mixing weights: the numbers by which candidates are weighted in a sum. They are
 * inputs of the network; where they come from (a softmax of architecture weights, a sample) is not
 * the engine's business.
 *
 * @param name unique in its graph, {@code alphas_normal}
 * @param rows one an edge
 * @param columns one a candidate
 * @param offset of the first value in the flat vector of all mixing weights; row after row
 */
public record Mixture(String name, int rows, int columns, int offset) {
  /** The weight in this row and column. */
  public MixtureWeight weight(int row, int column) {
    checkElementIndex(row, rows, "row of " + name);
    checkElementIndex(column, columns, "column of " + name);
    return new MixtureWeight(offset + row * columns + column);
  }

  /** Number of weights. */
  public int size() {
    return rows * columns;
  }
}
