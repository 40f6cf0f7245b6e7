package io.github.oche.bilevel;

import java.util.Optional;
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

  /**
   * What the estimate is the derivative of, where that is not {@code F(x, y_T(x))} with all T
   * steps: only a window of them, or steps of its own. {@link HypergradientCheck} compares it with
   * this.
   *
   * @param problem the two objectives, each on the batch that it holds
   * @param x upper variable, [n]
   * @param lower where the lower level went under the same problem and x
   * @return the claim; empty if it is all T steps, or the solved lower level as an implicit method
   *     has it, whose {@linkplain Estimate#residual() residual} says how far it got
   */
  default Optional<Claim> claim(BilevelProblem problem, INDArray x, Trajectory lower) {
    return Optional.empty();
  }
}
