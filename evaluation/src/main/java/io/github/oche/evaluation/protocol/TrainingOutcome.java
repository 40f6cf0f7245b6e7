package io.github.oche.evaluation.protocol;

import io.github.oche.evaluation.RetrainingFigures;
import io.github.oche.space.Cost;
import io.github.oche.space.Genotype;
import java.util.OptionalDouble;

/**
 * What a training of a reproduction came to, as its files say.
 *
 * @param genotype that was trained
 * @param seed of the training
 * @param errorPercent after the last epoch: of the images that choose in a short training, of the
 *     test images in a full one
 * @param bestEpochErrorPercent the same after the epoch that held-out training images chose; empty
 *     where none were held out
 * @param cost of the network
 */
public record TrainingOutcome(
    Genotype genotype,
    long seed,
    double errorPercent,
    OptionalDouble bestEpochErrorPercent,
    Cost cost) {
  /** What these figures say. */
  static TrainingOutcome of(RetrainingFigures figures) {
    return new TrainingOutcome(
        figures.genotype(),
        figures.settings().seed(),
        figures.score().errorPercent(),
        figures
            .best()
            .map(best -> OptionalDouble.of(best.score().errorPercent()))
            .orElse(OptionalDouble.empty()),
        figures.cost());
  }
}
