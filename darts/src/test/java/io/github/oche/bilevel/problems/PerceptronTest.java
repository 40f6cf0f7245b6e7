package io.github.oche.bilevel.problems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.CentralDifference;
import io.github.oche.bilevel.DenseLayer;
import io.github.oche.bilevel.Gradient;
import io.github.oche.bilevel.Partial;
import io.github.oche.bilevel.problems.Perceptron.Activation;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PerceptronTest {
  private static final ImmutableList<DenseLayer> LAYERS =
      ImmutableList.of(new DenseLayer(2, 5), new DenseLayer(5, 3), new DenseLayer(3, 2));
  private static final int TRANSFORMS = 25 + 9 + 4;

  private final Random random = new Random(3);
  private final INDArray y = normal(15 + 18 + 8);
  private final INDArray x = normal(4 + TRANSFORMS + 1);
  private final INDArray dy = normal(41);
  private final INDArray dx = normal(43);

  @Test
  void oneLayerIsTheMeanSquaredErrorByHand() {
    Perceptron line =
        Perceptron.of(ImmutableList.of(new DenseLayer(1, 1)), Activation.RELU)
            .batch(new double[] {1, 3}, new double[] {0, 10});
    INDArray w = Nd4j.createFromArray(2.0, -1.0); // 1 - 0 and 5 - 10
    Gradient gradient = line.gradient(Nd4j.createFromArray(7.0), w, Partial.BOTH);
    assertThat(gradient.value()).isEqualTo(13);
    assertThat(gradient.dy().toDoubleVector()).containsExactly(1 - 15, 1 - 5);
    assertThat(gradient.dx().toDoubleVector()).containsExactly(0);
  }

  @Test
  void gradientIsTheDerivativeOfTheValue() {
    for (Perceptron f : networks()) {
      Gradient gradient = f.gradient(x, y, Partial.BOTH);
      double[] gx = gradient.dx().toDoubleVector();
      double[] gy = gradient.dy().toDoubleVector();
      assertThat(gradient.value()).isEqualTo(f.value(x, y));
      for (int i = 0; i < gx.length; i++) {
        INDArray e = x.like().assign(0).putScalar(i, 1e-5);
        double slope = (f.value(x.add(e), y) - f.value(x.sub(e), y)) / 2e-5;
        assertThat(gx[i]).as("x %s", i).isCloseTo(slope, offset(1e-7));
      }
      for (int i = 0; i < gy.length; i++) {
        INDArray e = y.like().assign(0).putScalar(i, 1e-5);
        double slope = (f.value(x, y.add(e)) - f.value(x, y.sub(e))) / 2e-5;
        assertThat(gy[i]).as("y %s", i).isCloseTo(slope, offset(1e-7));
      }
    }
  }

  @Test
  void productIsTheDerivativeOfTheGradient() {
    INDArray[][] directions = {{dx, dy}, {null, dy}, {dx, null}};
    for (Perceptron f : networks()) {
      for (INDArray[] d : directions) {
        Gradient estimate =
            CentralDifference.ofRadius(1e-5).along(f, x, y, d[0], d[1], Partial.BOTH);
        Gradient exact = f.along(x, y, d[0], d[1], Partial.BOTH);
        assertThat(exact.isExact()).isTrue();
        assertThat(exact.value()).isCloseTo(estimate.value(), offset(1e-6));
        assertClose(exact.dx().toDoubleVector(), estimate.dx().toDoubleVector());
        assertClose(exact.dy().toDoubleVector(), estimate.dy().toDoubleVector());
      }
    }
  }

  @Test
  void unitTransformsChangeNothing() {
    INDArray units = Nd4j.zeros(DataType.DOUBLE, 43);
    int at = 4;
    for (int size : new int[] {5, 3, 2}) {
      for (int i = 0; i < size; i++) {
        units.putScalar(at + i * (size + 1), 1);
      }
      at += size * size;
    }
    Perceptron plain = networks()[0];
    Perceptron transformed = networks()[1];
    assertThat(transformed.value(units, y)).isCloseTo(plain.value(units, y), offset(1e-14));
    assertClose(
        transformed.gradient(units, y, Partial.Y).dy().toDoubleVector(),
        plain.gradient(units, y, Partial.Y).dy().toDoubleVector());
  }

  @Test
  void floatsGiveTheSameUpToTheirRounding() {
    Perceptron f = networks()[1];
    Gradient wide = f.along(x, y, dx, dy, Partial.BOTH);
    double[] expected = wide.dy().toDoubleVector();
    Gradient narrow =
        f.along(
            x.castTo(DataType.FLOAT),
            y.castTo(DataType.FLOAT),
            dx.castTo(DataType.FLOAT),
            dy.castTo(DataType.FLOAT),
            Partial.BOTH);
    assertThat(narrow.dx().dataType()).isEqualTo(DataType.FLOAT);
    double[] actual = narrow.dy().toDoubleVector();
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], offset(1e-4 * (1 + Math.abs(expected[i]))));
    }
  }

  @Test
  void wrongSizesAreRefused() {
    Perceptron f = networks()[1];
    INDArray one = Nd4j.createFromArray(1.0);
    assertThatThrownBy(() -> f.value(x, one)).hasMessage("y has 1 entries, expected 41");
    assertThatThrownBy(() -> f.value(one, y))
        .hasMessage("x has 1 entries, expected 38 transforms from 4 on");
    assertThatThrownBy(() -> f.batch(new double[3], new double[3]))
        .hasMessage("3 inputs are no whole number of samples of 2");
    ImmutableList<DenseLayer> broken = ImmutableList.of(new DenseLayer(1, 2), new DenseLayer(3, 1));
    assertThatThrownBy(() -> Perceptron.of(broken, Activation.TANH))
        .hasMessage("layer 1 takes 3 numbers, expected 2");
  }

  private Perceptron[] networks() {
    double[] inputs = new Random(7).doubles(14, -2, 2).toArray();
    double[] targets = new Random(8).doubles(14, -2, 2).toArray();
    return new Perceptron[] {
      Perceptron.of(LAYERS, Activation.TANH).batch(inputs, targets),
      Perceptron.transformed(LAYERS, Activation.TANH, 4).batch(inputs, targets),
      Perceptron.of(LAYERS, Activation.RELU).batch(inputs, targets),
    };
  }

  private INDArray normal(int length) {
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = 0.5 * random.nextGaussian();
    }
    return Nd4j.createFromArray(values);
  }

  private static void assertClose(double[] actual, double[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).as("entry %s", i).isCloseTo(expected[i], offset(1e-6));
    }
  }
}
