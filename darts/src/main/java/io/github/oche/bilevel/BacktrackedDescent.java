package io.github.oche.bilevel;

import io.github.oche.bilevel.linear.Scratch;
import io.github.oche.bilevel.linear.Vectors;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Projected gradient descent whose steps are halved until the function falls by a part of what its
 * slope promises (Armijo's rule), which no step into a barrier does. A shortened step may grow
 * again by a factor of 4 with each further one, up to the full rate.
 */
final class BacktrackedDescent {
  /** What is minimised. */
  interface Function {
    /** The value; infinite where the function is not defined. */
    double value(INDArray v);

    /** Writes the gradient. */
    void gradient(INDArray v, INDArray into);
  }

  private static final double SUFFICIENT = 1e-4;
  private static final int HALVINGS = 50;

  private final Scratch direction = new Scratch();
  private final Scratch trial = new Scratch();

  /** Makes steps in place, fewer if no shorter step falls; false if a number was not finite. */
  boolean run(BilevelProblem problem, Function function, INDArray v, double rate, int steps) {
    INDArray g = direction.like(v);
    INDArray next = trial.like(v);
    double value = function.value(v);
    double length = rate;
    for (int t = 0; t < steps; t++) {
      function.gradient(v, g);
      if (!Double.isFinite(value) || !Vectors.isFinite(g)) {
        return false;
      }
      length = Math.min(rate, 4 * length);
      boolean fell = false;
      for (int halving = 0; halving <= HALVINGS && !fell; halving++) {
        next.assign(g).muli(-length).addi(v);
        problem.projectY().project(next);
        double reached = function.value(next);
        next.subi(v);
        if (Vectors.sumOfSquares(next) == 0) {
          return true;
        }
        if (reached <= value + SUFFICIENT * Vectors.dot(g, next)) {
          v.addi(next);
          value = reached;
          fell = true;
        } else {
          length /= 2;
        }
      }
      if (!fell) {
        return true;
      }
    }
    return true;
  }
}
