package io.github.oche.bilevel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A whole method for a bilevel problem: how x and y move. All that the next step reads but the
 * problem is in the {@link SolverState}: a step from a copy of a state gives the same bits.
 *
 * <p>A solver may keep scratch memory between calls; one thread at a time may use it.
 */
public interface Solver {
  /**
   * The state before the first step.
   *
   * @param x where the upper variable starts, [n]; copied
   * @param y where the lower variable starts, [m]; copied
   * @return a state of arrays of its own
   * @throws IllegalArgumentException if a start is empty or has an entry that is NaN or infinite
   */
  SolverState start(INDArray x, INDArray y);

  /**
   * Makes one step of the upper variable and what goes with it of the lower one, in place. If the
   * estimate is not {@linkplain Estimate#isUsable() usable}, or the step would make a variable that
   * is not finite, nothing in the state changes and the outcome says why.
   *
   * @param problem the two objectives, each on the batch that it holds
   * @param state what the step changes
   * @return the direction of x that was used and what it took, valid until the next call
   */
  Estimate step(BilevelProblem problem, SolverState state);
}
