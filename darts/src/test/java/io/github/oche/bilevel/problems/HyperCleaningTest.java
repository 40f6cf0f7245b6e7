package io.github.oche.bilevel.problems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.github.oche.bilevel.Gradient;
import io.github.oche.bilevel.Objective;
import io.github.oche.bilevel.Partial;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Values by hand, derivatives against central differences of what they are derivatives of. */
class HyperCleaningTest {
  private static final double E = 1e-5;
  private final SplittableRandom random = new SplittableRandom(7);

  private double[] numbers(int count) {
    return random.doubles(count, -1, 1).toArray();
  }

  private INDArray vector(int count) {
    return Nd4j.createFromArray(numbers(count));
  }

  private Samples samples(int count, int dimension, int classes) {
    return Samples.of(
        vector(count * dimension).reshape(count, dimension),
        random.ints(count, 0, classes).toArray(),
        classes);
  }

  private Classifier classifier(HyperCleaning.Model model, Samples samples) {
    return model == HyperCleaning.Model.LINEAR
        ? new SoftmaxRegression(samples)
        : new SigmoidNetwork(samples, 4);
  }

  @ParameterizedTest
  @CsvSource({"LINEAR, true", "LINEAR, false", "MLP, true", "MLP, false"})
  void gradientsAndProductsAreThoseOfTheValue(HyperCleaning.Model model, boolean weighted) {
    Samples samples = samples(9, 5, 3);
    Classifier classifier = classifier(model, samples);
    Objective f = new WeightedLoss(classifier, samples, weighted, weighted ? 0.1 : 0);
    INDArray x = vector(9);
    INDArray y = vector(classifier.parameters());
    INDArray dx = vector(9);
    INDArray dy = vector(classifier.parameters());
    for (INDArray[] d : new INDArray[][] {{dx, dy}, {null, dy}, {dx, null}}) {
      Objective other =
          new WeightedLoss(classifier(model, samples), samples, weighted, weighted ? 0.1 : 0);
      Gradient plus = other.gradient(moved(x, d[0], E), moved(y, d[1], E), Partial.BOTH);
      double value = plus.value();
      INDArray px = plus.dx().dup();
      INDArray py = plus.dy().dup();
      Gradient minus = other.gradient(moved(x, d[0], -E), moved(y, d[1], -E), Partial.BOTH);
      Gradient g = f.gradient(x, y, Partial.BOTH);
      double slope = dot(g.dx(), d[0]) + dot(g.dy(), d[1]);
      assertThat(slope).isCloseTo((value - minus.value()) / (2 * E), offset(1e-9));
      Gradient product = f.along(x, y, d[0], d[1], Partial.BOTH);
      assertThat(product.isExact()).isTrue();
      assertThat(product.value()).isCloseTo(slope, offset(1e-12));
      close(product.dx(), px.sub(minus.dx()).div(2 * E), 1e-9);
      close(product.dy(), py.sub(minus.dy()).div(2 * E), 1e-9);
      assertThat(f.value(x, y)).isEqualTo(g.value());
    }
  }

  @Test
  void theTypeIsThatOfTheFeatures() {
    Samples wide = samples(9, 5, 3);
    Samples narrow = Samples.of(wide.features().castTo(DataType.FLOAT), wide.labels().toArray(), 3);
    INDArray x = vector(9);
    INDArray y = vector(18);
    INDArray dy = vector(18);
    Objective f = new WeightedLoss(new SoftmaxRegression(wide), wide, true, 0.1);
    Objective g = new WeightedLoss(new SoftmaxRegression(narrow), narrow, true, 0.1);
    Gradient exact = f.along(x, y, null, dy, Partial.BOTH);
    Gradient single =
        g.along(
            x.castTo(DataType.FLOAT),
            y.castTo(DataType.FLOAT),
            null,
            dy.castTo(DataType.FLOAT),
            Partial.BOTH);
    assertThat(single.dy().dataType()).isEqualTo(DataType.FLOAT);
    close(single.dx().castTo(DataType.DOUBLE), exact.dx(), 1e-7);
    close(single.dy().castTo(DataType.DOUBLE), exact.dy(), 1e-6);
  }

  @Test
  void atZeroEverySampleCountsHalfAndEveryClassIsAsLikely() {
    Samples samples = samples(9, 5, 3);
    INDArray x = Nd4j.zeros(DataType.DOUBLE, 9);
    INDArray y = Nd4j.zeros(DataType.DOUBLE, 18);
    double log3 = Math.log(3);
    Objective f = new WeightedLoss(new SoftmaxRegression(samples), samples, true, 0);
    Gradient g = f.gradient(x, y, Partial.X);
    assertThat(g.value()).isCloseTo(log3 / 2, offset(1e-15));
    assertThat(g.dx().toDoubleVector()).containsOnly(new double[] {log3 / 36}, offset(1e-16));
    Objective upper = new WeightedLoss(new SoftmaxRegression(samples), samples, false, 0);
    assertThat(upper.value(x, y)).isCloseTo(log3, offset(1e-15));
  }

