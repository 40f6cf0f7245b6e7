package io.github.oche.evaluation.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RegularisedEvolutionTest {
  private static final int NOBODY = -1;

  /**
   * Somebody whose worth nothing foretells.
   *
   * @param id counts from 0, in order of birth
   * @param parent an id
   */
  private record Being(int id, int parent, double worth) {}

  /** Numbers beings as they are born, and keeps them. */
  private static final class Registry implements ArchitectureSpace<Being> {
    private final List<Being> born = new ArrayList<>();

    @Override
    public Being random(RandomGenerator random) {
      return bear(NOBODY, random);
    }

    @Override
    public Being mutate(Being parent, RandomGenerator random) {
      return bear(parent.id, random);
    }

    private Being bear(int parent, RandomGenerator random) {
      Being being = new Being(born.size(), parent, random.nextDouble());
      born.add(being);
      return being;
    }
  }

  private static List<Being> history(int population, int sample, int budget, long seed) {
    Registry registry = new Registry();
    Trial<Being> best =
        new RegularisedEvolution<>(registry, population, sample).search(Being::worth, budget, seed);
    Being fittest =
        registry.born.stream().max(Comparator.comparingDouble(Being::worth)).orElseThrow();
    assertThat(best).isEqualTo(new Trial<>(fittest, fittest.worth()));
    return registry.born;
  }

  @Test
  void parentsAreAmongTheYoungest() {
    List<Being> born = history(10, 3, 5000, 1);
    assertThat(born).hasSize(5000);
    assertThat(born.subList(0, 10)).allMatch(being -> being.parent == NOBODY);
    assertThat(born.subList(10, 5000))
        .allMatch(being -> being.id - 10 <= being.parent && being.parent < being.id);
  }

  /** Three draws with replacement of ten miss the k best with probability (1 - k/10)^3. */
  @Test
  void theBestOfTheSampleIsTheParent() {
    int budget = 40_010;
    List<Being> born = history(10, 3, budget, 2);
    int[] times = new int[10]; // how often the parent had so many better ones
    for (Being being : born.subList(10, budget)) {
      Being parent = born.get(being.parent);
      long better =
          born.subList(being.id - 10, being.id).stream()
              .filter(b -> b.worth > parent.worth)
              .count();
      times[(int) better]++;
    }
    for (int rank = 0; rank < 10; rank++) {
      double expected = Math.pow(1 - rank / 10.0, 3) - Math.pow(1 - (rank + 1) / 10.0, 3);
      double deviation = Math.sqrt(expected * (1 - expected) / 40_000);
      assertThat(times[rank] / 40_000.0)
          .as("rank " + rank)
          .isCloseTo(expected, within(4 * deviation));
    }
  }

  @Test
  void aSampleOfOneIsABlindChoice() {
    List<Being> born = history(4, 1, 8_004, 3);
    long first = born.stream().filter(b -> b.parent == b.id - 4 && b.id >= 4).count();
    assertThat(first / 8000.0).isCloseTo(0.25, within(4 * Math.sqrt(0.25 * 0.75 / 8000)));
  }

  @Test
  void aPopulationOfOneIsALineOfDescent() {
    assertThat(history(1, 3, 20, 4)).allMatch(being -> being.parent == being.id - 1);
  }

  @Test
  void aBudgetUpToThePopulationIsRandomSearch() {
    for (int budget : new int[] {1, 7, 10}) {
      Registry registry = new Registry();
      Trial<Being> best = new RandomSearch<>(registry).search(Being::worth, budget, 5);
      List<Being> born = history(10, 3, budget, 5);
      assertThat(born).isEqualTo(registry.born).contains(best.architecture());
    }
  }

  @Test
  void aLargerBudgetBeginsTheSameAndASeedIsEverything() {
    List<Being> hundred = history(10, 3, 100, 6);
    assertThat(history(10, 3, 60, 6)).isEqualTo(hundred.subList(0, 60));
    assertThat(history(10, 3, 100, 7)).isNotEqualTo(hundred);
  }

  @Test
  void impossibleSizesAreRefused() {
    Registry space = new Registry();
    assertThatThrownBy(() -> new RegularisedEvolution<>(space, 0, 3))
        .hasMessage("population is 0, expected at least 1");
    assertThatThrownBy(() -> new RegularisedEvolution<>(space, 10, 0))
        .hasMessage("sample is 0, expected at least 1");
    assertThatThrownBy(() -> new RegularisedEvolution<>(space, 10, 3).search(Being::worth, -1, 0))
        .hasMessage("budget is -1 evaluations, expected at least 1");
  }

  @Test
  void betterParentsMakeBetterChildrenWhereWorthIsInherited() {
    ArchitectureSpace<Double> inherited =
        new ArchitectureSpace<>() {
          @Override
          public Double random(RandomGenerator random) {
            return random.nextDouble();
          }

          @Override
          public Double mutate(Double parent, RandomGenerator random) {
            return parent + 0.1 * (random.nextDouble() - 0.5);
          }
        };
    double evolved = new RegularisedEvolution<>(inherited, 10, 3).search(x -> x, 500, 8).accuracy();
    assertThat(evolved).isGreaterThan(2); // no random draw exceeds 1
  }
}
