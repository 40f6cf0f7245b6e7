package io.github.oche.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.github.oche.bilevel.OneStage.Product;
import io.github.oche.bilevel.problems.DartsExample;
import io.github.oche.bilevel.problems.HyperCleaningExample;
import io.github.oche.bilevel.problems.Quadratic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The one-stage hypergradient against closed forms and central differences of the unrolled
 * objective.
 */
class OneStageTest {
  @Test
  void ridgeTrajectoryWithDefaultDifferencesIsTheSame() {
    double[] exact = ridge(new OneStage(HeavyBall.gradientDescent(0.4), Product.EXACT), true);
    double[] standard = ridge(new OneStage(HeavyBall.gradientDescent(0.4), Product.EXACT), false);
    for (int k = 0; k < exact.length; k++) {
      assertThat(standard[k]).isCloseTo(exact[k], offset(1e-8));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 2", "0.1, 1.66666666666667", "0.25, 1.33333333333333", "0.5, 1"})
  void fixedPointOfTheDartsExampleIsTwoOverOnePlusTwoXi(double xi, double fixedPoint) {
    for (Product product : Product.values()) {
      OneStage estimator = new OneStage(HeavyBall.gradientDescent(xi), product);
      INDArray x = vector(2);
      INDArray y = vector(-2);
      for (int k = 0; k < 250; k++) {
        x.subi(
            estimator
                .estimate(DartsExample.problem(), x, Trajectory.still(State.atRest(y)))
                .gradient()
                .mul(0.25));
        y.subi(DartsExample.problem().lower().gradient(x, y, Partial.Y).dy().mul(0.4));
      }
      assertThat(x.getDouble(0)).isCloseTo(fixedPoint, offset(1e-9));
      assertThat(y.getDouble(0)).isCloseTo(fixedPoint, offset(1e-9));
    }
  }

  @Test
  void oneStepOfReverseModeOnTheDartsExample() {
    OneStage estimator = new OneStage(HeavyBall.gradientDescent(0.1), Product.EXACT);
    Estimate estimate =
        estimator.estimate(
            DartsExample.problem(), vector(2), Trajectory.still(State.atRest(vector(-2))));
    assertThat(estimate.gradient().getDouble(0)).isCloseTo(-2.8, offset(1e-14));
    assertThat(estimate.value()).isCloseTo(2 * -1.2 - 4 + 1, offset(1e-14)); // F at y' = -1.2
  }

  @Test
  void oneStepFromAnywhereWithRateOfTheSolutionIsExactOnTheDartsExample() {
    OneStage estimator = new OneStage(HeavyBall.gradientDescent(0.5), Product.EXACT);
    Estimate estimate =
        estimator.estimate(
            DartsExample.problem(), vector(2), Trajectory.still(State.atRest(vector(-2))));
    assertThat(estimate.gradient().getDouble(0))
        .isCloseTo(2, offset(1e-14)); // 2x - 2 at the best response
  }

  /**
   * A problem that is quadratic nowhere: f = sin(x0 y0) + x1 y1^3 + y0^2 y1, F = cos(y0) x1 + y1^2
   * x0 + x0^2.
   */
  private static Closed waveUpper() {
    return new Closed(
        (x, y) -> Math.cos(y[0]) * x[1] + y[1] * y[1] * x[0] + x[0] * x[0],
        (x, y) -> new double[] {y[1] * y[1] + 2 * x[0], Math.cos(y[0])},
        (x, y) -> new double[] {-Math.sin(y[0]) * x[1], 2 * y[1] * x[0]},
        null);
  }

  private static Closed waveLower() {
    return new Closed(
        (x, y) -> Math.sin(x[0] * y[0]) + x[1] * Math.pow(y[1], 3) + y[0] * y[0] * y[1],
        (x, y) -> new double[] {y[0] * Math.cos(x[0] * y[0]), Math.pow(y[1], 3)},
        (x, y) ->
            new double[] {
              x[0] * Math.cos(x[0] * y[0]) + 2 * y[0] * y[1], 3 * x[1] * y[1] * y[1] + y[0] * y[0]
            },
        (x, y, dx, dy) -> {
          double s = Math.sin(x[0] * y[0]);
          double c = Math.cos(x[0] * y[0]);
          double mixed = c - x[0] * y[0] * s;
          return new double[][] {
            {
              -y[0] * y[0] * s * dx[0] + mixed * dy[0], 3 * y[1] * y[1] * dy[1],
            },
            {
              mixed * dx[0] + (-x[0] * x[0] * s + 2 * y[1]) * dy[0] + 2 * y[0] * dy[1],
              3 * y[1] * y[1] * dx[1] + 2 * y[0] * dy[0] + 6 * x[1] * y[1] * dy[1]
            }
          };
        });
  }

  @Test
  void aNewtonStepIsExactOnTheSmallestHyperCleaning() { // at x = 0 the curvature by y is 3/2
    OneStage estimator = new OneStage(HeavyBall.gradientDescent(2.0 / 3), Product.EXACT);
    Estimate estimate =
        estimator.estimate(
            HyperCleaningExample.problem(),
            vector(0, 0, 0),
            Trajectory.still(State.atRest(vector(13.0 / 3))));
    assertThat(estimate.gradient().toDoubleVector())
        .containsExactly(new double[] {-1.574074074, -1.101851852, 2.675925926}, offset(1e-9));
    assertThat(estimate.value()).isCloseTo(4.0138888889, offset(1e-9));
  }

  private static final HeavyBall STEP = new HeavyBall(0.3, 0.9, 0.05);

  @Test
  void isTheDerivativeOfTheUnrolledObjective() {
    BilevelProblem problem = new BilevelProblem(waveUpper(), waveLower());
    Trajectory state = Trajectory.still(State.of(vector(0.7, -0.4), vector(0.2, -0.1)));
    Estimate estimate =
        new OneStage(STEP, Product.EXACT).estimate(problem, vector(0.3, -0.8), state);
    assertThat(estimate.exact()).isTrue();
    double h = 1e-5;
    for (int i = 0; i < 2; i++) {
      double up = unrolled(0.3 + (i == 0 ? h : 0), -0.8 + (i == 1 ? h : 0));
      double down = unrolled(0.3 - (i == 0 ? h : 0), -0.8 - (i == 1 ? h : 0));
      assertThat(estimate.gradient().getDouble(i)).isCloseTo((up - down) / (2 * h), offset(1e-8));
    }
    assertThat(estimate.value()).isCloseTo(unrolled(0.3, -0.8), offset(1e-14));
  }

  /** F(x, y') with y' = y - 0.3 (0.9 v + grad f + 0.05 y), written out. */
  private static double unrolled(double x0, double x1) {
    double g0 = x0 * Math.cos(x0 * 0.7) + 2 * 0.7 * -0.4;
    double g1 = 3 * x1 * 0.16 + 0.49;
    double y0 = 0.7 - 0.3 * (0.9 * 0.2 + g0 + 0.05 * 0.7);
    double y1 = -0.4 - 0.3 * (0.9 * -0.1 + g1 + 0.05 * -0.4);
    return Math.cos(y0) * x1 + y1 * y1 * x0 + x0 * x0;
  }

  @Test
  void finiteDifferenceIsThePublishedFormula() {
    Closed upper = waveUpper();
    Closed lower = waveLower();
    double[] x = {0.3, -0.8};
    double[] y = {0.7, -0.4};
    Estimate estimate =
        new OneStage(HeavyBall.gradientDescent(0.3), Product.FINITE_DIFFERENCE)
            .estimate(
                new BilevelProblem(upper, lower),
                vector(x),
                Trajectory.still(State.atRest(vector(y))));

    double[] g =
        new double[] {
          x[0] * Math.cos(x[0] * y[0]) + 2 * y[0] * y[1], 3 * x[1] * y[1] * y[1] + y[0] * y[0]
        };
    double[] next = {y[0] - 0.3 * g[0], y[1] - 0.3 * g[1]};
    double[] v = {-Math.sin(next[0]) * x[1], 2 * next[1] * x[0]};
    double e = 0.01 / Math.hypot(v[0], v[1]);
    double[] plus = {y[0] + e * v[0], y[1] + e * v[1]};
    double[] minus = {y[0] - e * v[0], y[1] - e * v[1]};
    double h0 =
        next[1] * next[1]
            + 2 * x[0]
            - 0.3
                * (plus[0] * Math.cos(x[0] * plus[0]) - minus[0] * Math.cos(x[0] * minus[0]))
                / (2 * e);
    double h1 = Math.cos(next[0]) - 0.3 * (Math.pow(plus[1], 3) - Math.pow(minus[1], 3)) / (2 * e);
    assertThat(estimate.gradient().getDouble(0)).isCloseTo(h0, offset(1e-13));
    assertThat(estimate.gradient().getDouble(1)).isCloseTo(h1, offset(1e-13));
    assertThat(estimate.exact()).isFalse();
  }

  @Test
  void onlyTheGradientsThatAreNeededAreComputed() {
    Closed upper = waveUpper();
    Closed lower = waveLower();
    BilevelProblem problem = new BilevelProblem(upper, lower);
    Trajectory state = Trajectory.still(State.atRest(vector(0.7, -0.4)));

    Estimate difference =
        new OneStage(STEP, Product.FINITE_DIFFERENCE).estimate(problem, vector(0.3, -0.8), state);
    assertThat(upper.gradients).containsExactly(Partial.BOTH);
    assertThat(lower.gradients).containsExactly(Partial.Y, Partial.X, Partial.X);
    assertThat(difference.work().gradients()).isEqualTo(4);
    assertThat(difference.work().products()).isZero();

    lower.gradients.clear();
    Estimate exact = new OneStage(STEP, Product.EXACT).estimate(problem, vector(0.3, -0.8), state);
    assertThat(lower.gradients).containsExactly(Partial.Y);
    assertThat(lower.products).isEqualTo(1);
    assertThat(exact.work().gradients()).isEqualTo(2);
    assertThat(exact.work().products()).isEqualTo(1);
  }

  @Test
  void firstOrderMakesNoCallOnTheLowerObjective() {
    Closed upper = waveUpper();
    Closed lower = waveLower();
    Estimate estimate =
        OneStage.firstOrder()
            .estimate(
                new BilevelProblem(upper, lower),
                vector(0.3, -0.8),
                Trajectory.still(State.atRest(vector(1, 2))));
    assertThat(upper.gradients).containsExactly(Partial.X);
    assertThat(lower.gradients).isEmpty();
    assertThat(estimate.work().gradients()).isEqualTo(1);
    assertThat(estimate.gradient().toDoubleVector()).containsExactly(4 + 0.6, Math.cos(1));
  }

  @Test
  void smallRateGoesToFirstOrder() {
    BilevelProblem problem = new BilevelProblem(waveUpper(), waveLower());
    Trajectory state = Trajectory.still(State.of(vector(0.7, -0.4), vector(0.2, -0.1)));
    double[] first =
        OneStage.firstOrder()
            .estimate(problem, vector(0.3, -0.8), state)
            .gradient()
            .toDoubleVector();
    double last = Double.POSITIVE_INFINITY;
    for (double xi : new double[] {1e-1, 1e-3, 1e-5}) {
      double[] second =
          new OneStage(new HeavyBall(xi, 0.9, 0.05), Product.EXACT)
              .estimate(problem, vector(0.3, -0.8), state)
              .gradient()
              .toDoubleVector();
      double distance = Math.hypot(second[0] - first[0], second[1] - first[1]);
      assertThat(distance).isLessThan(10 * xi).isLessThan(last);
      last = distance;
    }
  }

  @Test
  void everySettingChangesTheEstimate() {
    double[] base = estimate(STEP, Product.EXACT);
    assertThat(estimate(new HeavyBall(0.2, 0.9, 0.05), Product.EXACT)).isNotEqualTo(base);
    assertThat(estimate(new HeavyBall(0.3, 0.8, 0.05), Product.EXACT)).isNotEqualTo(base);
    assertThat(estimate(new HeavyBall(0.3, 0.9, 0.04), Product.EXACT)).isNotEqualTo(base);
    assertThat(estimate(STEP, Product.FINITE_DIFFERENCE)).isNotEqualTo(base);
  }

  private static double[] estimate(HeavyBall step, Product product) {
    BilevelProblem problem = new BilevelProblem(waveUpper(), waveLower());
    Trajectory state = Trajectory.still(State.of(vector(0.7, -0.4), vector(0.2, -0.1)));
    return new OneStage(step, product)
        .estimate(problem, vector(0.3, -0.8), state)
        .gradient()
        .toDoubleVector();
  }

  @Test
  void zeroGradientOfTheUpperObjectiveNeedsNoProduct() {
    Closed upper =
        new Closed((x, y) -> x[0], (x, y) -> new double[] {1}, (x, y) -> new double[2], null);
    Closed lower = Ridge.lower(true);
    for (Product product : Product.values()) {
      Estimate estimate =
          new OneStage(STEP, product)
              .estimate(
                  new BilevelProblem(upper, lower),
                  vector(0),
                  Trajectory.still(State.atRest(vector(1, 1))));
      assertThat(estimate.gradient().toDoubleVector()).containsExactly(1);
      assertThat(estimate.isUsable()).isTrue();
      assertThat(estimate.work().gradients()).isEqualTo(2);
    }
    assertThat(lower.products).isZero();
    assertThat(lower.gradients).containsOnly(Partial.Y);
  }

  @Test
  void valuesThatAreNotFiniteAreFlaggedAndNothingIsChanged() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      Closed upper =
          new Closed((x, y) -> 0, (x, y) -> new double[1], (x, y) -> new double[] {bad, 1}, null);
      for (Product product : Product.values()) {
        INDArray x = vector(0.5);
        INDArray y = vector(1, -1);
        Estimate estimate =
            new OneStage(STEP, product)
                .estimate(
                    new BilevelProblem(upper, Ridge.lower(true)),
                    x,
                    Trajectory.still(State.atRest(y)));
        assertThat(estimate.isUsable()).isFalse();
        assertThat(estimate.gradient().toDoubleVector()).containsOnly(Double.NaN);
        assertThat(x.toDoubleVector()).containsExactly(0.5);
        assertThat(y.toDoubleVector()).containsExactly(1, -1);
      }
      Closed lossy =
          new Closed((x, y) -> bad, (x, y) -> new double[1], (x, y) -> new double[2], null);
      assertThat(
              OneStage.firstOrder()
                  .estimate(
                      new BilevelProblem(lossy, Ridge.lower(true)),
                      vector(0),
                      Trajectory.still(State.atRest(vector(1, 1))))
                  .isUsable())
          .isFalse();
    }
  }

