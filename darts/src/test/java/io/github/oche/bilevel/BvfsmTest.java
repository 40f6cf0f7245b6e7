package io.github.oche.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.problems.BvfsmExample;
import io.github.oche.bilevel.problems.IapttExample;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

/** Lower levels that are not convex, where descent of y alone finds a wrong solution. */
class BvfsmTest {
  private static final Decay DECAY = new Decay.Power(1.1);

  @ParameterizedTest
  @CsvSource({"1, 500", "3, 500", "10, 500", "100, 400"})
  @Tag("slow")
  void findsTheBestOfSeparateLowerSolutionsOfOtherSizes(int n, int upperSteps) {
    findsTheBestOfSeparateLowerSolutions(n, upperSteps);
  }

  @ParameterizedTest
  @CsvSource("2, 500")
  void findsTheBestOfSeparateLowerSolutions(int n, int upperSteps) {
    Bvfsm solver =
        new Bvfsm(
            Attitude.OPTIMISTIC,
            new Bvfsm.Parameters(1e-3, 1e-3, 1e-2, 1e-2, DECAY),
            new Bvfsm.Steps(20, 0.5, 30, 0.1, 10),
            new Adam(0.02));
    SolverState state =
        solver.start(Nd4j.createFromArray(0.0), Nd4j.createFromArray(new double[n]));
    Estimate last = run(solver, BvfsmExample.problem(), state, upperSteps);
    assertThat(state.x().getDouble(0)).isCloseTo(BvfsmExample.solutionX(n), offset(1e-2));
    for (double y : state.y().toDoubleVector()) {
      assertThat(y).isCloseTo(BvfsmExample.solutionY(n), offset(1e-2));
    }
    assertThat(last.value()).isCloseTo(BvfsmExample.solutionValue(n), offset(1e-2));
    assertThat(last.work().products()).isZero();
  }

  @Tag("slow")
  @Test
  void findsTheWorstCase() {
    Bvfsm solver =
        new Bvfsm(
            Attitude.PESSIMISTIC,
            new Bvfsm.Parameters(1e-3, 1e-3, 1e-2, 1e-2, new Decay.Power(1.5)),
            new Bvfsm.Steps(20, 0.5, 50, 0.4, 20),
            new Adam(new ExponentialSchedule(ScheduleType.ITERATION, 0.05, 0.99)));
    SolverState state = solver.start(Nd4j.createFromArray(1.0), Nd4j.createFromArray(7.0, 7.0));
    Estimate last = run(solver, BvfsmExample.pessimistic(), state, 400);
    assertThat(last.value()).isCloseTo(-13.8381783, offset(0.06)); // 2 pi times the error of y
    double x = state.x().getDouble(0);
    assertThat(x).isCloseTo(Math.PI / 2 - 2, offset(1e-2));
    for (double y : state.y().toDoubleVector()) {
      assertThat(Math.abs(y - 4)).isCloseTo(Math.PI, offset(1e-2));
    }
  }

  @Tag("slow")
  @Test
  void keepsToTheConstraintsOfTheLowerLevel() {
    Bvfsm solver =
        new Bvfsm(
            Attitude.OPTIMISTIC,
            new Bvfsm.Parameters(1e-3, 1e-3, 1e-1, 1e-1, DECAY),
            new Bvfsm.Steps(20, 0.5, 30, 0.1, 0),
            BvfsmExample.constraints(2),
            new Adam(0.01));
    SolverState state = solver.start(Nd4j.createFromArray(0.0), Nd4j.createFromArray(0.5, 0.5));
    Estimate last = run(solver, BvfsmExample.constrained(), state, 500);
    assertThat(state.x().getDouble(0)).isCloseTo(-2.0 / 3, offset(1e-2));
    for (double y : state.y().toDoubleVector()) {
      assertThat(y).isCloseTo(2.0 / 3, offset(1e-2));
    }
    assertThat(last.value()).isCloseTo(32.0 / 3, offset(1e-2));
    for (Objective constraint : BvfsmExample.constraints(2)) {
      assertThat(constraint.value(state.x(), state.y())).isLessThan(1e-6);
    }
  }

