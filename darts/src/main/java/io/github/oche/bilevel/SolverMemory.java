package io.github.oche.bilevel;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.SpillPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Memory of a solver, measured: the ND4J arrays that it and its state make, to the byte. What the
 * objectives make is theirs and not counted, nor are Java's own arrays, of which the methods here
 * keep none as long as x or y but for the dense linear solver.
 *
 * <p>The measurement is one of all allocations, not of the memory of the process: it is the same
 * each time, on every machine. A solver that makes nothing anew in its second step holds all that
 * it made before.
 *
 * @param kept bytes made from the start of the solver to the end of its first step
 * @param anew bytes that its second step made beside them: arrays that it could have kept, and the
 *     few bytes of the numbers that ND4J wraps
 */
public record SolverMemory(long kept, long anew) {
  private static final WorkspaceConfiguration EVERYTHING =
      WorkspaceConfiguration.builder()
          .initialSize(0) // each array is allocated by itself, and noted
          .policyAllocation(AllocationPolicy.STRICT)
          .policyLearning(LearningPolicy.NONE)
          .policySpill(SpillPolicy.EXTERNAL)
          .build();

  /**
   * Makes two steps of a new solver and lets go of it.
   *
   * @param solver makes the solver with all its parts, dynamics and estimators too: those that it
   *     shares with another solver are void afterwards, and their arrays may have been made before
   * @param problem the two objectives
   * @param x where the upper variable starts, [n]
   * @param y where the lower variable starts, [m]
   * @return what the steps took; a step that fails may take less
   */
  public static SolverMemory of(
      Supplier<? extends Solver> solver, BilevelProblem problem, INDArray x, INDArray y) {
    BilevelProblem outside =
        problem.with(new Outside(problem.upper()), new Outside(problem.lower()));
    String name = "memory of a solver";
    try (MemoryWorkspace all =
        Nd4j.getWorkspaceManager().getAndActivateWorkspace(EVERYTHING, name)) {
      long before = all.getThisCycleAllocations();
      Solver measured = solver.get();
      SolverState state = measured.start(x, y);
      measured.step(outside, state);
      long first = all.getThisCycleAllocations();
      measured.step(outside, state);
      return new SolverMemory(first - before, all.getThisCycleAllocations() - first);
    } finally {
      Nd4j.getWorkspaceManager()
          .destroyWorkspace(
              Nd4j.getWorkspaceManager().getWorkspaceForCurrentThread(EVERYTHING, name));
    }
  }

  /**
   * What is kept in units of a vector.
   *
   * @param y such a vector
   * @return how many of its length and type make up the same memory
   */
  public double vectors(INDArray y) {
    return (double) kept / (y.length() * y.dataType().width());
  }

  /** An objective whose arrays are not counted. */
  private record Outside(Objective objective) implements Objective {
    @Override
    public double value(INDArray x, INDArray y) {
      return outside(() -> objective.value(x, y));
    }

    @Override
    public Gradient gradient(INDArray x, INDArray y, Partial wanted) {
      return outside(() -> objective.gradient(x, y, wanted));
    }

    @Override
    public Gradient along(
        INDArray x, INDArray y, @Nullable INDArray dx, @Nullable INDArray dy, Partial wanted) {
      return outside(() -> objective.along(x, y, dx, dy, wanted));
    }

    private static <T> T outside(Supplier<T> asked) {
      MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
      try {
        return asked.get();
      } finally {
        none.close();
      }
    }
  }
}
