package io.github.oche.cli;

import io.github.oche.darts.SearchHypergradient;
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
      names = "--hypergradient",
      paramLabel = "NAME",
      description = "first, second, exact, identity, reverse:K, neumann:K or cg:K.")
  private @Nullable String hypergradient;

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
    if (order != null && hypergradient != null) {
      throw new IllegalArgumentException(
          "--order is the short form of --hypergradient: give one of the two");
    }
    if (order != null) {
      settings = settings.withHypergradient(order(order));
    }
    if (hypergradient != null) {
      settings = settings.withHypergradient(parse(hypergradient));
    }
    return settings.withSeed(seed);
  }

  private static SearchHypergradient parse(String text) {
    try {
      return SearchHypergradient.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--hypergradient: " + e.getMessage(), e);
    }
  }

  private static SearchHypergradient order(String name) {
    return switch (name) {
      case "1" -> SearchHypergradient.FIRST;
      case "2" -> SearchHypergradient.SECOND;
      case "exact" -> SearchHypergradient.EXACT;
      default ->
          throw new IllegalArgumentException("--order is \"" + name + "\", expected 1, 2 or exact");
    };
  }
}
