package io.github.oche.cli;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.problems.HyperCleaning.Model;

/**
 * What others measured in data hyper-cleaning, as far as the source is certain. The tables of the
 * papers differ from each other by up to three points for one method: compare the order.
 *
 * @param method as in our table
 * @param model the classifier
 * @param accuracy in percent
 * @param f1 in percent; NaN where it is not given
 */
record PublishedCleaning(String method, Model model, double accuracy, double f1) {
  static final String SOURCE = "MLS-bench, a third party's runs, MNIST 5,000/5,000";

  private static final ImmutableList<PublishedCleaning> ALL =
      ImmutableList.of(
          new PublishedCleaning("reverse", Model.LINEAR, 84.63, Double.NaN),
          new PublishedCleaning("truncated", Model.LINEAR, 84.61, 89.5),
          new PublishedCleaning("V-PBGD", Model.LINEAR, 90, 91.7),
          new PublishedCleaning("reverse", Model.MLP, 84.79, Double.NaN),
          new PublishedCleaning("truncated", Model.MLP, 84.79, 89.5),
          new PublishedCleaning("V-PBGD", Model.MLP, 91.5, Double.NaN));

  /** The rows of a model. */
  static ImmutableList<PublishedCleaning> of(Model model) {
    return ALL.stream()
        .filter(row -> row.model() == model)
        .collect(ImmutableList.toImmutableList());
  }
}
