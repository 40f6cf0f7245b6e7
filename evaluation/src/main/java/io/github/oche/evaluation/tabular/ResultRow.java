package io.github.oche.evaluation.tabular;

import com.google.common.collect.ImmutableList;
import io.github.oche.evaluation.report.Spread;
import java.util.Optional;

/**
 * What a way of choosing a cell comes to.
 *
 * @param method the way
 * @param evaluations of the search signal, a choice; 0 if it does not look at the signal
 * @param accuracies test accuracy in percent after 200 epochs on CIFAR-10, CIFAR-100 and
 *     ImageNet16-120, over all choices that could have been made or over runs of a search; the
 *     squares are divided by their number, as published tables do
 * @param published what is published of the same, if anything is
 */
public record ResultRow(
    String method,
    int evaluations,
    ImmutableList<Spread> accuracies,
    Optional<PublishedResult> published) {}
