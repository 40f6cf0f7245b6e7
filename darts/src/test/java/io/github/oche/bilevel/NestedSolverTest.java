package io.github.oche.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.github.oche.bilevel.NestedSolver.Order;
import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.problems.CounterExample;
import io.github.oche.bilevel.problems.Ridge;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

/** The nested scheme on problems whose trajectories a reference script gave in float64. */
class NestedSolverTest {
  private static final HeavyBall STEP = HeavyBall.gradientDescent(0.4);

  private static NestedSolver nested(int steps, Start start, Hypergradient h) {
    return new NestedSolver(STEP, steps, start, h, new Sgd(1.0));
  }

  private static NestedSolver darts(OneStage h) {
    return new NestedSolver(STEP, 1, Start.WARM, h, new Sgd(1.0), Order.UPPER_FIRST);
  }

  static List<Arguments> ridge() {
    ReverseMode worst = new ReverseMode(Hypergradient.ALL, ReverseMode.Cut.WORST_UPPER);
    return List.of(
        Arguments.of(
            nested(20, Start.COLD, ReverseMode.full()),
            new double[] {0.049382716049, -0.095243399471, -0.364022053215, -0.8265264329}),
        Arguments.of(
            nested(20, Start.COLD, new ReverseMode(5)),
            new double[] {0.049382222222, -0.095241833818, -0.363974462155, -0.8265225468}),
        Arguments.of(
            nested(20, Start.COLD, new ReverseMode(1)),
            new double[] {0.044444444444, -0.085232240914, -0.320546702921, -0.8248348013}),
        Arguments.of(
            nested(5, Start.WARM, ReverseMode.full()),
            new double[] {0.049361480800, -0.095221773371, -0.363953514386, -0.8265226873}),
        Arguments.of(
            darts(new OneStage(STEP, OneStage.Product.EXACT)),
            new double[] {0, -0.041200000000, -0.295580338209, -0.8248179472}),
        Arguments.of(
            new NestedSolver(
                STEP,
                1,
                Start.WARM,
                new Lookahead(STEP, 1, new ReverseMode(1)),
                new Sgd(1.0),
                Order.UPPER_FIRST),
            new double[] {0, -0.041200000000, -0.295580338209, -0.8248179472}),
        Arguments.of(
            nested(20, new Start.Learned(0.1), worst),
            new double[] {0, -0.000195142222, -0.008683461997, -0.8294913813}));
  }

  @ParameterizedTest
  @MethodSource("ridge")
  void ridgeTrajectoryIsTheReferenceScripts(NestedSolver solver, double[] expected) {
    SolverState state = solver.start(vector(0), vector(0, 0));
    double h1 = 0;
    double[] x = new double[200];
    for (int k = 0; k < 200; k++) {
      Estimate estimate = solver.step(Ridge.problem(), state);
      if (k == 0) {
        h1 = estimate.gradient().getDouble(0);
      }
      x[k] = state.x().getDouble(0);
    }
    assertThat(h1).isCloseTo(expected[0], offset(1e-12));
    assertThat(x[1]).isCloseTo(expected[1], offset(1e-12));
    assertThat(x[9]).isCloseTo(expected[2], offset(1e-12));
    assertThat(x[199]).isCloseTo(expected[3], offset(6e-10));
    assertThat(state.steps()).isEqualTo(200);
  }

  @Test
  void aStateThatRemembersNothingStartsWithoutMomentumAndGainsIt() {
    HeavyBall step = new HeavyBall(0.1, 0.9, 0);
    Trajectory bare = Trajectory.keeping(step, 3, 0);
    Trajectory whole = Trajectory.keeping(step, 3, 0);
    INDArray y = vector(1, 2);
    bare.run(Ridge.problem(), vector(0), State.atRest(y));
    whole.run(Ridge.problem(), vector(0), step.start(y));
    assertThat(bare.last().y().toDoubleVector()).containsExactly(whole.last().y().toDoubleVector());
  }

  @Test
  void aCopyGoesOnToTheSameBits() {
    NestedSolver solver =
        new NestedSolver(
            new HeavyBall(0.1, 0.9, 0), 3, Start.WARM, ReverseMode.full(), new Adam(0.05));
    SolverState state = solver.start(vector(0), vector(0, 0));
    for (int k = 0; k < 5; k++) {
      solver.step(Ridge.problem(), state);
    }
    SolverState copy = state.copy();
    NestedSolver other =
        new NestedSolver(
            new HeavyBall(0.1, 0.9, 0), 3, Start.WARM, ReverseMode.full(), new Adam(0.05));
    for (int k = 0; k < 5; k++) {
      solver.step(Ridge.problem(), state);
      other.step(Ridge.problem(), copy);
    }
    assertThat(copy.x().toDoubleVector()).containsExactly(state.x().toDoubleVector());
    assertThat(copy.y().toDoubleVector()).containsExactly(state.y().toDoubleVector());
  }

  @Test
  void aLowerLevelThatDivergesIsReportedAndNothingMoves() {
    NestedSolver solver =
        new NestedSolver(
            HeavyBall.gradientDescent(1e200), 20, Start.WARM, ReverseMode.full(), new Sgd(1.0));
    SolverState state = solver.start(vector(0.25), vector(1, 2));
    Estimate estimate = solver.step(Ridge.problem(), state);
    assertThat(estimate.outcome()).isEqualTo(Outcome.NOT_FINITE);
    assertThat(state.x().toDoubleVector()).containsExactly(0.25);
    assertThat(state.y().toDoubleVector()).containsExactly(1, 2);
    assertThat(state.steps()).isZero();
  }

  @Test
  void xStaysInItsBox() {
    NestedSolver solver =
        new NestedSolver(
            HeavyBall.gradientDescent(0.1), 3, Start.WARM, ReverseMode.full(), new Sgd(1e6));
    SolverState state = solver.start(vector(0.01), vector(0.01, 0.01));
    solver.step(CounterExample.problem(), state);
    assertThat(Math.abs(state.x().getDouble(0))).isEqualTo(100);
  }

  @Test
  void startsThatAreNotFiniteAreRefused() {
    NestedSolver solver = nested(1, Start.WARM, ReverseMode.full());
    assertThatThrownBy(() -> solver.start(vector(Double.NaN), vector(0, 0)))
        .hasMessage("the start of x has an entry that is not finite");
  }

  private static INDArray vector(double... values) {
    return Nd4j.createFromArray(values);
  }
}
