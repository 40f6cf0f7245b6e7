package io.github.oche.cli;

import io.github.oche.evaluation.RetrainingSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * How each of many architectures is trained from scratch: options of {@code correlate}. What is not
 * given is the preset's, but for fewer epochs (100, as the paper trains its random architectures)
 * and, on the sample, a smaller network: ten architectures take about five minutes on two cores.
 */
final class BriefTrainingOptions implements NetworkOptions {
  @Option(
      names = "--evaluate-channels",
      paramLabel = "N",
      description = "Channels when training from scratch (quick: 8, others: 36).")
  private @Nullable Integer channels;

  @Option(
      names = "--evaluate-cells",
      paramLabel = "N",
      description = "Cells then (quick: 5, others: 20).")
  private @Nullable Integer cells;

  @Option(
      names = "--evaluate-epochs",
      paramLabel = "N",
      description = "Epochs then (quick: 6, others: 100).")
  private @Nullable Integer epochs;

  @Option(
      names = "--evaluate-batch",
      paramLabel = "N",
      description = "Images a step then (quick: 64, others: 96).")
  private @Nullable Integer batch;

  /**
   * Returns the preset's settings with what was given in their place.
   *
   * @throws IllegalArgumentException if something lies outside its range
   */
  RetrainingSettings settings(Preset preset, long seed) {
    RetrainingSettings brief =
        preset == Preset.QUICK
            ? RetrainingSettings.quick().withSize(8, 5).withEpochs(6)
            : RetrainingSettings.code().withEpochs(100);
    return over(brief).withSeed(seed);
  }

  @Override
  public @Nullable Integer channels() {
    return channels;
  }

  @Override
  public @Nullable Integer cells() {
    return cells;
  }

  @Override
  public @Nullable Integer epochs() {
    return epochs;
  }

  @Override
  public @Nullable Integer batch() {
    return batch;
  }
}
