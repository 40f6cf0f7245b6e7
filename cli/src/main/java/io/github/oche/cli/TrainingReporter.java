package io.github.oche.cli;

import com.google.common.collect.ImmutableList;
import io.github.oche.evaluation.RetrainingListener;
import io.github.oche.evaluation.TrainingEpoch;
import io.github.oche.evaluation.TrainingProgress;
import io.github.oche.space.Cost;
import io.github.oche.space.Genotype;
import java.util.Locale;

/** Shows on the screen how a training from scratch goes: each epoch's figures stay. */
final class TrainingReporter implements RetrainingListener {
  private static final int PERCENT = 100;

  private final Progress progress;

  TrainingReporter(Progress progress) {
    this.progress = progress;
  }

  @Override
  public void planned(long heapBytes) {
    progress.sayHeap(heapBytes);
  }

  @Override
  public void started(Genotype genotype, Cost cost) {
    progress.say(TrainingRun.cost(cost) + " an image");
  }

  @Override
  public void resumed(ImmutableList<TrainingEpoch> epochs) {
    progress.say("goes on after epoch " + epochs.size());
  }

  @Override
  public void step(TrainingProgress now) {
    progress.update(
        () ->
            String.format(
                Locale.ROOT,
                "epoch %d/%d step %d/%d  loss %.3f  %.1f%%  %.0f images/s  %s left",
                now.epoch(),
                now.epochs(),
                now.step(),
                now.stepsPerEpoch(),
                now.loss(),
                PERCENT * now.accuracy(),
                now.imagesPerSecond(),
                Progress.duration(now.secondsLeft())));
  }

  @Override
  public void epoch(TrainingEpoch epoch) {
    progress.say(
        String.format(
            Locale.ROOT,
            "epoch %d  loss %.3f  accuracy %.1f%%%s  %.0f images/s  %s",
            epoch.epoch(),
            epoch.loss(),
            PERCENT * epoch.accuracy(),
            epoch
                .validation()
                .map(v -> String.format(Locale.ROOT, "  validation error %.2f%%", v.errorPercent()))
                .orElse(""),
            epoch.imagesPerSecond(),
            Progress.duration(epoch.seconds())));
  }
}
