package io.github.oche.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
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
 * A study of correlation with its files and what is seen of it. What is done is not done again:
 * once its supernet is there, the folder says with which settings it was begun, and holds the rows
 * so far. A search that was interrupted begins anew, in another folder.
 */
record CorrelationRun(
    RetrainingSettings settings,
    Dataset data,
    int threads,
    RunFolder folder,
    ImmutableMap<String, ?> all,
    Progress progress) {
  private static final String SETTINGS = "correlation.json";

  /**
   * Returns a new folder, or the one that was begun with the same settings.
   *
   * @param settings all that decides a row
   * @throws IllegalArgumentException if the folder holds something else
   */
  static RunFolder folder(RunOptions run, ImmutableMap<String, ?> settings) throws IOException {
    Optional<Path> begun = run.out().filter(out -> Files.isRegularFile(out.resolve(SETTINGS)));
    if (begun.isEmpty()) {
      return run.folder();
    }
    Path out = begun.get();
    if (!Files.readString(out.resolve(SETTINGS)).equals(RunFolder.json(settings))) {
      throw new IllegalArgumentException(
          "output folder "
              + out
              + " was begun with other settings (see "
              + SETTINGS
              + " there); choose another");
    }
    return RunFolder.existing(out);
  }

  /** The supernet that this folder holds; searches if there is none yet. */
  SearchedSupernet searched(SearchRun search) throws IOException {
    Path file = folder.path().resolve(SearchedSupernet.FILE_NAME);
    if (Files.exists(file)) {
      progress.say("going on in " + folder.path() + ", whose search is done");
    } else {
      search.search(progress, run());
    }
    return SearchedSupernet.read(file);
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
    CorrelationTable before = before();
    if (!Files.exists(folder.path().resolve(SETTINGS))) {
      if (!Files.exists(folder.path().resolve("run.json"))) { // a search here has left its own
        folder.writeJson("run.json", run());
      }
      folder.writeJson(SETTINGS, all);
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
        ? CorrelationTable.parse(file.toString(), Files.readString(file))
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
