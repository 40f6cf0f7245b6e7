package io.github.oche.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which network is trained from scratch, and how long. What is not given is the preset's. */
interface NetworkOptions {
  @Nullable Integer channels();

  @Nullable Integer cells();

  @Nullable Integer epochs();

  @Nullable Integer batch();

  /** As {@code evaluate} calls them. */
  final class Plain implements NetworkOptions {
    @Option(
        names = "--channels",
        paramLabel = "N",
        description = "Channels of the first cell (preset's).")
    private @Nullable Integer channels;

    @Option(names = "--cells", paramLabel = "N", description = "Cells (preset's).")
    private @Nullable Integer cells;

    @Option(names = "--epochs", paramLabel = "N", description = "Epochs (preset's).")
    private @Nullable Integer epochs;

    @Option(names = "--batch", paramLabel = "N", description = "Images a step (preset's).")
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
        description = "Channels of the network that is trained from scratch (preset's).")
    private @Nullable Integer channels;

    @Option(names = "--evaluate-cells", paramLabel = "N", description = "Its cells (preset's).")
    private @Nullable Integer cells;

    @Option(names = "--evaluate-epochs", paramLabel = "N", description = "Its epochs (preset's).")
    private @Nullable Integer epochs;

    @Option(
        names = "--evaluate-batch",
        paramLabel = "N",
        description = "Its images a step (preset's).")
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
