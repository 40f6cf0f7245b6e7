package io.github.oche.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.oche.darts.RunFolder;
import io.github.oche.data.Dataset;
import io.github.oche.engine.kernel.Kernels;
import io.github.oche.evaluation.Retraining;
import io.github.oche.evaluation.RetrainingFiles;
import io.github.oche.evaluation.RetrainingResult;
import io.github.oche.evaluation.RetrainingSettings;
import io.github.oche.space.Genotype;
import java.util.Locale;

/** A training from scratch with its files and what is seen of it: the other half of {@code run}. */
record TrainingRun(RetrainingSettings settings, Dataset data, int threads, RunFolder folder) {
  /**
   * Trains and scores.
   *
   * @param run what {@code run.json} is to say; empty if it is there already
   */
  RetrainingResult train(Genotype genotype, Progress progress, ImmutableMap<String, ?> run) {
    progress.say(
        String.format(
            Locale.ROOT,
            "training from scratch: %d channels, %d cells, %d epochs, batch %d, seed %d",
            settings.channels(),
            settings.cells(),
            settings.epochs(),
            settings.batch(),
            settings.seed()));
    progress.say("using " + threads + " threads, " + Kernels.provider().name());
    RetrainingFiles files = new RetrainingFiles(folder, run);
    RetrainingResult result;
    try {
      result =
          Retraining.train(
              genotype, data, settings, threads, files.and(new TrainingReporter(progress)));
    } finally {
      progress.clear();
    }
    files.results(ImmutableList.of(result));
    report(result, progress);
    return result;
  }

  private void report(RetrainingResult result, Progress progress) {
    double right = 100 - result.score().errorPercent();
    progress.say(
        String.format(
            Locale.ROOT,
            "test error %.2f%% of %,d images (top 5: %.2f%%), %,d parameters, %,d multiply-adds, %s",
            result.score().errorPercent(),
            result.score().images(),
            result.score().top5ErrorPercent(),
            result.cost().parameters(),
            result.cost().multiplyAdds(),
            Progress.duration(result.seconds())));
    data.nearestNeighbourPercent()
        .ifPresent(
            floor ->
                progress.say(
                    String.format(
                        Locale.ROOT,
                        "%.1f%% right; one nearest neighbour on raw pixels: %.1f%%, so %.1f points"
                            + " %s",
                        right,
                        floor,
                        Math.abs(right - floor),
                        right >= floor ? "better" : "worse")));
    progress.say("written to " + folder.path());
  }
}
