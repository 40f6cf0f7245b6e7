package io.github.oche.bilevel;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The lower level's state among the vectors of a {@link SolverState}. */
final class Standing {
  private static final String MEMORY = "y.memory.";

  private Standing() {}

  /** What the dynamics remembers before the first step. */
  static ImmutableMap<String, INDArray> memory(Dynamics dynamics, INDArray y) {
    ImmutableMap.Builder<String, INDArray> all = ImmutableMap.builder();
    ImmutableList<INDArray> memory = dynamics.start(y).memory();
    for (int i = 0; i < memory.size(); i++) {
      all.put(MEMORY + i, memory.get(i));
    }
    return all.buildOrThrow();
  }

  /** The very arrays in the solver's state. */
  static State of(SolverState state) {
    ImmutableList.Builder<INDArray> memory = ImmutableList.builder();
    for (int i = 0; state.vectors().containsKey(MEMORY + i); i++) {
      memory.add(state.vector(MEMORY + i));
    }
    return new State(state.y(), memory.build());
  }
}
