package io.github.oche.evaluation.trial;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Regularised evolution, also called aging evolution. It begins with a population of random
 * architectures; then, again and again, it draws a sample of the population, mutates the most
 * accurate of the sample, and lets the child take the place of the oldest, however good that was.
 *
 * <p>The sample is drawn with replacement, as in the paper's Algorithm 1. The result is the best of
 * all that were evaluated, not of the last population. A budget up to the population is spent on
 * random architectures alone: the search then is {@link RandomSearch}, draw by draw.
 *
 * @param space what is searched
 * @param population architectures that live at a time, at least 1
 * @param sample draws for each parent, at least 1
 * @param <A> architectures
 * @see <a href="https://arxiv.org/abs/1802.01548">Real, Aggarwal, Huang and Le (2019), Regularized
 *     evolution for image classifier architecture search</a>
 */
public record RegularisedEvolution<A>(ArchitectureSpace<A> space, int population, int sample)
    implements TrialSearch<A> {
  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if a size is less than 1
   */
  public RegularisedEvolution {
    checkArgument(population >= 1, "population is %s, expected at least 1", population);
    checkArgument(sample >= 1, "sample is %s, expected at least 1", sample);
  }

  @Override
  public Trial<A> search(Evaluator<? super A> evaluator, int budget, long seed) {
    TrialSearch.checkBudget(budget);
    RandomGenerator random = new SplittableRandom(seed);
    Deque<Trial<A>> living = new ArrayDeque<>(); // the oldest first
    Trial<A> best = Trial.of(space.random(random), evaluator);
    living.add(best);
    for (int i = 1; i < budget; i++) {
      A next;
      if (living.size() < population) {
        next = space.random(random);
      } else {
        next = space.mutate(parent(living, random).architecture(), random);
        living.remove();
      }
      Trial<A> trial = Trial.of(next, evaluator);
      living.add(trial);
      best = best.orBetter(trial);
    }
    return best;
  }

  private Trial<A> parent(Collection<Trial<A>> living, RandomGenerator random) {
    List<Trial<A>> candidates = new ArrayList<>(living);
    Trial<A> parent = candidates.get(random.nextInt(candidates.size()));
    for (int i = 1; i < sample; i++) {
      parent = parent.orBetter(candidates.get(random.nextInt(candidates.size())));
    }
    return parent;
  }
}
