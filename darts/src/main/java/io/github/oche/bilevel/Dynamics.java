package io.github.oche.bilevel;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One step of the lower level, {@code s' = Phi_t(x, s)}, and its derivatives: what the explicit
 * (unrolling) methods differentiate. The state s is y and the optimiser's memory, so momentum and
 * adaptive methods are differentiated whole.
 *
 * <p>None of the methods changes x, the problem or the state it starts from. An implementation may
 * keep vectors between calls; one thread at a time may use it.
 */
public interface Dynamics {
  /**
   * The state before the first step, with the memory that this dynamics needs, filled with zeros.
   *
   * @param y the lower variable, [m]; copied
   * @return a state of arrays of its own
   */
  State start(INDArray y);

  /**
   * Makes a step.
   *
   * @param problem the two objectives, each on the batch that it holds
   * @param x upper variable, [n]
   * @param t number of the step in this solve, from 0
   * @param at the state before
   * @param to the state after, overwritten; its arrays are none of {@code at}'s
   * @return the value at {@code at} of what the step lowers; not finite if it diverged
   */
  double step(BilevelProblem problem, INDArray x, int t, State at, State to);

  /**
   * Pulls a cotangent back through a step: {@code p <- (dPhi/ds)' p}, and adds {@code (dPhi/dx)' p}
   * of the old p to {@code addToX}. Costs one product of each objective that the step reads.
   *
   * @param problem as in {@link #step}
   * @param x as in {@link #step}
   * @param t as in {@link #step}
   * @param at the state before the step
   * @param p cotangent of the state after it; becomes that of the state before
   * @param addToX what the step sends to x is added here, [n]
   */
  void pullback(BilevelProblem problem, INDArray x, int t, State at, State p, INDArray addToX);

  /**
   * Pushes a tangent forward through a step: {@code z <- dPhi/ds z + dPhi/dx dx}. Costs one product
   * of each objective that the step reads.
   *
   * @param problem as in {@link #step}
   * @param x as in {@link #step}
   * @param t as in {@link #step}
   * @param at the state before the step
   * @param z tangent of the state before the step; becomes that of the state after
   * @param dx direction of the upper variable, [n]; null is zero
   */
  void pushforward(
      BilevelProblem problem, INDArray x, int t, State at, State z, @Nullable INDArray dx);
}
