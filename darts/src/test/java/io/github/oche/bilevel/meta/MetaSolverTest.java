package io.github.oche.bilevel.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.BilevelProblem;
import io.github.oche.bilevel.CentralDifference;
import io.github.oche.bilevel.Estimate;
import io.github.oche.bilevel.Gradient;
import io.github.oche.bilevel.HeavyBall;
import io.github.oche.bilevel.Partial;
import io.github.oche.bilevel.ReverseMode;
import io.github.oche.bilevel.SolverState;
import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.problems.ClosedForm;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * Quadratic tasks {@code f = (a (y1 - c)^2 + b (y2 - c)^2)/2, F = ((y1 - d)^2 + (y2 - d)^2)/2}, of
 * which every method's derivative by the start is known.
 */
class MetaSolverTest {
  private static final double A = 2;
  private static final double B = 0.5;
  private static final double RATE = 0.1;
  private static final int STEPS = 3;
  private static final StartMap FIRST = StartMap.first(2);
  private static final HeavyBall STEP = HeavyBall.gradientDescent(RATE);

  private static BilevelProblem task(double c, double d) {
    ClosedForm upper =
        new ClosedForm(
            (x, y) -> 0.5 * ((y[0] - d) * (y[0] - d) + (y[1] - d) * (y[1] - d)),
            (x, y) -> new double[x.length],
            (x, y) -> new double[] {y[0] - d, y[1] - d},
            (x, y, dx, dy) -> new double[][] {new double[x.length], {dy[0], dy[1]}});
    ClosedForm lower =
        new ClosedForm(
            (x, y) -> 0.5 * (A * (y[0] - c) * (y[0] - c) + B * (y[1] - c) * (y[1] - c)),
            (x, y) -> new double[x.length],
            (x, y) -> new double[] {A * (y[0] - c), B * (y[1] - c)},
            (x, y, dx, dy) -> new double[][] {new double[x.length], {A * dy[0], B * dy[1]}});
    return new BilevelProblem(upper, lower);
  }

  private static final ImmutableList<BilevelProblem> TASKS =
      ImmutableList.of(task(1, 2), task(-0.5, 0.25));
  private static final double[][] CD = {{1, 2}, {-0.5, 0.25}};

  /** y_T from x, entry by entry. */
  private static double adapted(double h, double x, double c) {
    return c + Math.pow(1 - RATE * h, STEPS) * (x - c);
  }

  private interface Law {
    double derivative(double h, double x, double c, double d);
  }

  private static void assertMean(double[] actual, double[] x, Law law, double error) {
    double[] curvature = {A, B};
    for (int i = 0; i < 2; i++) {
      double mean = 0;
      for (double[] cd : CD) {
        mean += law.derivative(curvature[i], x[i], cd[0], cd[1]) / 2;
      }
      assertThat(actual[i]).isCloseTo(mean, offset(error));
    }
  }

  private static final double[] X = {0.7, -1.1};

  @Test
  void mamlIsTheProductOfTheStepsDerivatives() {
    Adaptation maml = Adaptation.of(FIRST, STEP, STEPS, ReverseMode.full());
    Estimate estimate = solve(maml);
    assertMean(
        estimate.gradient().toDoubleVector(),
        X,
        (h, x, c, d) -> Math.pow(1 - RATE * h, STEPS) * (adapted(h, x, c) - d),
        1e-14);
  }

  @Test
  void firstOrderTakesThemAsTheIdentity() {
    Estimate estimate = solve(Adaptation.of(FIRST, STEP, STEPS, new FirstOrder()));
    assertMean(
        estimate.gradient().toDoubleVector(), X, (h, x, c, d) -> adapted(h, x, c) - d, 1e-14);
  }

  @Test
  void reptileGoesToTheMeanOfWhereTheTasksGot() {
    MetaSolver reptile = new MetaSolver(Adaptation.reptile(FIRST, STEP, STEPS), new Sgd(0.25));
    SolverState state = reptile.start(Nd4j.createFromArray(X));
    reptile.step(TASKS, state);
    assertMean(
        state.x().toDoubleVector(), X, (h, x, c, d) -> x + 0.25 * (adapted(h, x, c) - x), 1e-14);
    assertThat(state.y().getDouble(0)).isCloseTo(adapted(A, X[0], -0.5), offset(1e-14));
  }

  @Test
  void proximityGivesTheImplicitGradientOfImaml() {
    double lambda = 0.8;
    ImmutableList.Builder<BilevelProblem> near = ImmutableList.builder();
    for (BilevelProblem task : TASKS) {
      near.add(new BilevelProblem(task.upper(), new Proximity(task.lower(), lambda)));
    }
    MetaSolver imaml =
        new MetaSolver(
            Adaptation.of(FIRST, HeavyBall.gradientDescent(0.4), 60, ReverseMode.full()),
            new Sgd(1));
    Estimate estimate = imaml.step(near.build(), imaml.start(Nd4j.createFromArray(X)));
    assertMean(
        estimate.gradient().toDoubleVector(),
        X,
        (h, x, c, d) -> ((h * c + lambda * x) / (h + lambda) - d) / (1 + h / lambda),
        1e-12);
  }

