package io.github.oche.bilevel;

import com.google.common.collect.ImmutableMap;
import io.github.oche.bilevel.linear.Scratch;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;

/** The step of x: ND4J's updaters over vectors that a {@link SolverState} keeps. */
final class UpperStep {
  private static final String MEMORY = "x.memory";

  private final IUpdater rule;
  private final Scratch update = new Scratch();

  UpperStep(IUpdater rule) {
    this.rule = rule;
  }

  /** What the rule remembers, for the state before the first step; nothing from plain descent. */
  ImmutableMap<String, INDArray> memory(INDArray x) {
    long size = rule.stateSize(x.length());
    return size == 0
        ? ImmutableMap.of()
        : ImmutableMap.of(MEMORY, Nd4j.zeros(x.dataType(), 1, size));
  }

  /** Moves x against the gradient and projects it. */
  void move(BilevelProblem problem, SolverState state, INDArray gradient) {
    INDArray x = state.x();
    INDArray step = update.like(x).assign(gradient);
    INDArray memory = rule.stateSize(x.length()) == 0 ? null : state.vector(MEMORY);
    rule.instantiate(memory, false)
        .applyUpdater(step.reshape(1, step.length()), (int) state.steps(), 0);
    x.subi(step);
    problem.projectX().project(x);
  }
}
