package io.github.oche.bilevel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A way to estimate the derivative of {@code F(x, y*(x))} by x from where the lower level got to.
 *
 * <p>An estimate changes neither x nor the trajectory, bit for bit. An implementation may keep
 * vectors between calls; one thread at a time may use it.
 */
public interface Hypergradient {
  /** What {@link #window} says of a method that reads the whole trajectory. */
  int ALL = Integer.MAX_VALUE;

  /**
   * Estimates the hypergradient.
   *
   * @param problem the two objectives, each on the batch that it holds
   * @param x upper variable, [n]
   * @param lower where the lower level went under the same problem and x
   * @return the estimate, valid until the next call
   */
  Estimate estimate(BilevelProblem problem, INDArray x, Trajectory lower);

  /**
   * How many of the last steps the estimate goes back through. A trajectory need not keep more.
   *
   * @return 0 if only the last state is read, {@link #ALL} for all
   */
  default int window() {
    return 0;
  }
}
