package io.github.oche.evaluation;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.oche.evaluation.report.Spread;
import io.github.oche.space.Cost;
import io.github.oche.space.Genotype;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What trainings of one genotype come to that differ in their seed alone.
 *
 * <p>The deviations are over trainings; how much searches differ is another question.
 *
 * @param genotype what was trained
 * @param seeds in the order of the trainings
 * @param testImages how many were scored
 * @param testError percent, of the last epochs
 * @param top5Error percent, of the last epochs
 * @param best the same of the epochs that held-out images chose, if there were such
 * @param cost exact parameters and multiply-adds
 * @param seconds of a training
 */
public record RetrainingSummary(
    Genotype genotype,
    ImmutableList<Long> seeds,
    int testImages,
    Spread testError,
    Spread top5Error,
    Optional<Best> best,
    Cost cost,
    Spread seconds) {
  /**
   * Errors of the epochs that held-out images chose, in percent.
   *
   * @param validationError of the held-out images
   * @param testError of the test images
   * @param top5Error of the test images
   */
  public record Best(Spread validationError, Spread testError, Spread top5Error) {}

  /**
   * Summarises trainings.
   *
   * @throws IllegalArgumentException if there is none, or they differ in more than the seed, or two
   *     in nothing
   */
  public static RetrainingSummary of(List<RetrainingFigures> trainings) {
    checkArgument(!trainings.isEmpty(), "no trainings, expected at least one");
    RetrainingFigures first = trainings.get(0);
    for (RetrainingFigures r : trainings) {
      checkArgument(
          r.genotype().equals(first.genotype())
              && r.settings().withSeed(0).equals(first.settings().withSeed(0)),
          "the trainings of seeds %s and %s differ in more than the seed",
          first.settings().seed(),
          r.settings().seed());
    }
    ImmutableList<Long> seeds =
        trainings.stream().map(r -> r.settings().seed()).collect(ImmutableList.toImmutableList());
    checkArgument(
        seeds.stream().distinct().count() == seeds.size(),
        "seeds are %s, expected no twins",
        seeds);
    ImmutableList<BestEpoch> best =
        trainings.stream().flatMap(r -> r.best().stream()).collect(ImmutableList.toImmutableList());
    return new RetrainingSummary(
        first.genotype(),
        seeds,
        first.score().images(),
        over(trainings, r -> r.score().errorPercent()),
        over(trainings, r -> r.score().top5ErrorPercent()),
        best.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Best(
                    over(best, BestEpoch::validationErrorPercent),
                    over(best, b -> b.score().errorPercent()),
                    over(best, b -> b.score().top5ErrorPercent()))),
        first.cost(),
        over(trainings, RetrainingFigures::seconds));
  }

  private static <T> Spread over(List<T> all, ToDoubleFunction<T> figure) {
    return Spread.of(all.stream().mapToDouble(figure).toArray());
  }

  /** Seconds of all trainings together. */
  public double totalSeconds() {
    return seconds.mean() * seeds.size();
  }

  /** What {@code summary.json} says. */
  ImmutableMap<String, Object> tree() {
    ImmutableMap.Builder<String, Object> tree =
        ImmutableMap.<String, Object>builder()
            .put("genotype", genotype)
            .put("seeds", seeds)
            .put("test_images", testImages)
            .put("test_error_percent", tree(testError))
            .put("top5_error_percent", tree(top5Error));
    best.ifPresent(
        b ->
            tree.put("best_validation_error_percent", tree(b.validationError()))
                .put("best_test_error_percent", tree(b.testError()))
                .put("best_top5_error_percent", tree(b.top5Error())));
    return tree.put("parameters", cost.parameters())
        .put("parameters_with_auxiliary", cost.parametersWithAuxiliary())
        .put("multiply_adds", cost.multiplyAdds())
        .put("seconds", tree(seconds))
        .put("total_seconds", totalSeconds())
        .buildOrThrow();
  }

  /** {@code mean}, and {@code deviation} if there is one. */
  static ImmutableMap<String, Object> tree(Spread spread) {
    return spread.deviation().isPresent()
        ? ImmutableMap.of("mean", spread.mean(), "deviation", spread.deviation().getAsDouble())
        : ImmutableMap.of("mean", spread.mean());
  }
}
