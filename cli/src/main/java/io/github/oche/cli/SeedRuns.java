package io.github.oche.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.oche.darts.Provenance;
import io.github.oche.darts.RunFolder;
import io.github.oche.data.Dataset;
import io.github.oche.evaluation.RetrainingFiles;
import io.github.oche.evaluation.RetrainingListener;
import io.github.oche.evaluation.RetrainingResult;
import io.github.oche.evaluation.RetrainingSettings;
import io.github.oche.evaluation.RetrainingSummary;
import io.github.oche.space.Cost;
import io.github.oche.space.Genotype;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Trainings that differ in their seed alone, one after the other: each an ordinary run in a folder
 * of its own, and above them what they come to together, which grows with each.
 */
record SeedRuns(
    ImmutableList<Long> seeds,
    RetrainingSettings settings,
    Dataset data,
    int threads,
    RunFolder folder) {
  /** Trains with all seeds, and scores; what the first one's checks let pass, all others' do. */
  void train(Genotype genotype, Progress progress) {
    RetrainingFiles together = new RetrainingFiles(folder, provenance(genotype));
    RetrainingListener first =
        new RetrainingListener() {
          @Override
          public void started(Genotype found, Cost cost) {
            together.started(found, cost);
          }
        };
    List<RetrainingResult> results = new ArrayList<>();
    for (long seed : seeds) {
      RunFolder own = RunFolder.at(folder.path().resolve("seed-" + seed));
      TrainingRun run = new TrainingRun(settings.withSeed(seed), data, threads, own);
      RetrainingListener also = results.isEmpty() ? first : RetrainingListener.NONE;
      results.add(run.train(genotype, progress, run.provenance(genotype), also));
      together.results(results);
    }
    report(RetrainingSummary.of(results), progress);
  }

  /** What {@code run.json} says of all together: what it says of one, with all seeds. */
  private ImmutableMap<String, Object> provenance(Genotype genotype) {
    ImmutableMap.Builder<String, Object> evaluation = ImmutableMap.builder();
    Provenance.of(settings)
        .forEach(
            (name, value) -> {
              boolean seed = name.equals("seed");
              evaluation.put(seed ? "seeds" : name, seed ? seeds : value);
            });
    return ImmutableMap.<String, Object>builder()
        .putAll(new TrainingRun(settings, data, threads, folder).provenance(genotype))
        .put("evaluation", evaluation.buildOrThrow())
        .buildKeepingLast();
  }

  private void report(RetrainingSummary s, Progress progress) {
    progress.say(
        String.format(
            Locale.ROOT,
            "%d seeds: test error %s%% of %,d images (top 5: %s%%)",
            s.seeds().size(),
            s.testError(),
            s.testImages(),
            s.top5Error()));
    s.best()
        .ifPresent(
            b ->
                progress.say(
                    String.format(
                        Locale.ROOT,
                        "  epochs that validation chose: test error %s%% (top 5: %s%%)",
                        b.testError(),
                        b.top5Error())));
    progress.say(
        String.format(
            Locale.ROOT,
            "  %s; %s a seed, %s in all",
            TrainingRun.cost(s.cost()),
            Progress.duration(s.seconds().mean()),
            Progress.duration(s.totalSeconds())));
    progress.say("written to " + folder.path());
  }
}
