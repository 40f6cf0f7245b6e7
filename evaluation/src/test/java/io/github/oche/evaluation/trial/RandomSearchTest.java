package io.github.oche.evaluation.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RandomSearchTest {
  /** The numbers 0 to 999. */
  private static final ArchitectureSpace<Integer> NUMBERS =
      new ArchitectureSpace<>() {
        @Override
        public Integer random(RandomGenerator random) {
          return random.nextInt(1000);
        }

        @Override
        public Integer mutate(Integer number, RandomGenerator random) {
          throw new AssertionError("random search does not mutate");
        }
      };

  private final RandomSearch<Integer> search = new RandomSearch<>(NUMBERS);

  private List<Integer> evaluated(int budget, long seed) {
    List<Integer> seen = new ArrayList<>();
    Trial<Integer> best =
        search.search(
            number -> {
              seen.add(number);
              return number;
            },
            budget,
            seed);
    assertThat(best).isEqualTo(new Trial<>(Collections.max(seen), Collections.max(seen)));
    return seen;
  }

  @Test
  void theWholeBudgetIsSpentAndTheBestIsReturned() {
    assertThat(evaluated(1, 5)).hasSize(1);
    assertThat(evaluated(37, 5)).hasSize(37);
  }

  @Test
  void aLargerBudgetBeginsTheSameAndASeedIsEverything() {
    List<Integer> fifty = evaluated(50, 5);
    assertThat(evaluated(20, 5)).isEqualTo(fifty.subList(0, 20));
    assertThat(evaluated(50, 6)).isNotEqualTo(fifty);
  }

  @Test
  void theFirstOfEqualsIsKept() {
    List<Integer> seen = evaluated(30, 5);
    assertThat(search.search(number -> 7, 30, 5)).isEqualTo(new Trial<>(seen.get(0), 7));
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    assertThatThrownBy(() -> search.search(number -> 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("budget is 0 evaluations, expected at least 1");
    assertThatThrownBy(() -> search.search(number -> Double.NaN, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is NaN, expected a number");
  }

  @Test
  void aDivergedTrainingMayCountAsTheWorst() {
    Evaluator<Integer> evaluator = n -> n % 2 == 0 ? Double.NEGATIVE_INFINITY : n;
    assertThat(search.search(evaluator, 30, 5).architecture() % 2).isEqualTo(1);
  }
}