  @Test
  void everyEvaluationIsCountedThoseOfConstraintsToo() {
    long[] asked = new long[2];
    Bvfsm solver =
        new Bvfsm(
            Attitude.OPTIMISTIC,
            new Bvfsm.Parameters(1e-3, 1e-3, 1e-1, 1e-1, DECAY),
            new Bvfsm.Steps(3, 0.5, 4, 0.1, 2),
            BvfsmExample.constraints(2).stream()
                .map(g -> counting(g, asked))
                .collect(ImmutableList.toImmutableList()),
            new Adam(0.01));
    BilevelProblem plain = BvfsmExample.constrained();
    BilevelProblem problem =
        new BilevelProblem(counting(plain.upper(), asked), counting(plain.lower(), asked));
    SolverState state = solver.start(Nd4j.createFromArray(0.0), Nd4j.createFromArray(0.5, 0.5));
    for (int k = 0; k < 2; k++) {
      asked[0] = 0;
      asked[1] = 0;
      Work work = solver.step(problem, state).work();
      assertThat(work).isEqualTo(new Work(asked[0], asked[1], 0));
    }
    assertThat(asked[0]).isPositive();
  }

  /** Notes values and gradients; no product is asked for. */
  private static Objective counting(Objective objective, long[] asked) {
    return new Objective() {
      @Override
      public double value(INDArray x, INDArray y) {
        asked[0]++;
        return objective.value(x, y);
      }

      @Override
      public Gradient gradient(INDArray x, INDArray y, Partial wanted) {
        asked[1]++;
        return objective.gradient(x, y, wanted);
      }
    };
  }

  @Test
  void gapIsATrueOne() {
    Bvfsm solver =
        new Bvfsm(
            Attitude.OPTIMISTIC,
            new Bvfsm.Parameters(0, 0, 1e-2, 1e-2, Decay.NONE),
            new Bvfsm.Steps(50, 0.5, 100, 0.1, 10),
            ImmutableList.of(),
            new Sgd(1e-9));
    INDArray x = Nd4j.createFromArray(2.4);
    SolverState state = solver.start(x, Nd4j.createFromArray(4.0, 4.0));
    Estimate estimate = run(solver, BvfsmExample.problem(), state, 20);
    Objective f = BvfsmExample.problem().lower();
    double gap = f.value(x, state.vector("z")) + 1e-2 - f.value(x, state.y());
    assertThat(gap).isBetween(1e-6, 1e-2);
    // at the optimum of y the barrier holds F: grad_y F + tau / gap grad_y f = 0
    double upper =
        BvfsmExample.problem().upper().gradient(x, state.y(), Partial.Y).dy().getDouble(0);
    double lower = f.gradient(x, state.y(), Partial.Y).dy().getDouble(0);
    assertThat(upper + 1e-2 / gap * lower).isCloseTo(0, offset(1e-3));
    double byX = f.gradient(x, state.y(), Partial.X).dx().getDouble(0);
    assertThat(estimate.gradient().getDouble(0))
        .isCloseTo(2 * 0.4 + 1e-2 / gap * byX, offset(1e-3));
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"1", "3"})
  void learnedStartAndWorstCutReachTheFarMaximum(int n) {
    NestedSolver solver =
        new NestedSolver(
            new Projected(HeavyBall.gradientDescent(5e-4), Projection.box(-2, 2)),
            40,
            new Start.Learned(0.1),
            new ReverseMode(Hypergradient.ALL, ReverseMode.Cut.WORST_UPPER),
            new Sgd(new StepSchedule(ScheduleType.ITERATION, 0.1, 0.7, 100)));
    SolverState state =
        solver.start(
            Nd4j.createFromArray(new double[n]).assign(1),
            Nd4j.createFromArray(new double[n]).assign(2));
    run(solver, IapttExample.problem(), state, 1000);
    for (double x : state.x().toDoubleVector()) {
      assertThat(x).isCloseTo(IapttExample.SOLUTION, offset(1e-2));
    }
  }

  private static Estimate run(Solver solver, BilevelProblem problem, SolverState state, int steps) {
    Estimate last = solver.step(problem, state);
    assertThat(last.isUsable()).isTrue();
    for (int k = 1; k < steps; k++) {
      last = solver.step(problem, state);
      assertThat(last.isUsable()).as("step %s", k).isTrue();
    }
    return last;
  }
}
