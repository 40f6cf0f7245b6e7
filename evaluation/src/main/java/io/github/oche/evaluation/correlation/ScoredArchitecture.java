package io.github.oche.evaluation.correlation;

import io.github.oche.space.Genotype;

/**
 * An architecture and what two judges say of it.
 *
 * @param name for people: {@code sample-1}, {@code found}, {@code DARTS_V2}
 * @param drawn whether it was drawn at random; others are shown beside those, but not correlated
 * @param inheritedPercent validation images that are classified rightly with inherited weights
 * @param retrainedPercent the same after training from scratch; NaN if that diverged
 * @param parameters of the network that was trained from scratch, exactly
 * @param seconds that both took
 * @param genotype the architecture
 */
public record ScoredArchitecture(
    String name,
    boolean drawn,
    double inheritedPercent,
    double retrainedPercent,
    long parameters,
    double seconds,
    Genotype genotype) {
  /**
   * Whether a number became NaN or infinite in the training from scratch: the worst that can be.
   */
  public boolean diverged() {
    return Double.isNaN(retrainedPercent);
  }
}
