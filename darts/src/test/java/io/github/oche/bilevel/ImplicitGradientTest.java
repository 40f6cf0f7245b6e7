package io.github.oche.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.github.oche.bilevel.linear.ConjugateGradient;
import io.github.oche.bilevel.linear.DenseSolver;
import io.github.oche.bilevel.linear.Identity;
import io.github.oche.bilevel.linear.LinearSolver;
import io.github.oche.bilevel.linear.NeumannSeries;
import io.github.oche.bilevel.linear.NormalConjugateGradient;
import io.github.oche.bilevel.linear.Nystrom;
import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.problems.CounterExample;
import io.github.oche.bilevel.problems.DartsExample;
import io.github.oche.bilevel.problems.HyperCleaningExample;
import io.github.oche.bilevel.problems.Quadratic;
import io.github.oche.bilevel.problems.Ridge;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** Hypergradients by the implicit function theorem, against closed forms and reference runs. */
class ImplicitGradientTest {
  private static final double TRUTH = 4.0 / 81; // of ridge regression at x = 0, y = (1/3, 1/3)

  private static Estimate atRidge(LinearSolver solver) {
    return new ImplicitGradient(solver)
        .estimate(Ridge.problem(), vector(0), still(1.0 / 3, 1.0 / 3));
  }

  @Test
  void exactSolversGiveTheTrueDerivativeAtTheSolution() {
    for (LinearSolver solver :
        List.of(
            new ConjugateGradient(2, 1e-10),
            new NormalConjugateGradient(2, 1e-10),
            new NeumannSeries(50, 0.5),
            new DenseSolver())) {
      Estimate estimate = atRidge(solver);
      assertThat(estimate.outcome()).isEqualTo(Outcome.DONE);
      assertThat(estimate.exact()).isTrue();
      assertThat(estimate.value()).isCloseTo(7.0 / 72, offset(1e-15));
      assertThat(estimate.gradient().getDouble(0)).isCloseTo(TRUTH, offset(1e-14));
      assertThat(estimate.residual()).isLessThan(1e-13);
    }
    assertThat(atRidge(new Nystrom(2, 1e-7, 1)).gradient().getDouble(0))
        .isCloseTo(TRUTH, offset(1e-8));
  }

