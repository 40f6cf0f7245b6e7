package io.github.oche.bilevel.problems;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Chooses the two rates of a {@link CleaningMethod} on several problems, without a look at test
 * samples if the problems are {@linkplain HyperCleaning#heldOut held out}: all candidates run on
 * the first problem, the better half of them (by mean accuracy so far) also on the second, and so
 * on. A candidate that fails once is out.
 *
 * <p>The candidates are a quarter, a half, the same and twice a rate that suits the model, each
 * with three rates of x.
 *
 * @see "Jamieson and Talwalkar (2016), Non-stochastic best arm identification and hyperparameter
 *     optimization, for halving"
 */
public final class CleaningTuning {
  private static final ImmutableList<Double> FACTORS = ImmutableList.of(0.25, 0.5, 1.0, 2.0);
  private static final ImmutableList<Double> UPPER_RATES = ImmutableList.of(0.1, 0.3, 1.0);

  private static final Comparator<Trial> BEST_FIRST =
      Comparator.comparing(Trial::failed)
          .thenComparing(trial -> -trial.runs().size())
          .thenComparing(trial -> -trial.accuracy());

  private CleaningTuning() {}

  /**
   * A candidate and how it did.
   *
   * @param method with the candidate's rates
   * @param runs one a problem, as far as it got
   */
  public record Trial(CleaningMethod method, ImmutableList<CleaningRun> runs) {
    /** {@return mean share of the held-out samples that were right} */
    public double accuracy() {
      return runs.stream().mapToDouble(CleaningRun::accuracy).average().orElseThrow();
    }

    /** {@return whether a run failed} */
    public boolean failed() {
      return runs.stream().anyMatch(run -> !run.outcome().isUsable());
    }

    private Trial and(CleaningRun run) {
      return new Trial(method, ImmutableList.<CleaningRun>builder().addAll(runs).add(run).build());
    }
  }

  /**
   * Tries all candidates of a method.
   *
   * @param method whose rates are to be chosen
   * @param seeds one a problem, at least one; each also starts y there
   * @param problems makes the problem of a seed
   * @return every candidate, best first; the first is the choice unless it failed, as all did then
   */
  public static ImmutableList<Trial> of(
      CleaningMethod method, List<Long> seeds, LongFunction<HyperCleaning> problems) {
    checkArgument(!seeds.isEmpty(), "there are no seeds, expected at least one");
    List<Trial> running = new ArrayList<>();
    List<Trial> ended = new ArrayList<>();
    for (int k = 0; k < seeds.size(); k++) {
      long seed = seeds.get(k);
      HyperCleaning problem = problems.apply(seed);
      if (k == 0) {
        for (CleaningMethod candidate : candidates(method, problem.model())) {
          running.add(new Trial(candidate, ImmutableList.of()));
        }
      } else {
        List<Trial> worse = running.subList((running.size() + 1) / 2, running.size());
        ended.addAll(worse);
        worse.clear();
      }
      running.replaceAll(trial -> trial.and(trial.method().run(problem, seed)));
      running.sort(BEST_FIRST);
      List<Trial> failed = running.stream().filter(Trial::failed).toList();
      ended.addAll(failed);
      running.removeAll(failed);
    }
    ended.addAll(running);
    ended.sort(BEST_FIRST);
    return ImmutableList.copyOf(ended);
  }

  /** The method with each pair of rates. */
  static ImmutableList<CleaningMethod> candidates(
      CleaningMethod method, HyperCleaning.Model model) {
    ImmutableList.Builder<CleaningMethod> candidates = ImmutableList.builder();
    for (double factor : FACTORS) {
      for (double upper : UPPER_RATES) {
        candidates.add(method.with(factor * CleaningMethods.rate(model), upper));
      }
    }
    return candidates.build();
  }
}
