package io.github.oche.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.github.oche.bilevel.linear.Vectors;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class CentralDifferenceTest {
  private static final INDArray X = Nd4j.createFromArray(0.4);
  private static final INDArray Y = Nd4j.createFromArray(0.7, -1.2);
  private static final INDArray DX = Nd4j.createFromArray(-0.3);
  private static final INDArray DY = Nd4j.createFromArray(2.0, 0.5);

  @Test
  void defaultAgreesWithTheExactProductInEveryDirection() {
    Objective exact = Ridge.lower(true);
    Objective plain = Ridge.lower(false);
    INDArray[][] directions = {{DX, DY}, {null, DY}, {DX, null}};
    for (INDArray[] d : directions) {
      Gradient truth = exact.along(X, Y, d[0], d[1], Partial.BOTH);
      Gradient estimate = plain.along(X, Y, d[0], d[1], Partial.BOTH);
      assertThat(truth.isExact()).isTrue();
      assertThat(estimate.isExact()).isFalse();
      assertThat(estimate.dx().getDouble(0)).isCloseTo(truth.dx().getDouble(0), offset(1e-8));
      assertThat(estimate.dy().getDouble(0)).isCloseTo(truth.dy().getDouble(0), offset(1e-8));
      assertThat(estimate.dy().getDouble(1)).isCloseTo(truth.dy().getDouble(1), offset(1e-8));
    }
  }

  @Test
  void valueIsTheDerivativeOfTheValue() {
    Objective f = Ridge.lower(false);
    Gradient gradient = f.gradient(X, Y, Partial.BOTH);
    double slope =
        gradient.dx().getDouble(0) * -0.3
            + gradient.dy().getDouble(0) * 2
            + gradient.dy().getDouble(1) * 0.5;
    assertThat(f.along(X, Y, DX, DY, Partial.X).value()).isCloseTo(slope, offset(1e-8));
  }

  @Test
  void floatPointsLieAHundredthFromTheMiddle() {
    Closed f = Ridge.lower(false);
    f.along(
        X.castTo(DataType.FLOAT),
        Y.castTo(DataType.FLOAT),
        null,
        DY.castTo(DataType.FLOAT),
        Partial.X);
    assertThat(f.points).hasSize(2);
    double[] plus = f.points.get(0);
    double[] minus = f.points.get(1);
    assertThat(Math.hypot(plus[0] - minus[0], plus[1] - minus[1])).isCloseTo(0.02, offset(1e-6));
    assertThat(plus[0]).as("the first point lies ahead").isGreaterThan(minus[0]);
  }

  @Test
  void doublePointsLieTheCubeRootOfRoundingFromTheMiddle() {
    Closed f = Ridge.lower(false);
    f.along(X, Y, null, DY, Partial.X);
    double[] plus = f.points.get(0);
    double[] minus = f.points.get(1);
    double expected = 2 * Math.cbrt(Math.ulp(1.0)) * (1 + Math.hypot(0.7, 1.2));
    assertThat(Math.hypot(plus[0] - minus[0], plus[1] - minus[1]))
        .isCloseTo(expected, offset(1e-12));
  }

  @Test
  void zeroDirectionGivesZeroWithoutAGradient() {
    Closed f = Ridge.lower(false);
    for (INDArray dy : new INDArray[] {null, Nd4j.zeros(DataType.DOUBLE, 2)}) {
      Gradient zero = f.along(X, Y, null, dy, Partial.BOTH);
      assertThat(zero.value()).isZero();
      assertThat(zero.dx().toDoubleVector()).containsExactly(0);
      assertThat(zero.dy().toDoubleVector()).containsExactly(0, 0);
    }
    assertThat(f.gradients).isEmpty();
  }

  @Test
  void directionThatIsNotFiniteNeverGivesANumber() {
    for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      INDArray dy = Nd4j.createFromArray(bad, 1.0);
      Gradient result = Ridge.lower(false).along(X, Y, null, dy, Partial.X);
      assertThat(result.dx().getDouble(0)).isNaN();
    }
  }

  @Test
  void onlyTheWantedPartIsThere() {
    Gradient result = Ridge.lower(false).along(X, Y, null, DY, Partial.Y);
    assertThat(result.dy().length()).isEqualTo(2);
    assertThatThrownBy(result::dx)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("was not asked for");
  }

  @Test
  void wrongShapesAndRadiiAreRefused() {
    Objective f = Ridge.lower(false);
    assertThatThrownBy(() -> f.along(X, Y, null, DX, Partial.X))
        .hasMessage("dy has shape [1], expected [2]");
    assertThatThrownBy(() -> f.along(X, Y, DY, null, Partial.X))
        .hasMessage("dx has shape [2], expected [1]");
    assertThatThrownBy(() -> CentralDifference.ofRadius(0)).hasMessageContaining("radius is 0.0");
    assertThatThrownBy(() -> CentralDifference.ofRadius(Double.NaN))
        .hasMessageContaining("radius is NaN");
  }

  @Test
  void sumOfSquaresReadsEveryEntryOfDenseArraysAndViews() {
    for (int length : new int[] {1, 15, 16, 17, 4095, 4096, 4097, 10_000}) {
      INDArray a = Nd4j.arange(length).castTo(DataType.DOUBLE);
      double exact = (length - 1.0) * length * (2.0 * length - 1) / 6;
      assertThat(Vectors.sumOfSquares(a)).isEqualTo(exact);
      INDArray b = a.castTo(DataType.FLOAT);
      assertThat(Vectors.sumOfSquares(b)).isCloseTo(exact, offset(exact * 1e-6));
    }
    INDArray column =
        Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}})
            .get(NDArrayIndex.all(), NDArrayIndex.point(1));
    assertThat(Vectors.sumOfSquares(column)).isEqualTo(20);
    INDArray tail = Nd4j.createFromArray(5.0, 3.0, 4.0).get(NDArrayIndex.interval(1, 3));
    assertThat(Vectors.sumOfSquares(tail)).isEqualTo(25);
  }
}
