package io.github.oche.bilevel.meta;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.oche.bilevel.BilevelProblem;
import io.github.oche.bilevel.Estimate;
import io.github.oche.bilevel.SolverState;
import io.github.oche.bilevel.UpperStep;
import io.github.oche.bilevel.Work;
import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.linear.Scratch;
import io.github.oche.bilevel.linear.Vectors;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Meta-learning: each step learns a batch of tasks from the same x, one after the other, and moves
 * x along the mean of their derivatives. What makes it MAML, Reptile or another method is its
 * {@link Adaptation}.
 *
 * <p>Memory does not grow with the number of tasks. All that the next step reads but the tasks is
 * in the {@link SolverState}, whose y is what the last task of the batch was learned to. One thread
 * at a time may use it.
 */
public final class MetaSolver {
  private final Adaptation adaptation;
  private final UpperStep upper;
  private final Scratch mean = new Scratch();
  private final Map<String, Scratch> aside = new HashMap<>();

  /**
   * Creates the solver.
   *
   * @param adaptation how a task is learned
   * @param upper how x moves: any of ND4J's rules
   */
  public MetaSolver(Adaptation adaptation, IUpdater upper) {
    this.adaptation = checkNotNull(adaptation, "adaptation");
    this.upper = new UpperStep(checkNotNull(upper, "upper"));
  }

  /**
   * The state before the first step.
   *
   * @param x where the upper variable starts, [n]; copied
   * @return a state of arrays of its own
   * @throws IllegalArgumentException if x is shorter than the start that it holds, or has an entry
   *     that is not finite
   */
  public SolverState start(INDArray x) {
    Slices.require(x, 0, adaptation.start().length());
    checkArgument(Vectors.isFinite(x), "the start of x has an entry that is not finite");
    ImmutableMap.Builder<String, INDArray> vectors = ImmutableMap.builder();
    vectors.put(SolverState.X, x.dup('c'));
    vectors.put(SolverState.Y, Nd4j.zeros(x.dataType(), adaptation.start().length()));
    vectors.putAll(upper.memory(x));
    return new SolverState(vectors.buildOrThrow(), 0);
  }

  /**
   * Makes one step of x. If a task's estimate is not {@linkplain Estimate#isUsable() usable}, or
   * the step would make x not finite, nothing in the state changes and the outcome says why.
   *
   * @param tasks the batch, at least one; x is projected as the first one says
   * @param state what the step changes
   * @return the mean value and derivative and the sum of the work, valid until the next call; the
   *     residual is the largest, the outcome that of the first task that failed
   */
  public Estimate step(ImmutableList<BilevelProblem> tasks, SolverState state) {
    checkArgument(!tasks.isEmpty(), "a meta step needs at least one task");
    keep(state);
    INDArray h = mean.like(state.x()).assign(0);
    double value = 0;
    double residual = Double.NaN;
    boolean exact = true;
    Work work = Work.NONE;
    Outcome outcome = Outcome.DONE;
    for (BilevelProblem task : tasks) {
      Estimate estimate = adaptation.estimate(task, state.x());
      value += estimate.value();
      h.addi(estimate.gradient());
      residual =
          Double.isNaN(residual) ? estimate.residual() : Math.max(residual, estimate.residual());
      exact &= estimate.exact();
      work = work.plus(estimate.work());
      if (estimate.outcome() != Outcome.DONE) {
        outcome = estimate.outcome();
      }
      if (!outcome.isUsable()) {
        break;
      }
    }
    if (outcome.isUsable()) {
      h.divi(tasks.size());
      state.y().assign(adaptation.last());
      upper.move(tasks.get(0), state, h);
      if (state.vectors().values().stream().allMatch(Vectors::isFinite)) {
        state.count();
      } else {
        outcome = Outcome.NOT_FINITE;
        restore(state);
      }
    }
    return new Estimate(value / tasks.size(), h, null, outcome, residual, exact, work);
  }

  private void keep(SolverState state) {
    for (Map.Entry<String, INDArray> entry : state.vectors().entrySet()) {
      kept(entry).assign(entry.getValue());
    }
  }

  private void restore(SolverState state) {
    for (Map.Entry<String, INDArray> entry : state.vectors().entrySet()) {
      entry.getValue().assign(kept(entry));
    }
  }

  private INDArray kept(Map.Entry<String, INDArray> entry) {
    return aside.computeIfAbsent(entry.getKey(), name -> new Scratch()).like(entry.getValue());
  }
}