  /** In-place steps of +e, -2e and +e would not give the weights back. */
  @Test
  void weightsComeThroughADifferenceThatSteppingInPlaceWouldBlur() {
    for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
      INDArray y = Nd4j.linspace(DataType.DOUBLE, 0.1, 0.0137, 1000).castTo(type);
      INDArray x = y.mul(0.3);
      double[] before = y.toDoubleVector();
      INDArray e = x.mul(0.01 / x.norm2Number().doubleValue());
      assertThat(y.add(e).subi(e.mul(2)).addi(e).toDoubleVector()).isNotEqualTo(before);
      Objective quadratic = Quadratic.problem().lower();
      Objective gradientsOnly =
          new Objective() {
            @Override
            public double value(INDArray at, INDArray of) {
              return quadratic.value(at, of);
            }

            @Override
            public Gradient gradient(INDArray at, INDArray of, Partial wanted) {
              return quadratic.gradient(at, of, wanted);
            }
          };
      BilevelProblem problem = new BilevelProblem(Quadratic.problem().upper(), gradientsOnly);
      for (Product product : Product.values()) {
        Estimate estimate =
            new OneStage(STEP, product).estimate(problem, x, Trajectory.still(State.atRest(y)));
        assertThat(estimate.exact()).isFalse();
        assertThat(y.toDoubleVector()).containsExactly(before);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Product.class)
  void argumentsSurviveBitForBitAndNothingIsAllocatedTwice(Product product) {
    for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
      INDArray x = vector(0.3, -0.8).castTo(type);
      INDArray y = vector(0.7, -0.4).castTo(type);
      INDArray velocity = vector(0.2, -0.1).castTo(type);
      double[] before = Nd4j.concat(0, x, y, velocity).toDoubleVector();
      OneStage estimator = new OneStage(STEP, product);
      BilevelProblem problem = new BilevelProblem(waveUpper(), waveLower());
      INDArray once =
          estimator.estimate(problem, x, Trajectory.still(State.of(y, velocity))).gradient();
      double[] values = once.toDoubleVector();
      INDArray twice =
          estimator.estimate(problem, x, Trajectory.still(State.of(y, velocity))).gradient();
      assertThat(twice).isSameAs(once);
      assertThat(twice.toDoubleVector()).containsExactly(values);
      assertThat(twice.dataType()).isEqualTo(type);
      assertThat(Nd4j.concat(0, x, y, velocity).toDoubleVector()).containsExactly(before);
    }
  }