  @Test
  void proximityHasTheDerivativesOfItsValue() {
    Proximity f = new Proximity(TASKS.get(0).lower(), 0.3);
    INDArray x = Nd4j.createFromArray(0.7, -1.1, 5);
    INDArray y = Nd4j.createFromArray(0.2, 0.9);
    Gradient gradient = f.gradient(x, y, Partial.BOTH);
    assertThat(gradient.value()).isCloseTo(f.value(x, y), offset(1e-15));
    INDArray dx = Nd4j.createFromArray(1, -2, 3.0);
    INDArray dy = Nd4j.createFromArray(0.5, 4);
    double rise =
        (f.value(x.add(dx.mul(1e-5)), y.add(dy.mul(1e-5)))
                - f.value(x.sub(dx.mul(1e-5)), y.sub(dy.mul(1e-5))))
            / 2e-5;
    double slope =
        gradient.dx().mul(dx).sumNumber().doubleValue()
            + gradient.dy().mul(dy).sumNumber().doubleValue();
    assertThat(slope).isCloseTo(rise, offset(1e-8));
    Gradient expected = CentralDifference.standard().along(f, x, y, dx, dy, Partial.BOTH);
    double[] hx = expected.dx().toDoubleVector();
    double[] hy = expected.dy().toDoubleVector();
    Gradient product = f.along(x, y, dx, dy, Partial.BOTH);
    assertThat(product.dx().toDoubleVector()).containsExactly(hx, offset(1e-8));
    assertThat(product.dy().toDoubleVector()).containsExactly(hy, offset(1e-8));
  }

  @Test
  void mamlReachesTheBestStart() {
    MetaSolver maml =
        new MetaSolver(Adaptation.of(FIRST, STEP, STEPS, ReverseMode.full()), new Sgd(1));
    SolverState state = maml.start(Nd4j.createFromArray(X));
    for (int k = 0; k < 500; k++) {
      maml.step(TASKS, state);
    }
    double[] x = state.x().toDoubleVector();
    double[] curvature = {A, B};
    for (int i = 0; i < 2; i++) { // mean of y_T - d is zero
      double shrink = Math.pow(1 - RATE * curvature[i], STEPS);
      double best = 0.25 + (1.125 - 0.25) / shrink;
      assertThat(x[i]).isCloseTo(best, offset(1e-9));
    }
    assertThat(state.steps()).isEqualTo(500);
  }

  @Test
  void aTaskThatDivergesMovesNothing() {
    MetaSolver maml =
        new MetaSolver(
            Adaptation.of(FIRST, HeavyBall.gradientDescent(1e200), STEPS, ReverseMode.full()),
            new Adam(0.1));
    SolverState state = maml.start(Nd4j.createFromArray(X));
    Estimate estimate = maml.step(TASKS, state);
    assertThat(estimate.outcome()).isEqualTo(Outcome.NOT_FINITE);
    assertThat(state.x().toDoubleVector()).containsExactly(X);
    assertThat(state.steps()).isZero();
  }

  @Test
  void aCopyGoesOnToTheSameBits() {
    SolverState state = solver().start(Nd4j.createFromArray(X));
    MetaSolver first = solver();
    first.step(TASKS, state);
    SolverState copy = state.copy();
    MetaSolver second = solver();
    for (int k = 0; k < 3; k++) {
      first.step(TASKS, state);
      second.step(TASKS, copy);
    }
    assertThat(copy.x().toDoubleVector()).containsExactly(state.x().toDoubleVector());
    assertThat(copy.steps()).isEqualTo(4);
  }

  @Test
  void badSettingsAreRefused() {
    assertThatThrownBy(() -> Adaptation.reptile(FIRST, STEP, 0))
        .hasMessage("steps is 0, expected at least 1");
    assertThatThrownBy(() -> new Proximity(TASKS.get(0).lower(), 0))
        .hasMessage("lambda is 0.0, expected a positive number");
    assertThatThrownBy(() -> solver().start(Nd4j.createFromArray(1.0)))
        .hasMessage("x has 1 entries, expected 2 from 0 on");
    SolverState state = solver().start(Nd4j.createFromArray(X));
    assertThatThrownBy(() -> solver().step(ImmutableList.of(), state))
        .hasMessage("a meta step needs at least one task");
  }

  private static MetaSolver solver() {
    return new MetaSolver(Adaptation.of(FIRST, STEP, STEPS, ReverseMode.full()), new Adam(0.1));
  }

  private static Estimate solve(Adaptation adaptation) {
    MetaSolver solver = new MetaSolver(adaptation, new Sgd(1));
    SolverState state = solver.start(Nd4j.createFromArray(X));
    return solver.step(TASKS, state);
  }
}
