package io.github.oche.evaluation;

import io.github.oche.space.Cost;
import io.github.oche.space.Genotype;
import java.util.Optional;

/**
 * What a training from scratch came to, in a row: {@code evaluation.csv} has it.
 *
 * @param genotype what was trained
 * @param settings how
 * @param score of the last epoch's network on the test images
 * @param cost exact parameters and multiply-adds
 * @param seconds it all took, without those between an interruption and its end
 * @param best the epoch that the held-out images chose; empty without held-out images
 */
public record RetrainingFigures(
    Genotype genotype,
    RetrainingSettings settings,
    Score score,
    Cost cost,
    double seconds,
    Optional<BestEpoch> best) {}
