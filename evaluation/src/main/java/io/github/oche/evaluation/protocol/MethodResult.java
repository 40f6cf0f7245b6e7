package io.github.oche.evaluation.protocol;

import com.google.common.collect.ImmutableList;
import io.github.oche.darts.Effort;
import java.util.Optional;

/**
 * What a row of the table came to.
 *
 * @param method the row
 * @param candidates the short trainings that chose, in the order of the searches or draws; none for
 *     a method that does not choose
 * @param chosen the candidate of the least error, the first of equals; empty if the method does not
 *     choose, or all its candidates diverged
 * @param trainings the full ones, by their seeds, but those that diverged
 * @param diverged names of the searches and trainings in which a number became NaN or infinite
 * @param search what the searches took
 * @param selection what the short trainings took
 * @param training what the full trainings took
 */
public record MethodResult(
    Method method,
    ImmutableList<TrainingOutcome> candidates,
    Optional<TrainingOutcome> chosen,
    ImmutableList<TrainingOutcome> trainings,
    ImmutableList<String> diverged,
    Effort search,
    Effort selection,
    Effort training) {}
