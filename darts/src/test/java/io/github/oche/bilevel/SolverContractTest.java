package io.github.oche.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.github.oche.bilevel.linear.ConjugateGradient;
import io.github.oche.bilevel.linear.NeumannSeries;
import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.problems.Quadratic;
import io.github.oche.bilevel.problems.Ridge;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.InverseSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** What every solver owes: steps that are all or nothing, and a state that holds all of a run. */
class SolverContractTest {
  private static final IUpdater ADAM = new Adam(0.05);

  /** Makes a solver, all its parts new, for x of n and y of m entries. */
  @FunctionalInterface
  private interface Make {
    Solver of(int n, int m);
  }

  /** All solvers: add others here. */
  static List<Arguments> solvers() {
    PenaltyRamp ramp = PenaltyRamp.linear(1, 4, 6);
    return List.of(
        method("RHG", () -> nested(Start.WARM, ReverseMode.full())),
        method("T-RHG", () -> nested(Start.COLD, new ReverseMode(1))),
        method(
            "IAPTT",
            () ->
                nested(
                    new Start.Learned(0.1),
                    new ReverseMode(Hypergradient.ALL, ReverseMode.Cut.WORST_UPPER))),
        method(
            "checkpoints",
            () ->
                new NestedSolver(
                    Trajectory.checkpointed(new AdamDescent(0.05), 5),
                    Start.WARM,
                    ReverseMode.full(),
                    ADAM,
                    NestedSolver.Order.LOWER_FIRST)),
        method(
            "BDA",
            () ->
                new NestedSolver(
                    new Aggregated(0.2, 0.2, Mixing.harmonic(0.5)),
                    3,
                    Start.COLD,
                    ReverseMode.full(),
                    ADAM)),
        method("CG", () -> nested(Start.WARM, new ImplicitGradient(cg()))),
        method("evolution", () -> nested(Start.WARM, new EvolutionStrategy(3, 0.1, true, 1))),
        method("DARTS", () -> darts(new OneStage(momentum(), OneStage.Product.EXACT))),
        method(
            "DARTS, difference",
            () -> darts(new OneStage(momentum(), OneStage.Product.FINITE_DIFFERENCE))),
        method("DARTS, first order", () -> darts(OneStage.firstOrder())),
        method("RTHO", () -> new OnlineForward(new AdamDescent(0.05), ADAM)),
        Arguments.of(
            "hypernetwork",
            (Make)
                (n, m) ->
                    new ResponseNetwork(
                        new AffineResponse(n, m),
                        2,
                        new Perturbation.Learned(0.1, 1e-3, new Adam(0.01)),
                        new Adam(0.02),
                        ADAM,
                        7)),
        method("V-PBGD", () -> new Vpbgd(ramp, PenaltyScale.DIVIDED, 2, 0.2, 0.1, ADAM)),
        method("G-PBGD", () -> new Gpbgd(ramp, PenaltyScale.DIVIDED, 0.1, ADAM)),
        method("F2SA", () -> F2sa.difference(0.1, 3, 0.2, ADAM)),
        method(
            "F2SA, penalty",
            () ->
                F2sa.penalty(
                    new PenaltyRamp(1, 0.1, Double.POSITIVE_INFINITY),
                    PenaltyScale.DIVIDED,
                    3,
                    0.2,
                    ADAM)),
        method("F2SA-2", () -> F2sa.symmetric(0.1, 3, 0.2, ADAM)),
        method("BOME", () -> new Bome(Bome.Barrier.VALUE_GAP, 0.5, 3, 0.2, 0.1, ADAM)),
        method("MEHA", () -> new Meha(10, 2, 0.25, 0.2, 0.1, ADAM)),
        method(
            "BVFSM",
            () ->
                new Bvfsm(
                    Attitude.OPTIMISTIC,
                    new Bvfsm.Parameters(0.01, 0.01, 0.1, 0.1, new Decay.Logarithm(1.1)),
                    new Bvfsm.Steps(5, 0.2, 5, 0.2, 2),
                    ADAM)),
        method(
            "SOBA", () -> new Soba(new InverseSchedule(ScheduleType.ITERATION, 0.4, 1, 0.5), ADAM)),
        method("AmIGO", () -> new Amigo(momentum(), 3, new NeumannSeries(2, 0.1), ADAM)),
        method(
            "HOAG",
            () ->
                new Hoag(
                    0.4,
                    100,
                    new ConjugateGradient(20, 0),
                    new ExponentialSchedule(ScheduleType.ITERATION, 1e-2, 0.9),
                    ADAM)),
        method("sl-BAMM", () -> new SlBamm(0.1, SlBamm.Multiplier.SCHEDULED)),
        method("sl-BAMM, search", () -> new SlBamm(0.1, SlBamm.Multiplier.LINE_SEARCH)));
  }

  private static Arguments method(String name, Supplier<Solver> make) {
    return Arguments.of(name, (Make) (n, m) -> make.get());
  }

  private static HeavyBall momentum() {
    return new HeavyBall(0.1, 0.9, 0.01);
  }

  private static ConjugateGradient cg() {
    return new ConjugateGradient(5, 1e-10);
  }

  private static Solver nested(Start start, Hypergradient h) {
    return new NestedSolver(momentum(), 3, start, h, ADAM);
  }

