package io.github.oche.bilevel;

import com.google.common.collect.ImmutableMap;
import io.github.oche.bilevel.linear.Scratch;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * The step of x, or of another vector of a solver's: ND4J's updaters over vectors that a {@link
 * SolverState} keeps.
 */
public final class UpperStep {
  private final IUpdater rule;
  private final String name;
  private final String memoryName;
  private final Scratch update = new Scratch();

  /**
   * Creates the step of x.
   *
   * @param rule any of ND4J's updaters
   */
  public UpperStep(IUpdater rule) {
    this(rule, SolverState.X);
  }

  /** The step of the vector of that name; what its rule remembers is "name.memory". */
  UpperStep(IUpdater rule, String name) {
    this.rule = rule;
    this.name = name;
    this.memoryName = name + ".memory";
  }

  /**
   * What the rule remembers, for the state before the first step; nothing from plain descent.
   *
   * @param x the vector that will move
   * @return vectors for the {@link SolverState}, by name
   */
  public ImmutableMap<String, INDArray> memory(INDArray x) {
    long size = rule.stateSize(x.length());
    return size == 0
        ? ImmutableMap.of()
        : ImmutableMap.of(memoryName, Nd4j.zeros(x.dataType(), 1, size));
  }

  /** The state before the first step of a solver that keeps these vectors beside the rule's. */
  SolverState start(INDArray x, INDArray y, ImmutableMap<String, INDArray> more) {
    ImmutableMap.Builder<String, INDArray> all = ImmutableMap.builder();
    return SolverState.start(x, y, all.putAll(memory(x)).putAll(more).buildOrThrow());
  }

  /**
   * Moves x against the gradient and projects it.
   *
   * @param problem gives the projection
   * @param state holds x and what the rule remembers; both are changed
   * @param gradient of the shape of x
   */
  public void move(BilevelProblem problem, SolverState state, INDArray gradient) {
    descend(state, gradient, state.steps());
    problem.projectX().project(state.x());
  }

  /** Moves x along an estimate if that is usable; gives the estimate back. */
  Estimate follow(BilevelProblem problem, SolverState state, Estimate estimate) {
    if (estimate.isUsable()) {
      move(problem, state, estimate.gradient());
    }
    return estimate;
  }

  /** Moves the vector against the gradient in its step of that number. */
  void descend(SolverState state, INDArray gradient, long number) {
    INDArray vector = state.vector(name);
    INDArray step = update.like(vector).assign(gradient);
    INDArray memory = rule.stateSize(vector.length()) == 0 ? null : state.vector(memoryName);
    rule.instantiate(memory, false).applyUpdater(step.reshape(1, step.length()), (int) number, 0);
    vector.subi(step);
  }
}
