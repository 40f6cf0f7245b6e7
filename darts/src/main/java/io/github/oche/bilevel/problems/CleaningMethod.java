package io.github.oche.bilevel.problems;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import io.github.oche.bilevel.Estimate;
import io.github.oche.bilevel.Solver;
import io.github.oche.bilevel.SolverState;
import io.github.oche.bilevel.Work;
import io.github.oche.bilevel.linear.Outcome;

/**
 * A method of bilevel optimisation as it is compared on {@link HyperCleaning}: a composition, its
 * two rates, and how long it runs.
 *
 * @param name as in tables
 * @param steps of the upper variable
 * @param rate that the steps of y are multiples of
 * @param upperRate of Adam, which moves x
 * @param maker makes the solver
 */
public record CleaningMethod(String name, int steps, double rate, double upperRate, Maker maker) {
  /** Makes a solver of two rates. */
  @FunctionalInterface
  public interface Maker {
    /**
     * Makes a solver, which keeps memory of its own.
     *
     * @param rate that the steps of y are multiples of
     * @param upperRate of Adam, which moves x
     * @return the solver
     */
    Solver make(double rate, double upperRate);
  }

  /**
   * Creates a method.
   *
   * @param name as in tables
   * @param steps of the upper variable, at least 1
   * @param rate that the steps of y are multiples of, positive
   * @param upperRate of Adam, which moves x, positive
   * @param maker makes the solver
   */
  public CleaningMethod {
    checkNotNull(name, "name");
    checkNotNull(maker, "maker");
    checkArgument(steps >= 1, "steps is %s, expected at least 1", steps);
    checkArgument(rate > 0, "rate is %s, expected a positive number", rate);
    checkArgument(upperRate > 0, "upperRate is %s, expected a positive number", upperRate);
  }

  /** The same with other rates. */
  CleaningMethod with(double otherRate, double otherUpperRate) {
    return new CleaningMethod(name, steps, otherRate, otherUpperRate, maker);
  }

  /** Makes a solver with memory of its own. */
  Solver solver() {
    return maker.make(rate, upperRate);
  }

  /**
   * Runs the method once. A step that fails ends the run.
   *
   * @param cleaning the problem
   * @param seed of the start of y
   * @return what it came to
   */
  public CleaningRun run(HyperCleaning cleaning, long seed) {
    Solver solver = solver();
    SolverState state = solver.start(cleaning.startX(), cleaning.startY(seed));
    Work work = Work.NONE;
    Outcome outcome = Outcome.DONE;
    double residual = Double.NaN;
    long started = System.nanoTime();
    for (int k = 0; k < steps && outcome.isUsable(); k++) {
      Estimate estimate = solver.step(cleaning.problem(), state);
      work = work.plus(estimate.work());
      outcome = outcome.and(estimate.outcome());
      residual =
          Double.isNaN(residual) ? estimate.residual() : Math.max(residual, estimate.residual());
    }
    return new CleaningRun(
        cleaning.accuracy(state.y()),
        cleaning.train().detection(state.x()),
        work,
        (System.nanoTime() - started) / 1e9,
        state.steps(),
        outcome,
        residual);
  }
}
