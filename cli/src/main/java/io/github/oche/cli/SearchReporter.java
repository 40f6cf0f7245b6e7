package io.github.oche.cli;

import com.google.common.collect.ImmutableList;
import io.github.oche.darts.EpochReport;
import io.github.oche.darts.SearchListener;
import io.github.oche.darts.SearchProgress;
import java.util.Locale;

/** Shows on the screen how a search goes: each epoch's figures and its genotype stay. */
final class SearchReporter implements SearchListener {
  private static final int PERCENT = 100;

  private final Progress progress;

  SearchReporter(Progress progress) {
    this.progress = progress;
  }

  @Override
  public void planned(long heapBytes) {
    progress.sayHeap(heapBytes);
  }

  @Override
  public void resumed(ImmutableList<EpochReport> epochs) {
    progress.say("goes on after epoch " + epochs.get(epochs.size() - 1).epoch());
  }

  @Override
  public void step(SearchProgress now) {
    progress.update(
        () ->
            String.format(
                Locale.ROOT,
                // 80 columns hold it
                "epoch %d/%d step %d/%d  loss w %.3f alpha %.3f  %.1f%%  %.0f images/s  %s left",
                now.epoch(),
                now.epochs(),
                now.step(),
                now.stepsPerEpoch(),
                now.trainingLoss(),
                now.validationLoss(),
                PERCENT * now.trainingAccuracy(),
                now.imagesPerSecond(),
                Progress.duration(now.secondsLeft())));
  }

  @Override
  public void epoch(EpochReport epoch) {
    progress.say(
        String.format(
            Locale.ROOT,
            "epoch %d  loss w %.3f alpha %.3f  accuracy %.1f%%  %.0f images/s  %s",
            epoch.epoch(),
            epoch.trainingLoss(),
            epoch.validationLoss(),
            PERCENT * epoch.trainingAccuracy(),
            epoch.imagesPerSecond(),
            Progress.duration(epoch.seconds())));
    if (epoch.skipped() > 0) {
      progress.say(
          String.format(
              Locale.ROOT,
              "  %,d alpha steps had no hypergradient, for the Hessian was singular: alpha stayed",
              epoch.skipped()));
    }
    progress.say("  " + epoch.genotype());
  }
}
