package io.github.oche.evaluation;

import com.google.common.collect.ImmutableList;
import io.github.oche.space.Cost;
import io.github.oche.space.Genotype;
import java.util.Optional;

/**
 * What a training from scratch came to. The test images are read at the end only.
 *
 * @param genotype what was trained
 * @param settings how
 * @param score of the last epoch's network on the test images
 * @param cost exact parameters and multiply-adds
 * @param epochs how it went
 * @param seconds it all took
 * @param best the epoch that the held-out images chose; empty without held-out images
 * @param confusion of the test images, by the last epoch's network
 */
public record RetrainingResult(
    Genotype genotype,
    RetrainingSettings settings,
    Score score,
    Cost cost,
    ImmutableList<TrainingEpoch> epochs,
    double seconds,
    Optional<BestEpoch> best,
    Confusion confusion) {}