  @Test
  void oneObjectMayBeBothObjectives() {
    Closed f = waveLower();
    Estimate estimate =
        new OneStage(STEP, Product.EXACT)
            .estimate(
                new BilevelProblem(f, f),
                vector(0.3, -0.8),
                Trajectory.still(State.atRest(vector(0.7, -0.4))));
    assertThat(estimate.isUsable()).isTrue();
    assertThat(f.gradients).containsExactly(Partial.Y, Partial.BOTH);
  }

  @Test
  void impossibleStepsAreRefused() {
    assertThatThrownBy(() -> HeavyBall.gradientDescent(-0.1)).hasMessageContaining("rate is -0.1");
    assertThatThrownBy(() -> HeavyBall.gradientDescent(Double.NaN))
        .hasMessageContaining("rate is NaN");
    assertThatThrownBy(() -> new HeavyBall(0.1, 1, 0)).hasMessageContaining("momentum is 1.0");
    assertThatThrownBy(() -> new HeavyBall(0.1, 0, -1)).hasMessageContaining("decay is -1.0");
    INDArray y = vector(1, 2);
    INDArray velocity = vector(1);
    assertThatThrownBy(() -> State.of(y, velocity))
        .hasMessage("velocity has shape [1], expected [2]");
  }

  /**
   * Two hundred upper steps of length 1, each followed by a lower one of 0.4; returns x after each.
   */
  private static double[] ridge(OneStage estimator, boolean exact) {
    BilevelProblem problem = new BilevelProblem(Ridge.upper(), Ridge.lower(exact));
    INDArray x = vector(0);
    double[] y = {0, 0};
    double[] path = new double[200];
    for (int k = 0; k < path.length; k++) {
      x.subi(estimator.estimate(problem, x, Trajectory.still(State.atRest(vector(y)))).gradient());
      path[k] = x.getDouble(0);
      y = Ridge.descend(path[k], y);
    }
    return path;
  }

  private static INDArray vector(double... values) {
    return Nd4j.createFromArray(values);
  }
}
