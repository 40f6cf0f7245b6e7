package io.github.oche.evaluation;

import com.google.common.collect.ImmutableList;
import io.github.oche.space.Cost;
import io.github.oche.space.Genotype;

/**
 * What a training from scratch came to.
 *
 * @param genotype what was trained
 * @param settings how
 * @param score on the test images, which are read once, at the end
 * @param cost exact parameters and multiply-adds
 * @param epochs how it went
 * @param seconds it all took
 */
public record RetrainingResult(
    Genotype genotype,
    RetrainingSettings settings,
    Score score,
    Cost cost,
    ImmutableList<TrainingEpoch> epochs,
    double seconds) {}
