package io.github.oche.evaluation;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;

/**
 * Which classes were taken for which, as Deeplearning4j's {@code Evaluation} counts it.
 *
 * @param accuracy share of right answers, 0 to 1
 * @param counts a row a class: how many of its images were taken for each class
 * @param classes scores of each class, in the order of the labels
 */
public record Confusion(
    double accuracy, ImmutableList<ImmutableIntArray> counts, ImmutableList<ClassScore> classes) {}
