package io.github.oche.evaluation.trial;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Random search: draws each architecture anew (so one may come twice), keeps the best.
 *
 * @param space what is searched
 * @param <A> architectures
 */
public record RandomSearch<A>(ArchitectureSpace<A> space) implements TrialSearch<A> {
  @Override
  public Trial<A> search(Evaluator<? super A> evaluator, int budget, long seed) {
    TrialSearch.checkBudget(budget);
    RandomGenerator random = new SplittableRandom(seed);
    Trial<A> best = Trial.of(space.random(random), evaluator);
    for (int i = 1; i < budget; i++) {
      best = best.orBetter(Trial.of(space.random(random), evaluator));
    }
    return best;
  }
}
