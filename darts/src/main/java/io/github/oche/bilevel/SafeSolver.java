package io.github.oche.bilevel;

import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.linear.Scratch;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A solver whose steps are all or nothing: the state is kept aside first, and put back bit for bit
 * if the step fails or leaves anything in it that is not finite. Counts the work too. The copy
 * costs one pass over the state's vectors.
 */
abstract class SafeSolver implements Solver {
  private final Meter meter = new Meter();
  private final Scratch nothing = new Scratch();
  private final Map<String, Scratch> aside = new HashMap<>();

  /**
   * Makes a step on the state's own arrays, and may leave them in any condition if it fails.
   *
   * @return the estimate; its work and exactness are filled in by the caller
   */
  abstract Estimate attempt(BilevelProblem problem, SolverState state);

  @Override
  public final Estimate step(BilevelProblem problem, SolverState state) {
    for (Map.Entry<String, INDArray> entry : state.vectors().entrySet()) {
      aside(entry).assign(entry.getValue());
    }
    Estimate estimate = attempt(meter.start(problem), state);
    Outcome outcome = estimate.outcome();
    if (outcome.isUsable() && !state.isFinite()) {
      outcome = Outcome.NOT_FINITE;
    }
    if (outcome.isUsable()) {
      state.count();
    } else {
      for (Map.Entry<String, INDArray> entry : state.vectors().entrySet()) {
        entry.getValue().assign(aside(entry));
      }
    }
    return estimate.with(outcome).measured(meter);
  }

  private INDArray aside(Map.Entry<String, INDArray> entry) {
    return aside.computeIfAbsent(entry.getKey(), name -> new Scratch()).like(entry.getValue());
  }

  /** An objective that the solver holds itself, whose evaluations join the work of the steps. */
  final Objective counted(Objective objective) {
    return meter.counted(objective);
  }

  /** An estimate of a direction that a solver found itself. */
  static Estimate direction(double value, INDArray gradient) {
    return Estimate.of(value, gradient, null, Outcome.DONE, Double.NaN);
  }

  /** The same of a solver that solves a linear system as well. */
  static Estimate direction(double value, INDArray gradient, double residual) {
    return Estimate.of(value, gradient, null, Outcome.DONE, residual);
  }

  /** What a step gives whose lower level diverged: a direction of NaN. */
  final Estimate diverged(INDArray anyLikeX) {
    INDArray h = nothing.like(anyLikeX).assign(Double.NaN);
    return Estimate.of(Double.NaN, h, null, Outcome.NOT_FINITE, Double.NaN);
  }
}
