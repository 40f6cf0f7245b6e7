package io.github.oche.bilevel.problems;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.oche.bilevel.HeavyBall;
import io.github.oche.bilevel.NestedSolver;
import io.github.oche.bilevel.ReverseMode;
import io.github.oche.bilevel.Start;
import io.github.oche.bilevel.Work;
import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.problems.HyperCleaning.Model;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.learning.config.Sgd;

class CleaningMethodsTest {
  static List<CleaningMethod> methods() {
    return CleaningMethods.of(Model.LINEAR);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everyMethodFindsReplacedLabels(CleaningMethod method) {
    CleaningRun run = method.run(Clouds.CLEANING, 0);
    assertThat(run.outcome().isUsable()).isTrue();
    assertThat(run.steps()).isEqualTo(method.steps());
    assertThat(run.detection().f1()).isGreaterThan(0.8); // all clean: 2/3
    assertThat(run.accuracy()).isGreaterThan(0.9);
  }

  @Test
  void aRunIsRepeatable() {
    CleaningMethod method = methods().get(0);
    CleaningRun first = method.run(Clouds.CLEANING, 0);
    CleaningRun second = method.run(Clouds.CLEANING, 0);
    assertThat(second.accuracy()).isEqualTo(first.accuracy());
    assertThat(second.detection()).isEqualTo(first.detection());
    assertThat(first.work()).isEqualTo(new Work(0, 330, 300));
  }

  @Test
  void aMethodThatDivergesSaysSoAndStops() {
    CleaningRun run = wild(1e38).run(Clouds.CLEANING, 0);
    assertThat(run.outcome()).isEqualTo(Outcome.NOT_FINITE);
    assertThat(run.steps()).isLessThan(5);
  }

  /** Reverse mode with steps of {@code factor} times the rate. */
  static CleaningMethod wild(double factor) {
    return new CleaningMethod(
        "wild",
        5,
        1,
        1,
        (rate, upper) ->
            new NestedSolver(
                HeavyBall.gradientDescent(factor * rate),
                3,
                Start.WARM,
                ReverseMode.full(),
                new Sgd(upper)));
  }
}