  @ParameterizedTest
  @EnumSource
  void theLogitsFollowTheWeightsThatChangedInPlace(HyperCleaning.Model model) {
    Samples samples = samples(9, 5, 3);
    Classifier classifier = classifier(model, samples);
    Objective f = new WeightedLoss(classifier, samples, true, 0);
    INDArray x = vector(9);
    INDArray y = vector(classifier.parameters());
    f.gradient(x, y, Partial.BOTH);
    y.putScalar(0, 3.5);
    x.putScalar(0, 2.5);
    double fresh = new WeightedLoss(classifier(model, samples), samples, true, 0).value(x, y);
    assertThat(f.value(x, y)).isEqualTo(fresh);
  }

  @Test
  void aTenthOfTheReplacedLabelsIsRight() {
    Samples clean = samples(20_000, 1, 10);
    CorruptedSamples corrupted = CorruptedSamples.uniform(clean, 0.5, 3);
    assertThat(corrupted.replaced()).isEqualTo(10_000);
    int wrong = 0;
    int[] replacements = new int[10];
    for (int i = 0; i < 20_000; i++) {
      int label = corrupted.samples().labels().get(i);
      if (corrupted.isReplaced(i)) {
        replacements[label]++;
      }
      wrong += label == clean.labels().get(i) ? 0 : 1;
    }
    assertThat(corrupted.wrong()).isEqualTo(wrong).isBetween(8_880, 9_120); // 4 deviations of 30
    for (int n : replacements) {
      assertThat(n).isBetween(880, 1_120);
    }
    assertThat(CorruptedSamples.uniform(clean, 0.5, 3).samples().labels())
        .isEqualTo(corrupted.samples().labels());
    assertThat(CorruptedSamples.uniform(clean, 0.5, 4).samples().labels())
        .isNotEqualTo(corrupted.samples().labels());
  }

  @Test
  void aDetectorThatKnowsAllRightLabelsHasTheF1ThatThePublishedCountAllows() {
    Samples clean = samples(20_000, 1, 10);
    CorruptedSamples corrupted = CorruptedSamples.uniform(clean, 0.5, 3);
    double[] x = new double[20_000];
    for (int i = 0; i < x.length; i++) {
      x[i] = corrupted.samples().labels().get(i) == clean.labels().get(i) ? 0 : -1;
    }
    CorruptedSamples.Detection d = corrupted.detection(Nd4j.createFromArray(x));
    assertThat(d.recall()).isEqualTo(1);
    assertThat(d.precision()).isCloseTo(10_000.0 / (20_000 - corrupted.wrong()), offset(1e-15));
    assertThat(d.f1()).isCloseTo(0.952, offset(0.003));
    CorruptedSamples.Detection nothing = corrupted.detection(Nd4j.createFromArray(x).assign(-1));
    assertThat(nothing.f1()).isZero();
    CorruptedSamples.Detection all = corrupted.detection(Nd4j.createFromArray(x).assign(0));
    assertThat(all.f1()).isCloseTo(2.0 / 3, offset(1e-15));
  }

  @Test
  void thePoolIsCutWithoutOverlap() {
    double[][] rows = new double[40][1];
    int[] labels = new int[40];
    for (int i = 0; i < 40; i++) {
      rows[i][0] = i;
      labels[i] = i % 10;
    }
    Samples pool = Samples.of(Nd4j.createFromArray(rows), labels, 10);
    HyperCleaning cleaning = HyperCleaning.of(pool, pool, 20, HyperCleaning.Model.MLP, 5);
    INDArray both =
        Nd4j.concat(0, cleaning.train().samples().features(), cleaning.validation().features());
    double[] seen = both.toDoubleVector();
    assertThat(seen).doesNotHaveDuplicates().hasSize(40);
    for (int i = 0; i < 20; i++) {
      assertThat(cleaning.validation().labels().get(i)).isEqualTo((int) seen[20 + i] % 10);
    }
    assertThat(cleaning.train().replaced()).isEqualTo(10);
    assertThat(cleaning.startY(1).toDoubleVector())
        .isEqualTo(cleaning.startY(1).toDoubleVector())
        .isNotEqualTo(cleaning.startY(2).toDoubleVector());
    assertThatThrownBy(() -> HyperCleaning.of(pool, pool, 21, HyperCleaning.Model.MLP, 5))
        .hasMessage("size is 21, expected 1 to 20, half of the 40 samples");
  }

  @Test
  void theTestAccuracyCountsTheLargestLogit() {
    Samples pool =
        Samples.of(
            Nd4j.createFromArray(new double[][] {{1}, {2}, {-1}, {-2}}), new int[] {1, 1, 0, 1}, 2);
    HyperCleaning cleaning = HyperCleaning.of(pool, pool, 2, HyperCleaning.Model.LINEAR, 5);
    assertThat(cleaning.accuracy(Nd4j.createFromArray(-1.0, 1, 0, 0))).isEqualTo(0.75);
    assertThat(cleaning.accuracy(Nd4j.createFromArray(0.0, 0, 0, 1))).isEqualTo(0.75);
    assertThat(cleaning.accuracy(Nd4j.createFromArray(0.0, 0, 1, 0))).isEqualTo(0.25);
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
