package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkNotNull;

import java.util.function.ToDoubleFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What an estimate says it is the derivative of, so that differences can tell whether it is: see
 * {@link HypergradientCheck}. An estimate may be right about this and still a crude one of {@code
 * F(x, y*(x))}.
 *
 * @param words what it goes through, as "the last 3 of 20 steps"
 * @param function a function of x; what is held does not follow x
 */
public record Claim(String words, ToDoubleFunction<INDArray> function) {
  /**
   * Creates a claim.
   *
   * @param words what it goes through
   * @param function a function of x
   */
  public Claim {
    checkNotNull(words, "words");
    checkNotNull(function, "function");
  }

  /**
   * {@code F(x, y)}, y being where some steps lead from a state that is held.
   *
   * @param words what it goes through
   * @param problem F, and f for the steps
   * @param dynamics what a step is
   * @param from the state that is held; copied
   * @param first number of the first step
   * @param steps how many, at least 0
   * @return the claim; its function is NaN where F is
   */
  public static Claim steps(
      String words, BilevelProblem problem, Dynamics dynamics, State from, int first, int steps) {
    State held = from.memory().isEmpty() ? dynamics.start(from.y()) : from.copy();
    return new Claim(
        words, x -> problem.upper().value(x, run(problem, dynamics, held, first, steps, x)));
  }

  /**
   * {@code F(x, y)} at a y that does not follow x: what first-order methods differentiate.
   *
   * @param problem F
   * @param at where the lower level got to; copied
   * @return the claim
   */
  public static Claim held(BilevelProblem problem, State at) {
    INDArray y = at.y().dup();
    return new Claim("no step: y is held", x -> problem.upper().value(x, y));
  }

  private static INDArray run(
      BilevelProblem problem, Dynamics dynamics, State from, int first, int steps, INDArray x) {
    State at = from.copy();
    State to = from.copy();
    for (int t = first; t < first + steps; t++) {
      dynamics.step(problem, x, t, at, to);
      State spare = at;
      at = to;
      to = spare;
    }
    return at.y();
  }
}
