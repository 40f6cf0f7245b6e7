package io.github.oche.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.problems.CounterExample;
import io.github.oche.bilevel.problems.DartsExample;
import io.github.oche.bilevel.problems.PbgdExample;
import io.github.oche.bilevel.problems.Quadratic;
import io.github.oche.bilevel.problems.Ridge;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/** Value function and penalty methods on problems whose answers are known. */
class FirstOrderSolversTest {
  private static final IUpdater ONE = new Sgd(1.0);

  private static Vpbgd vpbgd(double gamma, double innerRate, double rate, IUpdater upper) {
    PenaltyRamp weight = PenaltyRamp.constant(gamma);
    return new Vpbgd(weight, PenaltyScale.NONE, 10, innerRate, rate, upper);
  }

  private static Bome bome(double innerRate, double rate, IUpdater upper) {
    return new Bome(Bome.Barrier.SQUARED_GRADIENT, 0.5, 10, innerRate, rate, upper);
  }

  @Test
  void penaltyFormOfF2saIsTheDifferenceWithStepsOfOtherLength() {
    PenaltyRamp ten = PenaltyRamp.constant(10);
    Solver penalty = F2sa.penalty(ten, PenaltyScale.DIVIDED, 10, 0.4, ONE);
    Solver difference = F2sa.difference(0.1, 10, 0.4, ONE);
    double[] x = run(penalty, Ridge.problem(), vector(0), vector(0, 0), 20).toDoubleVector();
    assertThat(run(difference, Ridge.problem(), vector(0), vector(0, 0), 20).toDoubleVector())
        .containsExactly(x, offset(1e-13));
  }

  static List<Solver> beyondUniqueLowerSolutions() {
    IUpdater sgd = new Sgd(0.05);
    return List.of(
        vpbgd(10, 0.1, 0.05, new Sgd(0.005)),
        F2sa.difference(0.1, 10, 0.1, sgd),
        bome(0.1, 0.05, sgd),
        new Bome(Bome.Barrier.VALUE_GAP, 0.5, 10, 0.1, 0.05, sgd),
        new Meha(10, 10, 0, 0.1, 0.1, new Sgd(0.1)));
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("beyondUniqueLowerSolutions")
  void solveTheCounterExampleToUnrolledMethods(Solver solver) {
    INDArray x = run(solver, CounterExample.problem(), vector(0.01), vector(0.01, 0.01), 5000);
    assertThat(x.getDouble(0)).isCloseTo(1, offset(5e-4));
  }

  @Test
  void symmetricDifferenceReportsThatTheLowerLevelIsNotStronglyConvex() {
    Solver solver = F2sa.symmetric(0.1, 10, 0.1, new Sgd(0.05));
    SolverState state = solver.start(vector(0.01), vector(0.01, 0.01));
    Estimate estimate = solver.step(CounterExample.problem(), state);
    while (estimate.isUsable() && state.steps() < 1000) {
      estimate = solver.step(CounterExample.problem(), state);
    }
    assertThat(estimate.outcome()).isEqualTo(Outcome.NOT_POSITIVE_DEFINITE);
    assertThat(state.steps()).isLessThan(100);
    assertThat(Math.abs(state.x().getDouble(0))).isLessThan(2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 10, 100})
  void valueGapIsBiasedByTheWeightOfItsPenalty(double gamma) {
    PenaltyRamp weight = PenaltyRamp.constant(gamma);
    Solver solver = new Vpbgd(weight, PenaltyScale.DIVIDED, 10, 0.5, 0.4, new Sgd(0.4));
    INDArray x = run(solver, Quadratic.problem(), vector(2, 0, -1), vector(2, 2, 2), 4000);
    double expected = (1 + gamma) / (1 + 2 * gamma);
    assertThat(x.toDoubleVector())
        .containsExactly(new double[] {expected, expected, expected}, offset(1e-6));
  }

  @Test
  void moreauEnvelopeIsBiasedAsAPenaltyOfLessWeight() {
    Solver solver = new Meha(2, 10, 0, 0.5, 0.3, new Sgd(0.3));
    INDArray x = run(solver, Quadratic.problem(), vector(2, 0), vector(2, 2), 4000);
    double gamma = 10 * 2.0 / (1 + 2);
    double expected = (1 + gamma) / (1 + 2 * gamma);
    assertThat(x.toDoubleVector()).containsExactly(new double[] {expected, expected}, offset(1e-9));
  }

  @Test
  void errorOfTheDifferencesIsOfFirstAndSecondOrder() {
    double exact = 4.0 / 81;
    double coarse = first(F2sa.difference(0.02, 500, 0.4, ONE)) - exact;
    double fine = first(F2sa.difference(0.01, 500, 0.4, ONE)) - exact;
    assertThat(coarse / fine).isCloseTo(2, offset(0.05));
    double symmetric = first(F2sa.symmetric(0.02, 500, 0.4, ONE)) - exact;
    double half = first(F2sa.symmetric(0.01, 500, 0.4, ONE)) - exact;
    assertThat(symmetric / half).isCloseTo(4, offset(0.05));
    assertThat(Math.abs(half)).isLessThan(Math.abs(fine) / 10);
  }

  @Test
  void differencesOnTheDartsExampleHaveTheTabledBias() { // 2 - nu, and 2
    assertThat(darts(F2sa.difference(0.1, 500, 0.3, ONE))).isCloseTo(1.9, offset(1e-9));
    assertThat(darts(F2sa.difference(0.01, 500, 0.3, ONE))).isCloseTo(1.99, offset(1e-9));
    assertThat(darts(F2sa.symmetric(0.1, 500, 0.3, ONE))).isCloseTo(2, offset(1e-9));
  }

  private static double darts(Solver solver) {
    SolverState state = solver.start(vector(2), vector(-2));
    return solver.step(DartsExample.problem(), state).gradient().getDouble(0);
  }

  private static double first(Solver solver) {
    SolverState state = solver.start(vector(0), vector(0, 0));
    return solver.step(Ridge.problem(), state).gradient().getDouble(0);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.6, 1, 1.5, 2, 2.5, 3})
  void valueGapComesToALocalMinimumOfPhi(double start) {
    PenaltyRamp weight = PenaltyRamp.linear(10, 100, 500);
    Solver solver = new Vpbgd(weight, PenaltyScale.DIVIDED, 1, 0.1, 0.1, new Sgd(0.1));
    INDArray at = run(solver, PbgdExample.problem(), vector(start), vector(1 - start), 20000);
    double x = at.getDouble(0);
    double nearest = 10;
    for (double minimum : new double[] {0.38236, 1.215145, 2.829642}) {
      nearest = Math.min(nearest, Math.abs(x - minimum));
    }
    assertThat(nearest).isLessThan(1e-2);
  }

