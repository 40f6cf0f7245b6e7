package io.github.oche.cli;

import com.google.common.collect.ImmutableMap;
import io.github.oche.darts.FolderLock;
import io.github.oche.darts.RunFolder;
import io.github.oche.data.Dataset;
import io.github.oche.engine.kernel.Kernels;
import io.github.oche.evaluation.Retraining;
import io.github.oche.evaluation.RetrainingFigures;
import io.github.oche.evaluation.RetrainingFiles;
import io.github.oche.evaluation.RetrainingListener;
import io.github.oche.evaluation.RetrainingResult;
import io.github.oche.evaluation.RetrainingSettings;
import io.github.oche.evaluation.Score;
import io.github.oche.space.Cost;
import io.github.oche.space.Genotype;
import java.util.Locale;
import java.util.Optional;

/** A training from scratch with its files and what is seen of it: the other half of {@code run}. */
record TrainingRun(RetrainingSettings settings, Dataset data, int threads, RunFolder folder) {
  /**
   * Trains and scores, or goes on where it was interrupted; what is done already is told again.
   *
   * @param run what {@code run.json} is to say; empty if it is there already
   * @param first hears all before the files do
   */
  RetrainingFigures train(
      Genotype genotype, Progress progress, ImmutableMap<String, ?> run, RetrainingListener first) {
    progress.say(
        String.format(
            Locale.ROOT,
            "training from scratch: %d channels, %d cells, %d epochs, batch %d, seed %d",
            settings.channels(),
            settings.cells(),
            settings.epochs(),
            settings.batch(),
            settings.seed()));
    RetrainingFiles files = new RetrainingFiles(folder, run);
    Optional<RetrainingFigures> done = files.figures(settings);
    if (done.isPresent()) {
      progress.say("done already, and read back from " + folder.path());
      report(done.get(), progress);
      return done.get();
    }
    progress.say("using " + threads + " threads, " + Kernels.provider().name());
    RetrainingResult result = train(genotype, progress, files, first);
    report(result.figures(), progress);
    ClassTable.lines(result.confusion()).forEach(progress::say);
    progress.say("written to " + folder.path());
    return result.figures();
  }

  private RetrainingResult train(
      Genotype genotype, Progress progress, RetrainingFiles files, RetrainingListener first) {
    try (FolderLock lock = new FolderLock(folder.path())) {
      RetrainingListener locking =
          new RetrainingListener() {
            @Override
            public void started(Genotype found, Cost cost) {
              lock.take(); // all is checked: the folder may be made
            }
          };
      RetrainingResult result =
          Retraining.train(
              genotype,
              data,
              settings,
              threads,
              first.and(locking).and(files).and(new TrainingReporter(progress)),
              files.checkpoint());
      files.result(result);
      files.removeCheckpoint();
      return result;
    } finally {
      progress.clear();
    }
  }

  private void report(RetrainingFigures result, Progress progress) {
    Score score = result.score();
    progress.say(
        String.format(
            Locale.ROOT,
            "test error %s, %s, %s",
            text(score),
            cost(result.cost()),
            Progress.duration(result.seconds())));
    result
        .best()
        .ifPresent(
            b ->
                progress.say(
                    String.format(
                        Locale.ROOT,
                        "epoch %d, the best by validation (%.2f%%): test error %s",
                        b.epoch(),
                        b.validationErrorPercent(),
                        text(b.score()))));
    if (settings.trainImages() == 0 && settings.validation() == 0) { // it knows all of them
      data.nearestNeighbourPercent()
          .ifPresent(floor -> progress.say(besideTheFloor(100 - score.errorPercent(), floor)));
    }
  }

  private static String text(Score score) {
    return String.format(
        Locale.ROOT,
        "%.2f%% of %,d images (top 5: %.2f%%)",
        score.errorPercent(),
        score.images(),
        score.top5ErrorPercent());
  }

  /** Exact parameters, with the auxiliary head if there is one, and multiply-adds. */
  static String cost(Cost cost) {
    String head =
        cost.auxiliaryParameters() == 0
            ? ""
            : String.format(
                Locale.ROOT, " (%,d with the auxiliary head)", cost.parametersWithAuxiliary());
    return String.format(
        Locale.ROOT,
        "%,d parameters%s, %,d multiply-adds",
        cost.parameters(),
        head,
        cost.multiplyAdds());
  }

  private static String besideTheFloor(double right, double floor) {
    return String.format(
        Locale.ROOT,
        "%.1f%% right; one nearest neighbour on raw pixels: %.1f%%, so %.1f points %s",
        right,
        floor,
        Math.abs(right - floor),
        right >= floor ? "better" : "worse");
  }
}
