package io.github.oche.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.github.oche.data.Dataset;
import io.github.oche.evaluation.trial.ArchitectureSpace;
import io.github.oche.evaluation.trial.Evaluator;
import io.github.oche.evaluation.trial.RegularisedEvolution;
import io.github.oche.evaluation.trial.Trial;
import io.github.oche.space.Genotype;
import io.github.oche.space.Genotypes;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** A search by trials takes a training from scratch for its evaluator. */
class TrainedTrialsTest {
  private static final Dataset DATA = Patterns.data(48, 30);

  /** Published genotypes; one mutates into any. */
  private static final ArchitectureSpace<Genotype> PUBLISHED =
      new ArchitectureSpace<>() {
        private final ImmutableList<String> names = ImmutableList.of("DARTS_V1", "DARTS_V2");

        @Override
        public Genotype random(RandomGenerator random) {
          return Genotypes.named(names.get(random.nextInt(names.size())));
        }

        @Override
        public Genotype mutate(Genotype genotype, RandomGenerator random) {
          return random(random);
        }
      };

  private static double accuracy(Genotype genotype) {
    return 100
        - Retraining.train(genotype, DATA, Patterns.settings(), 2, RetrainingListener.NONE)
            .score()
            .errorPercent();
  }

  @Test
  void evolutionReturnsTheBestOfWhatWasTrained() {
    List<Double> seen = new ArrayList<>();
    Evaluator<Genotype> training =
        genotype -> {
          seen.add(accuracy(genotype));
          return seen.get(seen.size() - 1);
        };
    Trial<Genotype> best = new RegularisedEvolution<>(PUBLISHED, 2, 1).search(training, 4, 1);
    assertThat(seen).hasSize(4).allMatch(a -> a <= best.accuracy());
    assertThat(best.accuracy()).isEqualTo(accuracy(best.architecture()));
  }
}
