package io.github.oche.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.oche.darts.Provenance;
import io.github.oche.darts.RunFolder;
import io.github.oche.data.Dataset;
import io.github.oche.evaluation.Retraining;
import io.github.oche.evaluation.RetrainingFigures;
import io.github.oche.evaluation.RetrainingFiles;
import io.github.oche.evaluation.RetrainingListener;
import io.github.oche.evaluation.RetrainingSettings;
import io.github.oche.evaluation.RetrainingSummary;
import io.github.oche.space.Cost;
import io.github.oche.space.Genotype;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
  /**
   * Trains with all seeds that are not done yet, and scores; what the first one's checks let pass,
   * all others' do.
   *
   * @param json what {@code run.json} is to say of all together
   */
  void train(Genotype genotype, Progress progress, ImmutableMap<String, ?> json) {
    RetrainingFiles together = new RetrainingFiles(folder, json);
    RetrainingListener first =
        new RetrainingListener() {
          @Override
          public void started(Genotype found, Cost cost) {
            together.started(found, cost);
          }
        };
    ImmutableMap<String, Object> images = Provenance.of(data);
    List<RetrainingFigures> trainings = new ArrayList<>();
    for (long seed : seeds) {
      RetrainingSettings seeded = settings.withSeed(seed);
      ImmutableMap<String, Object> identity = Retraining.identity(genotype, images, seeded);
      RunFolder own = RunFolder.of(folder.path().resolve("seed-" + seed), identity);
      TrainingRun run = new TrainingRun(seeded, data, threads, own);
      RetrainingListener also = trainings.isEmpty() ? first : RetrainingListener.NONE;
      trainings.add(run.train(genotype, progress, Provenance.run(identity, threads), also));
      together.results(trainings);
    }
    report(RetrainingSummary.of(trainings), progress);
  }

  /** What decides what all together come to: what decides it for one, with all seeds. */
  static ImmutableMap<String, Object> identity(
      ImmutableMap<String, Object> one, RetrainingSettings settings, ImmutableList<Long> seeds) {
    Map<String, Object> evaluation = new LinkedHashMap<>(Provenance.of(settings));
    evaluation.remove("seed");
    evaluation.put("seeds", seeds);
    return ImmutableMap.<String, Object>builder()
        .putAll(one)
        .put("evaluation", evaluation)
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
