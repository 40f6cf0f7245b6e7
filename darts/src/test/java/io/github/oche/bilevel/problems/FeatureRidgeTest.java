package io.github.oche.bilevel.problems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.github.oche.bilevel.Estimate;
import io.github.oche.bilevel.Gradient;
import io.github.oche.bilevel.HeavyBall;
import io.github.oche.bilevel.Objective;
import io.github.oche.bilevel.Partial;
import io.github.oche.bilevel.ReverseMode;
import io.github.oche.bilevel.Trajectory;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The exact weights, and derivatives against central differences. */
class FeatureRidgeTest {
  private static final double E = 1e-5;
  private final SplittableRandom random = new SplittableRandom(11);
  private final Samples train = samples(20);
  private final Samples validation = samples(15);
  private final FeatureRidge ridge = new FeatureRidge(train, validation);

  private INDArray vector(int count) {
    return Nd4j.createFromArray(random.doubles(count, -1, 1).toArray());
  }

  private Samples samples(int count) {
    return Samples.of(vector(count * 4).reshape(count, 4), random.ints(count, 0, 3).toArray(), 3);
  }

  /** Two of twenty features tell the class. */
  private Samples signs(int count) {
    INDArray features = vector(count * 20).reshape(count, 20);
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = features.getDouble(i, 0) + features.getDouble(i, 1) > 0 ? 1 : 0;
    }
    return Samples.of(features, labels, 2);
  }

  @Test
  void gradientsAndProductsAreThoseOfTheValue() {
    INDArray x = vector(4);
    INDArray y = vector(12);
    INDArray dx = vector(4);
    INDArray dy = vector(12);
    for (Objective f : List.of(ridge.problem().lower(), ridge.problem().upper())) {
      for (INDArray[] d : new INDArray[][] {{dx, dy}, {null, dy}, {dx, null}}) {
        Gradient plus = f.gradient(moved(x, d[0], E), moved(y, d[1], E), Partial.BOTH);
        double value = plus.value();
        INDArray px = plus.dx().dup();
        INDArray py = plus.dy().dup();
        Gradient minus = f.gradient(moved(x, d[0], -E), moved(y, d[1], -E), Partial.BOTH);
        px.subi(minus.dx()).divi(2 * E);
        py.subi(minus.dy()).divi(2 * E);
        double fall = (value - minus.value()) / (2 * E);
        Gradient g = f.gradient(x, y, Partial.BOTH);
        assertThat(dot(g.dx(), d[0]) + dot(g.dy(), d[1])).isCloseTo(fall, offset(1e-9));
        Gradient product = f.along(x, y, d[0], d[1], Partial.BOTH);
        close(product.dx(), px, 1e-9);
        close(product.dy(), py, 1e-9);
      }
    }
  }

  @Test
  void theSolutionHasNoGradientAndTheUpperValueIsTheValidationLoss() {
    INDArray x = vector(4);
    INDArray y = ridge.solution(x);
    assertThat(ridge.problem().lower().gradient(x, y, Partial.Y).dy().toDoubleVector())
        .containsOnly(new double[12], offset(1e-14));
    assertThat(ridge.problem().upper().value(x, y))
        .isCloseTo(FeatureRidge.loss(y, validation), offset(1e-14));
  }

  @Test
  void unrollingToTheSolutionGivesTheDerivativeOfTheValidationLossThere() {
    INDArray x = vector(4);
    HeavyBall step = HeavyBall.gradientDescent(1 / (ridge.curvature() + Math.E));
    Trajectory lower =
        Trajectory.keeping(step, 400, 400).run(ridge.problem(), x, step.start(ridge.startY()));
    Estimate estimate = ReverseMode.full().estimate(ridge.problem(), x, lower);
    for (int j = 0; j < 4; j++) {
      INDArray unit = Nd4j.zeros(x.dataType(), 4).putScalar(j, E);
      double plus = FeatureRidge.loss(ridge.solution(x.add(unit)), validation);
      double minus = FeatureRidge.loss(ridge.solution(x.sub(unit)), validation);
      assertThat(estimate.gradient().getDouble(j))
          .isCloseTo((plus - minus) / (2 * E), offset(1e-9));
    }
  }

  @Test
  void theCurvatureIsTheLargestEigenvalue() {
    Samples diagonal =
        Samples.of(Nd4j.createFromArray(new double[][] {{2, 0}, {0, 4}}), new int[] {0, 1}, 2);
    assertThat(new FeatureRidge(diagonal, diagonal).curvature()).isCloseTo(8, offset(1e-12));
  }

  @Test
  void standardisedFeaturesHaveMeanZeroAndDeviationOneAndAConstant() {
    Samples raw =
        Samples.of(
            Nd4j.createFromArray(new float[][] {{1, 5}, {3, 5}, {5, 5}, {7, 5}}),
            new int[] {0, 1, 0, 1},
            2);
    Samples scaled = raw.standardised(raw);
    double s = Math.sqrt(5);
    assertThat(scaled.features().toDoubleMatrix()[3]).containsExactly(3 / s, 0, 1);
    assertThat(scaled.features().toDoubleMatrix()[0]).containsExactly(-3 / s, 0, 1);
    Samples other = raw.range(0, 2).standardised(raw);
    assertThat(other.features().toDoubleMatrix()[1]).containsExactly(-1 / s, 0, 1);
  }

  @Test
  void everySearchStaysWithinItsBudgetAndHypergradientsFindTheLeastLoss() {
    FeatureStudy study = new FeatureStudy(signs(40), signs(40), signs(200), 4000, 1);
    List<FeatureStudy.Row> rows = study.rows();
    assertThat(rows).allMatch(row -> row.cost() <= 4000).hasSizeGreaterThanOrEqualTo(5);
    double reverse = rows.get(1).validationLoss();
    assertThat(rows)
        .filteredOn(row -> row.method().matches("no search|grid.*|random.*"))
        .hasSize(3)
        .allMatch(row -> row.validationLoss() > reverse);
    assertThat(rows.get(0).cost()).isZero();
    assertThatThrownBy(() -> new FeatureStudy(train, validation, validation, 999, 1))
        .hasMessage("budget is 999 gradients, expected at least 1000");
  }

  private static INDArray moved(INDArray at, @Nullable INDArray direction, double by) {
    return direction == null ? at : at.add(direction.mul(by));
  }

  private static double dot(INDArray a, @Nullable INDArray b) {
    return b == null ? 0 : a.mul(b).sumNumber().doubleValue();
  }

  private static void close(INDArray actual, INDArray expected, double by) {
    assertThat(actual.toDoubleVector()).containsExactly(expected.toDoubleVector(), offset(by));
  }
}
