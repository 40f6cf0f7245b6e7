package io.github.oche.bilevel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A way to estimate the derivative of {@code F(x, y*(x))} by x from where the lower level got to.
 *
 * <p>An estimate changes neither x nor the state, bit for bit. An implementation may keep vectors
 * between calls; one thread at a time may use it.
 */
public interface Hypergradient {
  /**
   * Estimates the hypergradient.
   *
   * @param problem the two objectives, each on the batch that it holds
   * @param x upper variable, [n]
   * @param lower the lower variable, [m], and its optimiser's memory
   * @return the estimate, valid until the next call
   */
  Estimate estimate(BilevelProblem problem, INDArray x, State lower);
}
