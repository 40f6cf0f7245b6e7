package io.github.oche.cli;

import io.github.oche.evaluation.RetrainingSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which network is trained from scratch, and how long. What is not given is the preset's. */
interface NetworkOptions {
  @Nullable Integer channels();

  @Nullable Integer cells();

  @Nullable Integer epochs();

  @Nullable Integer batch();

  /**
   * Returns the settings with what was given in their place.
   *
   * @throws IllegalArgumentException if something lies outside its range
   */
  default RetrainingSettings over(RetrainingSettings settings) {
    return settings
        .withSize(or(channels(), settings.channels()), or(cells(), settings.cells()))
        .withEpochs(or(epochs(), settings.epochs()))
        .withBatch(or(batch(), settings.batch()));
  }

  private static int or(@Nullable Integer given, int preset) {
    return given == null ? preset : given;
  }

  /** As {@code evaluate} calls them. */
  final class Plain implements NetworkOptions {
    @Option(
        names = "--channels",
        paramLabel = "N",
        description = "Channels of the first cell (quick: 16, others: 36).")
    private @Nullable Integer channels;

    @Option(names = "--cells", paramLabel = "N", description = "Cells (quick: 5, others: 20).")
    private @Nullable Integer cells;

    @Option(names = "--epochs", paramLabel = "N", description = "Epochs (quick: 10, others: 600).")
    private @Nullable Integer epochs;

    @Option(
        names = "--batch",
        paramLabel = "N",
        description = "Images a step (quick: 64, others: 96).")
    private @Nullable Integer batch;

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

  /** As {@code run} calls them, whose search has options of the plain names. */
  final class Prefixed implements NetworkOptions {
    @Option(
        names = "--evaluate-channels",
        paramLabel = "N",
        description = "Channels when training from scratch (quick: 16, others: 36).")
    private @Nullable Integer channels;

    @Option(
        names = "--evaluate-cells",
        paramLabel = "N",
        description = "Cells then (quick: 5, others: 20).")
    private @Nullable Integer cells;

    @Option(
        names = "--evaluate-epochs",
        paramLabel = "N",
        description = "Epochs then (quick: 10, others: 600).")
    private @Nullable Integer epochs;

    @Option(
        names = "--evaluate-batch",
        paramLabel = "N",
        description = "Images a step then (quick: 64, others: 96).")
    private @Nullable Integer batch;

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
}
