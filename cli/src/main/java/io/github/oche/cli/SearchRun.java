package io.github.oche.cli;

import com.google.common.collect.ImmutableMap;
import io.github.oche.darts.EpochReport;
import io.github.oche.darts.FolderLock;
import io.github.oche.darts.RunFolder;
import io.github.oche.darts.SearchFiles;
import io.github.oche.darts.SearchHypergradient;
import io.github.oche.darts.SearchListener;
import io.github.oche.darts.SearchSettings;
import io.github.oche.darts.SearchedSupernet;
import io.github.oche.darts.Searcher;
import io.github.oche.data.Dataset;
import io.github.oche.engine.kernel.Kernels;
import io.github.oche.space.Genotype;
import io.github.oche.space.Genotypes;
import io.github.oche.space.Supernet;
import java.nio.file.Files;
import java.util.Locale;

/** A search with its files and what is seen of it: all of {@code search}, half of {@code run}. */
record SearchRun(SearchSettings settings, Dataset data, int threads, RunFolder folder) {
  /**
   * Searches, or goes on where a search was interrupted; what is done already is read back.
   *
   * @param run what {@code run.json} is to say
   */
  Genotype search(Progress progress, ImmutableMap<String, ?> run) {
    SearchFiles files = new SearchFiles(folder, run);
    if (Files.exists(folder.path().resolve(SearchedSupernet.FILE_NAME))) { // comes last
      files.removeCheckpoint(); // of a process that was killed right then
      progress.say("the search is done already, and read back from " + folder.path());
      return Genotypes.read(folder.path());
    }
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
    try (FolderLock lock = new FolderLock(folder.path())) {
      SearchListener locking =
          new SearchListener() {
            @Override
            public void started(Supernet supernet, EpochReport start) {
              lock.take(); // all is checked: the folder may be made
            }
          };
      Searcher searcher = new Searcher(settings);
      return searcher
          .search(
              searcher.space(data),
              data,
              threads,
              locking.and(files).and(new SearchReporter(progress)),
              files.checkpoint())
          .genotype();
    } finally {
      progress.clear();
    }
  }

  private static String title(SearchHypergradient choice) {
    return switch (choice.method()) {
      case FIRST, SECOND, EXACT -> choice + " order";
      case REVERSE, NEUMANN, CONJUGATE_GRADIENT, IDENTITY -> "hypergradient " + choice;
    };
  }
}
