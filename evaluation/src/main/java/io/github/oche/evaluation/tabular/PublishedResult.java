package io.github.oche.evaluation.tabular;

import com.google.common.collect.ImmutableList;

/**
 * What a publication says of a row.
 *
 * @param name the publication's name of the method
 * @param accuracies CIFAR-10, CIFAR-100, ImageNet16-120, as printed, with two decimals
 * @param source where the numbers stand, and how they came here
 */
public record PublishedResult(String name, ImmutableList<Spread> accuracies, String source) {
  private static final String PAPER = "Dong and Yang (2020), arXiv:2001.00326";

  static final PublishedResult DARTS =
      new PublishedResult(
          "DARTS",
          ImmutableList.of(new Spread(54.30, 0), new Spread(15.61, 0), new Spread(16.32, 0)),
          PAPER + ", as quoted in Table 2 of ReLIZO");

  static final PublishedResult RS =
      new PublishedResult(
          "RS",
          ImmutableList.of(
              new Spread(93.70, 0.36), new Spread(71.04, 1.07), new Spread(44.57, 1.25)),
          PAPER + ", as commonly quoted; not compared with the paper itself");

  static final PublishedResult REA =
      new PublishedResult(
          "REA",
          ImmutableList.of(
              new Spread(93.92, 0.30), new Spread(71.84, 0.99), new Spread(45.54, 1.03)),
          RS.source());

  static final PublishedResult OPTIMAL =
      new PublishedResult(
          "optimal",
          ImmutableList.of(new Spread(94.37, 0), new Spread(73.51, 0), new Spread(47.31, 0)),
          PAPER + ", as quoted in Table 9 of EEEA-Net");
}