  private static Solver darts(Hypergradient h) {
    return new NestedSolver(momentum(), 1, Start.WARM, h, ADAM, NestedSolver.Order.UPPER_FIRST);
  }

  @Test
  void everySolverIsHere() throws IOException {
    Claimants.assertAllTested(
        Solver.class, solvers().stream().map(a -> ((Make) a.get()[1]).of(1, 2)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("solvers")
  void aCopyGoesOnToTheSameBits(String name, Make make) {
    Solver solver = make.of(1, 2);
    SolverState state = solver.start(vector(0.1), vector(0.3, 0.2));
    for (int k = 0; k < 5; k++) {
      assertThat(solver.step(Ridge.problem(), state).isUsable()).isTrue();
    }
    SolverState copy = state.copy();
    Solver other = make.of(1, 2);
    for (int k = 0; k < 5; k++) {
      solver.step(Ridge.problem(), state);
      other.step(Ridge.problem(), copy);
    }
    assertThat(state.steps()).isEqualTo(10);
    assertThat(state.y().getDouble(0)).isNotEqualTo(0.3);
    assertSame(copy, state);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("solvers")
  void whereItStartsIsCopied(String name, Make make) {
    INDArray x = vector(0.1);
    INDArray y = vector(0.3, 0.2);
    Solver solver = make.of(1, 2);
    solver.step(Ridge.problem(), solver.start(x, y));
    assertThat(x.toDoubleVector()).containsExactly(0.1);
    assertThat(y.toDoubleVector()).containsExactly(0.3, 0.2);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("solvers")
  void aBatchThatIsNotANumberLeavesTheStateUntouched(String name, Make make) {
    Solver solver = make.of(1, 2);
    BilevelProblem ridge = Ridge.problem();
    SolverState state = solver.start(vector(0.1), vector(0.3, 0.2));
    solver.step(ridge, state);
    SolverState before = state.copy();
    Objective broken =
        new Closed(
            (x, y) -> Double.NaN,
            (x, y) -> new double[] {Double.NaN},
            (x, y) -> new double[] {Double.NaN, 0},
            (x, y, dx, dy) -> new double[][] {{Double.NaN}, {0, 0}});
    Projection box = Projection.box(-9, 9); // which could hide it
    for (BilevelProblem bad :
        List.of(
            new BilevelProblem(broken, ridge.lower()),
            new BilevelProblem(ridge.upper(), broken),
            new BilevelProblem(ridge.upper(), broken, box, box))) {
      assertThat(solver.step(bad, state).outcome()).isEqualTo(Outcome.NOT_FINITE);
      assertSame(state, before);
    }
    assertThat(solver.step(ridge, state).isUsable()).isTrue(); // and it goes on
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("solvers")
  void overflowIsReportedAndNothingMoves(String name, Make make) {
    Solver solver = make.of(1, 2);
    SolverState state = solver.start(vector(0.25), vector(1e200, 2));
    SolverState before = state.copy();
    assertThat(solver.step(Ridge.problem(), state).outcome()).isEqualTo(Outcome.NOT_FINITE);
    assertSame(state, before);
    assertThat(state.steps()).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("solvers")
  void xStaysInItsSet(String name, Make make) {
    Solver solver = make.of(1, 2);
    BilevelProblem ridge = Ridge.problem();
    BilevelProblem boxed =
        new BilevelProblem(
            ridge.upper(), ridge.lower(), Projection.box(-0.02, 0.02), Projection.NONE);
    SolverState state = solver.start(vector(0), vector(0.1, 0.2));
    for (int k = 0; k < 20; k++) {
      assertThat(solver.step(boxed, state).isUsable()).isTrue();
      assertThat(Math.abs(state.x().getDouble(0))).isLessThanOrEqualTo(0.02);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("solvers")
  void floatsAreSolvedAsFloats(String name, Make make) {
    double[][] ends = new double[2][];
    for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
      Solver solver = make.of(3, 3);
      SolverState state =
          solver.start(vector(0.7, 0.1, -0.2).castTo(type), vector(0.5, 0.4, 0.9).castTo(type));
      for (int k = 0; k < 5; k++) {
        assertThat(solver.step(Quadratic.problem(), state).isUsable()).isTrue();
      }
      assertThat(state.x().dataType()).isEqualTo(type);
      assertThat(state.y().dataType()).isEqualTo(type);
      ends[type == DataType.DOUBLE ? 0 : 1] = state.x().toDoubleVector();
    }
    assertThat(ends[0]).isNotEqualTo(new double[] {0.7, 0.1, -0.2});
    if (!name.equals("evolution")) { // whose directions follow from the bits of x
      assertThat(ends[1]).containsExactly(ends[0], offset(1e-4));
    }
  }

  private static void assertSame(SolverState actual, SolverState expected) {
    assertThat(actual.steps()).isEqualTo(expected.steps());
    assertThat(actual.vectors().keySet()).isEqualTo(expected.vectors().keySet());
    expected
        .vectors()
        .forEach(
            (name, vector) ->
                assertThat(actual.vector(name).ravel().toDoubleVector())
                    .as(name)
                    .containsExactly(vector.ravel().toDoubleVector()));
  }

  private static INDArray vector(double... values) {
    return Nd4j.createFromArray(values);
  }
}