  @Test
  void valueGapIsTightOnlyAsTheWeightGrows() {
    Solver solver = vpbgd(10, 0.1, 0.01, ONE);
    SolverState state = solver.start(vector(0), vector(1));
    for (int k = 0; k < 500; k++) {
      solver.step(PbgdExample.tight(), state);
    }
    assertThat(state.y().getDouble(0)).isCloseTo(-1.0 / 20, offset(1e-9));
  }

  @Test
  void gradientPenaltyStaysAtASpuriousPointThatTheValueGapLeaves() {
    double third = 2 * Math.PI / 3;
    PenaltyRamp weight = PenaltyRamp.constant(10);
    Solver gradient = new Gpbgd(weight, PenaltyScale.DIVIDED, 0.01, ONE);
    SolverState trapped = gradient.start(vector(0), vector(third));
    Solver value = vpbgd(10, 0.1, 0.001, ONE);
    SolverState free = value.start(vector(0), vector(third));
    for (int k = 0; k < 2000; k++) {
      gradient.step(PbgdExample.spurious(), trapped);
      value.step(PbgdExample.spurious(), free);
    }
    assertThat(trapped.y().getDouble(0)).isCloseTo(third, offset(1e-3));
    assertThat(Math.abs(free.y().getDouble(0))).isLessThan(0.05);
  }

  @Test
  void gradientPenaltyIsTheDerivativeOfItsLossForOneProduct() {
    Solver solver = new Gpbgd(PenaltyRamp.constant(3), PenaltyScale.NONE, 1, ONE);
    SolverState state = solver.start(vector(0.3), vector(0.2, -0.4));
    Estimate estimate = solver.step(Ridge.problem(), state);
    assertThat(estimate.work()).isEqualTo(new Work(0, 2, 1));
    double h = 1e-5;
    assertThat(estimate.gradient().getDouble(0))
        .isCloseTo(
            (penalised(0.3 + h, 0.2, -0.4) - penalised(0.3 - h, 0.2, -0.4)) / (2 * h),
            offset(1e-8));
    assertThat(0.2 - state.y().getDouble(0))
        .isCloseTo(
            (penalised(0.3, 0.2 + h, -0.4) - penalised(0.3, 0.2 - h, -0.4)) / (2 * h),
            offset(1e-8));
  }

  private static double penalised(double x, double... y) {
    BilevelProblem ridge = Ridge.problem();
    double[] g = ridge.lower().gradient(vector(x), vector(y), Partial.Y).dy().toDoubleVector();
    return ridge.upper().value(vector(x), vector(y)) + 3 * (g[0] * g[0] + g[1] * g[1]);
  }

