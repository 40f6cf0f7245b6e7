package io.github.oche.bilevel.problems;

import io.github.oche.bilevel.Work;
import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.problems.CorruptedSamples.Detection;

/**
 * What one run of a {@link CleaningMethod} came to.
 *
 * @param accuracy share of the test samples that the final y gets right
 * @param detection of the clean samples by the final x
 * @param work of all steps
 * @param seconds of all steps
 * @param steps that were made: fewer than wanted if one failed
 * @param outcome the failure that ended it; else {@link Outcome#STEP_LIMIT} if a step ran into it
 * @param residual the largest of an implicit method's linear systems, NaN without them
 */
public record CleaningRun(
    double accuracy,
    Detection detection,
    Work work,
    double seconds,
    long steps,
    Outcome outcome,
    double residual) {}
