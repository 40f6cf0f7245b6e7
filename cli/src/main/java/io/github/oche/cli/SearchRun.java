package io.github.oche.cli;

import com.google.common.collect.ImmutableMap;
import io.github.oche.darts.Provenance;
import io.github.oche.darts.RunFolder;
import io.github.oche.darts.SearchFiles;
import io.github.oche.darts.SearchHypergradient;
import io.github.oche.darts.SearchResult;
import io.github.oche.darts.SearchSettings;
import io.github.oche.darts.Searcher;
import io.github.oche.data.Dataset;
import io.github.oche.engine.kernel.Kernels;
import java.util.Locale;

/** A search with its files and what is seen of it: all of {@code search}, half of {@code run}. */
record SearchRun(SearchSettings settings, Dataset data, int threads, RunFolder folder) {
  /**
   * Searches.
   *
   * @param run what {@code run.json} is to say
   */
  SearchResult search(Progress progress, ImmutableMap<String, ?> run) {
    progress.say(
        String.format(
            Locale.ROOT,
            "searching: %s, %d channels, %d cells, %d epochs, batch %d, seed %d",
            title(settings.hypergradient()),
            settings.channels(),
            settings.cells(),
            settings.epochs(),
            settings.batch(),
            settings.seed()));
    progress.say("using " + threads + " threads, " + Kernels.provider().name());
    SearchFiles files = new SearchFiles(folder, run);
    try {
      return new Searcher(settings).search(data, threads, files.and(new SearchReporter(progress)));
    } finally {
      progress.clear();
    }
  }

  /** What {@code run.json} says of a search. */
  ImmutableMap<String, Object> provenance() {
    return Provenance.run(
        ImmutableMap.of("search", Provenance.of(settings), "data", Provenance.of(data)), threads);
  }

  private static String title(SearchHypergradient choice) {
    return switch (choice.method()) {
      case FIRST, SECOND, EXACT -> choice + " order";
      case REVERSE, NEUMANN, CONJUGATE_GRADIENT, IDENTITY -> "hypergradient " + choice;
    };
  }
}
