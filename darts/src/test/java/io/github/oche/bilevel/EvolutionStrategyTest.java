package io.github.oche.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.problems.DartsExample;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The evolution strategy as a distribution with fixed seeds, and its laws. */
class EvolutionStrategyTest {
  private static final HeavyBall STEP = HeavyBall.gradientDescent(0.1);
  private static final INDArray X = Nd4j.createFromArray(0.3, -0.7, 0.5);

  private static double[] waves(EvolutionStrategy strategy, INDArray x) {
    return strategy.estimate(Waves.problem(), x, waves(x)).gradient().toDoubleVector();
  }

  private static Trajectory waves(INDArray x) {
    Trajectory lower = Trajectory.keeping(STEP, 4, Hypergradient.ALL);
    return lower.run(Waves.problem(), x, STEP.start(Nd4j.createFromArray(0.4, -0.9)));
  }

  @Test
  void itsMeanIsTheDerivativeOfTheUnrolledObjective() {
    int directions = 800;
    Estimate exact = ReverseMode.full().estimate(Waves.problem(), X, waves(X));
    double[] expected = exact.gradient().toDoubleVector();
    INDArray direct =
        Waves.problem().upper().gradient(X, waves(X).last().y(), Partial.X).dx().dup();
    double through = ObjectiveCheck.norm(exact.gradient().sub(direct));
    double[] told = waves(new EvolutionStrategy(directions, 1e-3, true, 5), X);
    double deviation = through * Math.sqrt(2.0 / directions); // of one entry, at most
    for (int i = 0; i < 3; i++) {
      assertThat(told[i]).isCloseTo(expected[i], offset(3.5 * deviation));
    }
    assertThat(3.5 * deviation).isLessThan(0.2 * through); // so it can fail
  }

  @Test
  void whereTheLowerLevelIsAffineThePushHasNoInfluence() {
    INDArray x = Nd4j.createFromArray(2.0);
    Trajectory lower = Trajectory.keeping(STEP, 5, Hypergradient.ALL);
    lower.run(DartsExample.problem(), x, STEP.start(Nd4j.createFromArray(-2.0)));
    double[] told = new double[4];
    for (int i = 0; i < 4; i++) {
      told[i] =
          new EvolutionStrategy(400, i < 2 ? 0.1 : 3, i % 2 == 0, 11)
              .estimate(DartsExample.problem(), x, lower)
              .gradient()
              .getDouble(0);
      assertThat(told[i]).isCloseTo(told[0], offset(1e-11));
    }
    // grad_x F = -1.31072, dy/dx grad_y F = 1.34464; the mean of u^2 stands between them
    double meanSquare = (told[0] + 1.31072) / 1.34464;
    assertThat(meanSquare).isCloseTo(1, offset(3.5 * Math.sqrt(2 / 400.0)));
  }

  @Test
  void antitheticDirectionsErrByTheSquareOfThePush() {
    for (boolean antithetic : new boolean[] {false, true}) {
      double[] limit = waves(new EvolutionStrategy(3, 1e-5, true, 5), X);
      double far = distance(waves(new EvolutionStrategy(3, 0.02, antithetic, 5), X), limit);
      double near = distance(waves(new EvolutionStrategy(3, 0.01, antithetic, 5), X), limit);
      assertThat(far / near).isCloseTo(antithetic ? 4 : 2, offset(0.1));
    }
  }

  @Test
  void directionsFollowFromTheSeedAndX() {
    EvolutionStrategy strategy = new EvolutionStrategy(3, 0.01, false, 5);
    double[] first = waves(strategy, X);
    INDArray elsewhere = X.add(1e-12);
    assertThat(distance(waves(strategy, elsewhere), first)).isGreaterThan(1e-3);
    assertThat(waves(strategy, X)).containsExactly(first); // whatever was asked in between
    assertThat(waves(new EvolutionStrategy(3, 0.01, false, 5), X)).containsExactly(first);
    assertThat(distance(waves(new EvolutionStrategy(3, 0.01, false, 6), X), first))
        .isGreaterThan(1e-3);
  }

  @Test
  void aPushThatDivergesIsFlagged() { // f has no value for x > 0.4
    Closed f =
        new Closed(
            (x, y) -> x[0] > 0.4 ? Double.NaN : 0,
            (x, y) -> new double[3],
            (x, y) -> new double[] {x[0], 0},
            null);
    BilevelProblem problem = new BilevelProblem(Waves.problem().upper(), f);
    Trajectory lower = Trajectory.keeping(STEP, 4, Hypergradient.ALL);
    lower.run(problem, X, STEP.start(Nd4j.createFromArray(0.4, -0.9)));
    assertThat(lower.isFinite()).isTrue();
    Estimate estimate = new EvolutionStrategy(5, 1, true, 5).estimate(problem, X, lower);
    assertThat(estimate.outcome()).isEqualTo(Outcome.NOT_FINITE);
    assertThat(estimate.gradient().toDoubleVector()).containsOnly(Double.NaN);
  }

  @Test
  void itNeverCallsItselfExact() {
    Estimate estimate =
        new EvolutionStrategy(1, 0.1, false, 5).estimate(Waves.problem(), X, waves(X));
    assertThat(estimate.exact()).isFalse();
    assertThat(estimate.work()).isEqualTo(new Work(0, 5, 0));
  }

  @Test
  void badSettingsAreNamed() {
    assertThatThrownBy(() -> new EvolutionStrategy(0, 0.1, true, 1))
        .hasMessage("directions is 0, expected at least 1");
    assertThatThrownBy(() -> new EvolutionStrategy(1, 0, true, 1))
        .hasMessage("mu is 0.0, expected a positive number");
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }
}
