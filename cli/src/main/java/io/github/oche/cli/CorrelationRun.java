package io.github.oche.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.oche.darts.FolderLock;
import io.github.oche.darts.Provenance;
import io.github.oche.darts.RunFolder;
import io.github.oche.darts.SearchedSupernet;
import io.github.oche.data.Dataset;
import io.github.oche.evaluation.RetrainingListener;
import io.github.oche.evaluation.RetrainingSettings;
import io.github.oche.evaluation.TrainingProgress;
import io.github.oche.evaluation.correlation.CorrelationStudy;
import io.github.oche.evaluation.correlation.CorrelationTable;
import io.github.oche.evaluation.correlation.ScoredArchitecture;
import io.github.oche.space.Genotype;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A study of correlation with its files and what is seen of it. What is done is not done again: the
 * folder says with which settings it was begun, and holds the supernet, or the checkpoint of its
 * search, and the rows so far.
 */
record CorrelationRun(
    RetrainingSettings settings,
    Dataset data,
    int threads,
    RunFolder folder,
    ImmutableMap<String, ?> all,
    Progress progress) {
  /** The supernet that this folder holds; searches, or goes on, if there is none yet. */
  SearchedSupernet searched(SearchRun search) throws IOException {
    search.search(progress, run());
    return SearchedSupernet.read(folder.path().resolve(SearchedSupernet.FILE_NAME));
  }

  private ImmutableMap<String, ?> run() {
    return Provenance.run(all, threads);
  }

  /**
   * Scores what has no row yet, and prints the table.
   *
   * @param samples how many random architectures
   * @param seed of what is drawn
   */
  void correlate(SearchedSupernet searched, int samples, long seed) throws IOException {
    CorrelationStudy study =
        new CorrelationStudy(searched, data, settings, settings.batch(), threads);
    try (FolderLock lock = new FolderLock(folder.path())) {
      lock.take();
      correlate(study, searched, samples, seed);
    }
  }

  private void correlate(CorrelationStudy study, SearchedSupernet searched, int samples, long seed)
      throws IOException {
    CorrelationTable before = before();
    if (!Files.exists(folder.path().resolve(RunFolder.RUN))) { // a search here has left its own
      folder.writeJson(RunFolder.RUN, run());
    }
    progress.say(
        String.format(
            Locale.ROOT,
            "training each from scratch: %d channels, %d cells, %d epochs, batch %d, seed %d",
            settings.channels(),
            settings.cells(),
            settings.epochs(),
            settings.batch(),
            settings.seed()));
    progress.say(CorrelationReport.header());
    CorrelationTable table = new CorrelationTable(ImmutableList.of());
    for (Map.Entry<String, Genotype> named :
        CorrelationStudy.architectures(searched, samples, seed).entrySet()) {
      Optional<ScoredArchitecture> done =
          before.row(named.getKey()).filter(row -> row.genotype().equals(named.getValue()));
      ScoredArchitecture row =
          done.isPresent() ? done.get() : score(study, named.getKey(), named.getValue());
      table = table.with(row);
      if (done.isEmpty()) {
        folder.write(CorrelationTable.FILE_NAME, kept(table, before).csv());
      }
      progress.say(CorrelationReport.line(row));
    }
    CorrelationReport.summary(table).forEach(progress::say);
    progress.say("written to " + folder.path());
  }

  private ScoredArchitecture score(CorrelationStudy study, String name, Genotype genotype) {
    TrainingReporter reporter = new TrainingReporter(progress);
    try {
      return study.score(
          name,
          genotype,
          new RetrainingListener() {
            @Override
            public void step(TrainingProgress now) {
              reporter.step(now);
            }
          });
    } finally {
      progress.clear();
    }
  }

  private CorrelationTable before() throws IOException {
    Path file = folder.path().resolve(CorrelationTable.FILE_NAME);
    return Files.exists(file)
        ? CorrelationTable.parse(file.toString(), RunFolder.text(file))
        : new CorrelationTable(ImmutableList.of());
  }

  /** The rows so far, and those of before that come later. */
  private static CorrelationTable kept(CorrelationTable table, CorrelationTable before) {
    CorrelationTable kept = table;
    for (ScoredArchitecture row : before.rows()) {
      kept = table.row(row.name()).isPresent() ? kept : kept.with(row);
    }
    return kept;
  }
}
