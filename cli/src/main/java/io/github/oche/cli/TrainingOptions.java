package io.github.oche.cli;

import io.github.oche.evaluation.RetrainingSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a network is trained from scratch: options of {@code evaluate} and {@code run}. */
final class TrainingOptions {
  @Option(
      names = "--auxiliary-weight",
      paramLabel = "X",
      description = "Weight of the auxiliary head's loss (quick: 0, no head; others: 0.4).")
  private @Nullable Double auxiliaryWeight;

  @Option(
      names = "--drop-path",
      paramLabel = "X",
      description = "Share of paths dropped in the end (quick: 0, others: 0.2).")
  private @Nullable Double dropPath;

  @Option(
      names = "--cutout",
      paramLabel = "N",
      description = "Side of the square cut out of training images (quick: 0, others: 16).")
  private @Nullable Integer cutout;

  /**
   * Returns the preset's settings with what was given in their place.
   *
   * @throws IllegalArgumentException if something lies outside its range
   */
  RetrainingSettings settings(Preset preset, NetworkOptions network, int trainImages, long seed) {
    RetrainingSettings settings =
        preset == Preset.QUICK ? RetrainingSettings.quick() : RetrainingSettings.code();
    settings = network.over(settings).withTrainImages(trainImages).withSeed(seed);
    if (auxiliaryWeight != null) {
      settings = settings.withAuxiliaryWeight(auxiliaryWeight);
    }
    if (dropPath != null) {
      settings = settings.withDropPath(dropPath);
    }
    if (cutout != null) {
      settings = settings.withAugmentation(settings.augmentation().withCutout(cutout));
    }
    return settings;
  }
}
