package io.github.oche.evaluation;

import com.google.common.collect.ImmutableList;
import io.github.oche.space.Cost;
import io.github.oche.space.Genotype;
import java.util.Optional;

/**
 * What a training from scratch came to. The test images are read at the end only.
 *
 * @param figures of the whole training
 * @param epochs how it went
 * @param confusion of the test images, by the last epoch's network
 */
public record RetrainingResult(
    RetrainingFigures figures, ImmutableList<TrainingEpoch> epochs, Confusion confusion) {
  /** What was trained. */
  public Genotype genotype() {
    return figures.genotype();
  }

  /** How. */
  public RetrainingSettings settings() {
    return figures.settings();
  }

  /** Of the last epoch's network on the test images. */
  public Score score() {
    return figures.score();
  }

  /** Exact parameters and multiply-adds. */
  public Cost cost() {
    return figures.cost();
  }

  /** Seconds it all took. */
  public double seconds() {
    return figures.seconds();
  }

  /** The epoch that the held-out images chose; empty without held-out images. */
  public Optional<BestEpoch> best() {
    return figures.best();
  }
}