  static List<Arguments> solved() {
    return List.of(
        Arguments.of("figure 2", DartsExample.problem(), vector(3), vector(3), vector(4)),
        Arguments.of("quadratic", Quadratic.problem(), vector(2, -1), vector(2, -1), vector(3, -3)),
        Arguments.of(
            "ridge, x = -2",
            Ridge.problem(),
            vector(-2),
            vector(0.541385186009, 0.541385186009),
            vector(-0.0153811958115)),
        Arguments.of(
            "ridge, x = 1",
            Ridge.problem(),
            vector(1),
            vector(0.188998673083, 0.188998673083),
            vector(0.0992134841252)),
        Arguments.of(
            "cleaning",
            HyperCleaningExample.problem(),
            vector(0, 0, 0),
            vector(13.0 / 3),
            vector(-1.574074074, -1.101851852, 2.675925926)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("solved")
  void atTheLowerSolutionItIsTheDerivativeOfTheSolvedProblem(
      String name, BilevelProblem problem, INDArray x, INDArray y, INDArray expected) {
    for (LinearSolver solver :
        List.of(
            new ConjugateGradient((int) y.length(), 1e-10),
            new NormalConjugateGradient((int) y.length(), 1e-10),
            new NeumannSeries(200, 0.3),
            new DenseSolver())) {
      Estimate estimate =
          new ImplicitGradient(solver).estimate(problem, x, still(y.toDoubleVector()));
      assertThat(estimate.outcome()).isEqualTo(Outcome.DONE);
      assertThat(estimate.gradient().toDoubleVector())
          .containsExactly(expected.toDoubleVector(), offset(1e-9));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0.0555555555556", "1, 0.0486111111111", "5, 0.0493825276693"})
  void partialSumsOnRidge(int terms, double expected) {
    assertThat(atRidge(new NeumannSeries(terms, 0.5)).gradient().getDouble(0))
        .isCloseTo(expected, offset(1e-13));
  }

  @ParameterizedTest
  @CsvSource({"0.1, 1, 0.72", "0.1, 5, 1.475712", "0.25, 3, 1.875", "0.5, 0, 2"})
  void partialSumsOnTheDartsExample(double rate, int terms, double expected) {
    Estimate estimate =
        new ImplicitGradient(new NeumannSeries(terms, rate))
            .estimate(DartsExample.problem(), vector(2), still(2));
    assertThat(estimate.gradient().getDouble(0)).isCloseTo(expected, offset(1e-14));
    assertThat(estimate.residual()).isCloseTo(Math.pow(1 - 2 * rate, terms + 1), offset(1e-14));
  }

  @Test
  void oneIterationLeavesTheResidualOfTheClosedForm() {
    Estimate estimate = atRidge(new ConjugateGradient(1, 1e-10));
    assertThat(estimate.outcome()).isEqualTo(Outcome.STEP_LIMIT);
    assertThat(estimate.gradient().getDouble(0)).isCloseTo(2.0 / 45, offset(1e-14));
    assertThat(estimate.residual()).isCloseTo(0.1, offset(1e-14)); // 1/30 of 1/3
    assertThat(estimate.work()).isEqualTo(new Work(0, 1, 2));
  }

  @Test
  void theResidualIsTrueForSolversThatDoNotKnowIt() {
    Estimate estimate = atRidge(new Identity()); // b - H b = (-1/12, 1/2) with b = (0, -1/3)
    assertThat(estimate.residual()).isCloseTo(3 * Math.hypot(1.0 / 12, 0.5), offset(1e-14));
    assertThat(estimate.work()).isEqualTo(new Work(0, 1, 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 9})
  void atAConvergedLowerLevelTheSeriesIsTruncatedReverseMode(int terms) {
    HeavyBall step = HeavyBall.gradientDescent(0.3);
    Trajectory lower = Trajectory.keeping(step, 200, Hypergradient.ALL);
    INDArray x = vector(0.4);
    lower.run(Ridge.problem(), x, State.atRest(vector(0, 0)));
    double series =
        new ImplicitGradient(new NeumannSeries(terms, 0.3))
            .estimate(Ridge.problem(), x, lower)
            .gradient()
            .getDouble(0);
    double window =
        new ReverseMode(terms + 1).estimate(Ridge.problem(), x, lower).gradient().getDouble(0);
    double pullbacks =
        new FixedPoint(step, terms + 1, 0)
            .estimate(Ridge.problem(), x, lower)
            .gradient()
            .getDouble(0);
    assertThat(series).isCloseTo(window, offset(1e-14));
    assertThat(pullbacks).isCloseTo(window, offset(1e-14));
  }

  @Test
  void reverseModeTendsToTheImplicitGradient() {
    HeavyBall step = HeavyBall.gradientDescent(0.2);
    INDArray x = vector(-0.5);
    double before = Double.POSITIVE_INFINITY;
    for (int steps : new int[] {5, 20, 80}) {
      Trajectory lower = Trajectory.keeping(step, steps, Hypergradient.ALL);
      lower.run(Ridge.problem(), x, State.atRest(vector(0, 0)));
      double implicit =
          new ImplicitGradient(new DenseSolver())
              .estimate(Ridge.problem(), x, lower)
              .gradient()
              .getDouble(0);
      double reverse =
          ReverseMode.full().estimate(Ridge.problem(), x, lower).gradient().getDouble(0);
      double apart = Math.abs(implicit - reverse);
      assertThat(apart).isLessThan(before / 10);
      before = apart;
    }
    assertThat(before).isLessThan(1e-9);
  }

  @Test
  void theFixedPointOfMomentumHasTheSameDerivative() {
    HeavyBall step = new HeavyBall(0.1, 0.9, 0);
    FixedPoint estimator = new FixedPoint(step, 1000, 1e-12);
    for (State state :
        List.of(
            State.atRest(vector(1.0 / 3, 1.0 / 3)),
            State.of(vector(1.0 / 3, 1.0 / 3), vector(0, 0)))) {
      Estimate estimate = estimator.estimate(Ridge.problem(), vector(0), Trajectory.still(state));
      assertThat(estimate.outcome()).isEqualTo(Outcome.DONE);
      assertThat(estimate.residual()).isLessThan(1e-12);
      assertThat(estimate.gradient().getDouble(0)).isCloseTo(TRUTH, offset(1e-11));
    }
    assertThat(
            new FixedPoint(step, 10, 1e-12)
                .estimate(Ridge.problem(), vector(0), still(1.0 / 3, 1.0 / 3))
                .outcome())
        .isEqualTo(Outcome.STEP_LIMIT);
    assertThat(
            new FixedPoint(HeavyBall.gradientDescent(2), 5, 0)
                .estimate(Ridge.problem(), vector(0), still(1.0 / 3, 1.0 / 3))
                .outcome())
        .isEqualTo(Outcome.DIVERGED);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10})
  void aSingularLowerLevelIsReportedAndNothingMoves(int iterations) {
    NestedSolver solver =
        new NestedSolver(
            HeavyBall.gradientDescent(0.1),
            50,
            Start.WARM,
            new ImplicitGradient(new ConjugateGradient(iterations, 1e-10)),
            new Sgd(0.05));
    SolverState state = solver.start(vector(0.01), vector(0.01, 0.01));
    // y2 = x at this start: the right-hand side lies in the range of the Hessian, q is right
    assertThat(solver.step(CounterExample.problem(), state).isUsable()).isTrue();
    double x = state.x().getDouble(0);
    double[] y = state.y().toDoubleVector();
    Estimate estimate = solver.step(CounterExample.problem(), state);
    assertThat(estimate.outcome()).isEqualTo(Outcome.NOT_POSITIVE_DEFINITE);
    assertThat(estimate.gradient().getDouble(0)).isNaN();
    assertThat(state.x().getDouble(0)).isEqualTo(x);
    assertThat(state.y().toDoubleVector()).containsExactly(y);
    assertThat(state.steps()).isEqualTo(1);
  }

  @Test
  void oneIterationOnASingularLowerLevelIsNeverTakenForASolution() {
    Trajectory lower = still(0.3, 0.7); // grad_y F = (-0.7, 0.5), H = diag(1, 0), at x = 0.2
    Estimate estimate =
        new ImplicitGradient(new ConjugateGradient(1, 1e-10))
            .estimate(CounterExample.problem(), vector(0.2), lower);
    assertThat(estimate.outcome()).isEqualTo(Outcome.STEP_LIMIT);
    double u = -0.7;
    double v = 0.5;
    double alpha = (u * u + v * v) / (u * u);
    double left = Math.hypot(u - alpha * u, v);
    assertThat(estimate.residual()).isCloseTo(left / Math.hypot(u, v), offset(1e-14));
  }

  @Test
  void dampingMakesTheSingularLowerLevelConverge() {
    NestedSolver solver =
        new NestedSolver(
            HeavyBall.gradientDescent(0.1),
            50,
            Start.WARM,
            new ImplicitGradient(new ConjugateGradient(10, 1e-10, 0.01)),
            new Sgd(0.05));
    SolverState state = solver.start(vector(0.01), vector(0.01, 0.01));
    for (int k = 0; k < 250; k++) {
      assertThat(solver.step(CounterExample.problem(), state).isUsable()).isTrue();
    }
    assertThat(state.x().getDouble(0))
        .isCloseTo((0.01 + 1 / 1.01) / (1 + 1 / 1.01), offset(1e-8)); // 0.502537
  }

  @Test
  void rankOneIsItsFormula() {
    RankOne estimator = new RankOne(0);
    Estimate estimate = estimator.estimate(DartsExample.problem(), vector(2), still(-2));
    assertThat(estimate.gradient().getDouble(0)).isCloseTo(-2, offset(1e-14));
    assertThat(estimate.work()).isEqualTo(new Work(0, 2, 0));
    // F = y - 2 - (2 * -8) / (64 + 16) * 8
    assertThat(
            new RankOne(16)
                .estimate(DartsExample.problem(), vector(2), still(-2))
                .gradient()
                .getDouble(0))
        .isCloseTo(-4 + 1.6, offset(1e-14));
  }

  @Test
  void rankOneIsUndefinedWhereALowerLevelIsSolvedToRounding() {
    for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
      INDArray x = vector(0.1, 0.2, 0.3).castTo(type);
      INDArray y = x.mul(type == DataType.DOUBLE ? 1 + 4e-16 : 1 + 2e-7); // y* in all but a bit
      Trajectory solved = Trajectory.still(State.atRest(y));
      Estimate estimate = new RankOne(0).estimate(Quadratic.problem(), x, solved);
      assertThat(y.sub(x).norm2Number().doubleValue()).isPositive();
      assertThat(estimate.outcome()).isEqualTo(Outcome.NOT_POSITIVE_DEFINITE);
      Trajectory near = Trajectory.still(State.atRest(x.mul(1.001)));
      assertThat(new RankOne(0).estimate(Quadratic.problem(), x, near).isUsable()).isTrue();
    }
  }

  @Test
  void rankOneIsUndefinedAtAStationaryPoint() {
    for (double regularisation : new double[] {0, 1e-6}) {
      Estimate estimate =
          new RankOne(regularisation).estimate(DartsExample.problem(), vector(2), still(2));
      assertThat(estimate.outcome()).isEqualTo(Outcome.NOT_POSITIVE_DEFINITE);
      assertThat(estimate.gradient().getDouble(0)).isNaN();
      assertThat(
              new RankOne(regularisation)
                  .estimate(Quadratic.problem(), vector(0, 0), still(0, 0))
                  .outcome())
          .isEqualTo(Outcome.DONE); // grad_y F = 0: there is nothing to pass on
    }
  }

  @Test
  void finiteDifferencesAreToldAndCounted() {
    BilevelProblem problem =
        new BilevelProblem(
            io.github.oche.bilevel.Ridge.upper(), io.github.oche.bilevel.Ridge.lower(false));
    Estimate estimate =
        new ImplicitGradient(new ConjugateGradient(2, 1e-6))
            .estimate(problem, vector(0), still(1.0 / 3, 1.0 / 3));
    assertThat(estimate.exact()).isFalse();
    assertThat(estimate.work()).isEqualTo(new Work(0, 7, 0));
    assertThat(estimate.gradient().getDouble(0)).isCloseTo(TRUTH, offset(1e-8));
  }

  @Test
  void impossibleSettingsAreRefused() {
    HeavyBall step = HeavyBall.gradientDescent(0.1);
    assertThatThrownBy(() -> new RankOne(-1))
        .hasMessage("regularisation is -1.0, expected a finite number >= 0");
    assertThatThrownBy(() -> new FixedPoint(step, 0, 0))
        .hasMessage("iterations is 0, expected at least 1");
    assertThatThrownBy(() -> new FixedPoint(step, 1, 1))
        .hasMessage("tolerance is 1.0, expected a number in [0, 1)");
  }

  private static Trajectory still(double... y) {
    return Trajectory.still(State.atRest(vector(y)));
  }

  private static INDArray vector(double... values) {
    return Nd4j.createFromArray(values);
  }
}
