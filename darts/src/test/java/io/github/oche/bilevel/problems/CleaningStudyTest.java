package io.github.oche.bilevel.problems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.HeavyBall;
import io.github.oche.bilevel.NestedSolver;
import io.github.oche.bilevel.ReverseMode;
import io.github.oche.bilevel.Start;
import io.github.oche.bilevel.Work;
import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.problems.CleaningStudy.Baseline;
import io.github.oche.bilevel.problems.CleaningStudy.Method;
import io.github.oche.bilevel.problems.CleaningStudy.Row;
import io.github.oche.bilevel.problems.CleaningStudy.Run;
import io.github.oche.bilevel.problems.CleaningStudy.Spread;
import io.github.oche.bilevel.problems.HyperCleaning.Model;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** The study on clouds of points that are easy to tell apart. */
class CleaningStudyTest {
  private static final Samples POOL = clouds(200, 1);
  private static final HyperCleaning CLEANING =
      HyperCleaning.of(POOL, clouds(300, 2), 100, Model.LINEAR, 3);

  /** Four clouds around the corners of a square. */
  private static Samples clouds(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] features = new float[count][2];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = random.nextInt(4);
      features[i][0] = (float) (4 * (labels[i] % 2) - 2 + random.nextDouble(-1, 1));
      features[i][1] = (float) (4 * (labels[i] / 2) - 2 + random.nextDouble(-1, 1));
    }
    return Samples.of(Nd4j.createFromArray(features), labels, 4);
  }

  static List<Method> methods() {
    return CleaningStudy.methods(Model.LINEAR);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everyMethodFindsReplacedLabels(Method method) {
    Run run = CleaningStudy.run(method, CLEANING, 0);
    assertThat(run.outcome().isUsable()).isTrue();
    assertThat(run.steps()).isEqualTo(method.steps());
    assertThat(run.detection().f1()).isGreaterThan(0.8); // all clean: 2/3
    assertThat(run.accuracy()).isGreaterThan(0.9);
  }

  @Test
  void aRunIsRepeatable() {
    Method method = methods().get(0);
    Run first = CleaningStudy.run(method, CLEANING, 0);
    Run second = CleaningStudy.run(method, CLEANING, 0);
    assertThat(second.accuracy()).isEqualTo(first.accuracy());
    assertThat(second.detection()).isEqualTo(first.detection());
    assertThat(first.work()).isEqualTo(new Work(0, 330, 300));
  }

  @Test
  void aMethodThatDivergesSaysSoAndStops() {
    Method wild =
        new Method(
            "wild",
            5,
            1e38,
            1,
            (rate, upper) ->
                new NestedSolver(
                    HeavyBall.gradientDescent(rate),
                    3,
                    Start.WARM,
                    ReverseMode.full(),
                    new Sgd(upper)));
    Row row = CleaningStudy.row(wild, List.of(CLEANING), List.of(0L));
    assertThat(row.outcome()).isEqualTo(Outcome.NOT_FINITE);
    assertThat(row.runs().get(0).steps()).isLessThan(5);
  }

  @Test
  void baselinesTrainOnWhatTheySay() {
    for (Baseline baseline : Baseline.values()) {
      assertThat(CleaningStudy.accuracy(baseline, CLEANING, Model.LINEAR, 0)).isGreaterThan(0.8);
    }
    // Labels of one class only, all of them replaced or not: who trains on the clean ones sees it.
    INDArray features = POOL.features();
    HyperCleaning swapped =
        new HyperCleaning(
            CorruptedSamples.uniform(Samples.of(features, new int[200], 4), 0, 1),
            POOL,
            POOL,
            Model.LINEAR,
            0);
    double ones = 0;
    for (int label : POOL.labels().toArray()) {
      ones += label == 0 ? 1 : 0;
    }
    assertThat(CleaningStudy.accuracy(Baseline.ALL_SAMPLES, swapped, Model.LINEAR, 0))
        .isEqualTo(ones / 200);
    assertThat(CleaningStudy.accuracy(Baseline.VALIDATION, swapped, Model.LINEAR, 0))
        .isGreaterThan(0.95);
  }

  @Test
  void theSpreadIsTheSampleDeviation() {
    Spread spread = Spread.of(1, 2, 4, 5);
    assertThat(spread.mean()).isEqualTo(3);
    assertThat(spread.deviation()).isCloseTo(Math.sqrt(10.0 / 3), offset(1e-15));
    assertThat(Spread.of(7).deviation()).isNaN();
  }

  @Test
  void aRowIsTheMeanOfItsRuns() {
    Run good =
        new Run(0.9, new CorruptedSamples.Detection(1, 1), Work.NONE, 1, 3, Outcome.DONE, 0.25);
    Run bad =
        new Run(
            0.7, new CorruptedSamples.Detection(0, 0), Work.NONE, 3, 1, Outcome.NOT_FINITE, 0.5);
    Row row = new Row("two", ImmutableList.of(good, bad));
    assertThat(row.accuracy().mean()).isCloseTo(0.8, offset(1e-15));
    assertThat(row.f1().mean()).isEqualTo(0.5);
    assertThat(row.precision()).isEqualTo(0.5);
    assertThat(row.recall()).isEqualTo(0.5);
    assertThat(row.seconds()).isEqualTo(2);
    assertThat(row.outcome()).isEqualTo(Outcome.NOT_FINITE);
    assertThat(row.residual()).isEqualTo(0.5);
  }

  @Test
  void settingsAreChosenOnSamplesThatAreNotInTheTest() {
    HyperCleaning held = HyperCleaning.heldOut(POOL, 80, Model.LINEAR, 1);
    assertThat(held.test().count()).isEqualTo(40);
    assertThat(held.train().samples().count()).isEqualTo(80);
    double[] all = firstFeature(held.train().samples(), held.validation(), held.test());
    assertThat(all).containsExactly(firstFeature(POOL), offset(0.0)); // each sample once
    Method reverse = methods().get(0);
    List<Method> candidates = reverse.candidates(CleaningStudy.rate(Model.LINEAR));
    assertThat(candidates).hasSize(9);
    for (Method method : methods()) {
      assertThat(method.candidates(CleaningStudy.rate(Model.LINEAR))).contains(method);
    }
  }

  private static double[] firstFeature(Samples... parts) {
    return Arrays.stream(parts)
        .flatMapToDouble(part -> Arrays.stream(part.features().getColumn(0).toDoubleVector()))
        .sorted()
        .toArray();
  }
}
