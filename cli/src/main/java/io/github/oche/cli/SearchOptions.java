package io.github.oche.cli;

import io.github.oche.darts.SearchOrder;
import io.github.oche.darts.SearchSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to search: options of {@code search} and {@code run}. What is not given is the preset's. */
final class SearchOptions {
  @Option(
      names = "--order",
      paramLabel = "1|2|exact",
      description = "First order, second by differences, or second exactly (preset's).")
  private @Nullable String order;

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

  /**
   * Returns the preset's settings with what was given in their place.
   *
   * @throws IllegalArgumentException if something lies outside its range
   */
  SearchSettings settings(Preset preset, long seed) {
    SearchSettings settings =
        switch (preset) {
          case QUICK -> SearchSettings.quick();
          case CODE -> SearchSettings.code();
          case PAPER -> SearchSettings.paper();
        };
    if (channels != null || cells != null) {
      settings =
          settings.withSize(
              channels == null ? settings.channels() : channels,
              cells == null ? settings.cells() : cells);
    }
    if (epochs != null) {
      settings = settings.withEpochs(epochs);
    }
    if (batch != null) {
      settings = settings.withBatch(batch);
    }
    if (order != null) {
      settings = settings.withOrder(order(order));
    }
    return settings.withSeed(seed);
  }

  private static SearchOrder order(String name) {
    return switch (name) {
      case "1" -> SearchOrder.FIRST;
      case "2" -> SearchOrder.SECOND;
      case "exact" -> SearchOrder.EXACT;
      default ->
          throw new IllegalArgumentException("--order is \"" + name + "\", expected 1, 2 or exact");
    };
  }
}