  static List<Supplier<Solver>> all() {
    IUpdater adam = new Adam(0.05);
    PenaltyRamp ramp = PenaltyRamp.linear(0, 4, 6);
    PenaltyRamp additive = new PenaltyRamp(1, 0.1, Double.POSITIVE_INFINITY);
    return List.of(
        () -> new Vpbgd(ramp, PenaltyScale.DIVIDED, 2, 0.2, 0.1, adam),
        () -> new Gpbgd(ramp, PenaltyScale.DIVIDED, 0.1, adam),
        () -> F2sa.difference(0.1, 3, 0.2, adam),
        () -> F2sa.penalty(additive, PenaltyScale.DIVIDED, 3, 0.2, adam),
        () -> F2sa.symmetric(0.1, 3, 0.2, adam),
        () -> new Bome(Bome.Barrier.VALUE_GAP, 0.5, 3, 0.2, 0.1, adam),
        () -> new Meha(10, 2, 0.25, 0.2, 0.1, adam),
        () ->
            new Bvfsm(
                Attitude.OPTIMISTIC,
                new Bvfsm.Parameters(0.01, 0.01, 0.1, 0.1, new Decay.Logarithm(1.1)),
                new Bvfsm.Steps(5, 0.2, 5, 0.2, 2),
                adam));
  }

  @ParameterizedTest
  @MethodSource("all")
  void bothVariablesStayInTheirSetsAndNoOtherSolverIsAskedForProducts(Supplier<Solver> supplier) {
    Solver solver = supplier.get();
    BilevelProblem ridge = Ridge.problem();
    BilevelProblem boxed =
        new BilevelProblem(
            ridge.upper(), ridge.lower(), Projection.box(-0.05, 0.05), Projection.box(0, 0.1));
    SolverState state = solver.start(vector(0), vector(0, 0));
    for (int k = 0; k < 20; k++) {
      Estimate estimate = solver.step(boxed, state);
      assertThat(estimate.work().products()).isEqualTo(solver instanceof Gpbgd ? 1 : 0);
      assertThat(Math.abs(state.x().getDouble(0))).isLessThanOrEqualTo(0.05);
      for (double y : state.y().toDoubleVector()) {
        assertThat(y).isBetween(0.0, 0.1);
      }
    }
  }

  @Test
  void gradientsAreCounted() {
    assertThat(work(vpbgd(10, 0.1, 0.01, ONE))).isEqualTo(new Work(0, 13, 0));
    assertThat(work(bome(0.1, 0.01, ONE))).isEqualTo(new Work(0, 13, 0));
    assertThat(work(F2sa.difference(0.1, 10, 0.1, ONE))).isEqualTo(new Work(0, 33, 0));
    assertThat(work(F2sa.symmetric(0.1, 10, 0.1, ONE))).isEqualTo(new Work(0, 44, 0));
    assertThat(work(new Meha(10, 10, 0, 0.1, 0.1, ONE))).isEqualTo(new Work(0, 6, 0));
  }

  private static Work work(Solver solver) {
    return solver.step(Ridge.problem(), solver.start(vector(0), vector(0, 0))).work();
  }

  @Test
  void badSettingsAreRefused() {
    PenaltyRamp ramp = PenaltyRamp.constant(1);
    assertThatThrownBy(() -> new Vpbgd(ramp, PenaltyScale.NONE, 0, 0.1, 0.1, ONE))
        .hasMessage("innerSteps is 0, expected at least 1");
    assertThatThrownBy(() -> new Gpbgd(ramp, PenaltyScale.NONE, -0.1, ONE))
        .hasMessage("rate is -0.1, expected a positive number");
    assertThatThrownBy(() -> F2sa.difference(0, 1, 0.1, ONE))
        .hasMessage("nu is 0.0, expected a positive number");
    assertThatThrownBy(() -> F2sa.penalty(new PenaltyRamp(0, 1, 2), PenaltyScale.NONE, 1, 0.1, ONE))
        .hasMessage("first weight is 0.0, expected a positive number");
    assertThatThrownBy(() -> bome(Double.NaN, 0.1, ONE))
        .hasMessage("innerRate is NaN, expected a positive number");
    assertThatThrownBy(() -> new Meha(1, 1, 0.5, 0.1, 0.1, ONE))
        .hasMessage("power is 0.5, expected it in [0, 0.5)");
    assertThatThrownBy(() -> new PenaltyRamp(2, 1, 1))
        .hasMessage("last weight is 1.0, expected it positive and at least the first, 2.0");
    assertThatThrownBy(() -> PenaltyRamp.linear(0, 1, 0))
        .hasMessage("steps is 0, expected at least 1");
    assertThatThrownBy(() -> new Decay.Logarithm(1))
        .hasMessage("scale is 1.0, expected a number above 1");
    assertThatThrownBy(() -> new Bvfsm.Parameters(0, 0, 0, 1, Decay.NONE))
        .hasMessage("tau is 0.0, expected a positive number");
    assertThatThrownBy(() -> new Bvfsm.Steps(1, 1, 1, 1, -1))
        .hasMessage("search is -1.0, expected a number of at least 0");
  }

  private static INDArray run(
      Solver solver, BilevelProblem problem, INDArray x, INDArray y, int steps) {
    SolverState state = solver.start(x, y);
    for (int k = 0; k < steps; k++) {
      solver.step(problem, state);
    }
    return state.x();
  }

  private static INDArray vector(double... values) {
    return Nd4j.createFromArray(values);
  }
}
