package io.github.oche.bilevel.linear;

/**
 * How a linear system was solved.
 *
 * @param outcome what became of it
 * @param residual {@code ||b - A q|| / ||b||}, of the undamped A; 0 if b is zero, NaN if it is not
 *     known without one more product
 * @param products how often A was applied
 */
public record LinearSolution(Outcome outcome, double residual, long products) {
  /** What a right-hand side of zero has. */
  static final LinearSolution ZERO = new LinearSolution(Outcome.DONE, 0, 0);

  /** What could not be solved. */
  static LinearSolution failed(Outcome outcome, long products) {
    return new LinearSolution(outcome, Double.NaN, products);
  }
}
