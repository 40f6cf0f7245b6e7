package io.github.oche.evaluation.tabular;

import com.google.common.collect.ImmutableList;
import io.github.oche.evaluation.report.PublishedTables;
import io.github.oche.evaluation.report.PublishedValue;
import io.github.oche.evaluation.report.Spread;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a publication says of a row.
 *
 * @param name the publication's name of the method
 * @param accuracies CIFAR-10, CIFAR-100, ImageNet16-120, as printed, with two decimals
 * @param source where the numbers stand, and how they came here
 */
public record PublishedResult(String name, ImmutableList<Spread> accuracies, String source) {
  private static final String PAPER = "Dong and Yang (2020), arXiv:2001.00326";
  private static final String TABLE = "NAS-Bench-201";
  private static final ImmutableList<String> DATASETS =
      ImmutableList.of("CIFAR-10", "CIFAR-100", "ImageNet16-120");

  static final PublishedResult RS =
      new PublishedResult(
          "RS",
          ImmutableList.of(spread(93.70, 0.36), spread(71.04, 1.07), spread(44.57, 1.25)),
          PAPER + ", as commonly quoted; not compared with the paper itself");

  static final PublishedResult REA =
      new PublishedResult(
          "REA",
          ImmutableList.of(spread(93.92, 0.30), spread(71.84, 0.99), spread(45.54, 1.03)),
          RS.source());

  /** DARTS of either order, which have the same numbers. */
  static PublishedResult darts(PublishedTables tables) {
    return of(tables, "DARTS-V1", "DARTS");
  }

  /** The best cell of each set. */
  static PublishedResult optimal(PublishedTables tables) {
    return of(tables, "Optimal", "optimal");
  }

  private static PublishedResult of(PublishedTables tables, String method, String name) {
    ImmutableList<PublishedValue> values =
        DATASETS.stream()
            .flatMap(dataset -> tables.find(TABLE, method, dataset).stream())
            .collect(ImmutableList.toImmutableList());
    return new PublishedResult(
        name,
        values.stream().map(PublishedValue::accuracy).collect(ImmutableList.toImmutableList()),
        Stream.concat(Stream.of(PAPER), values.stream().map(value -> "read in " + value.source()))
            .distinct()
            .collect(Collectors.joining("; ")));
  }

  private static Spread spread(double mean, double deviation) {
    return Spread.published(mean, OptionalDouble.of(deviation));
  }
}
