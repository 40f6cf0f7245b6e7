package io.github.oche.cli;

import io.github.oche.darts.SearchProgress;
import io.github.oche.evaluation.TrainingProgress;
import io.github.oche.evaluation.protocol.JobProgress;
import io.github.oche.evaluation.protocol.ReproductionListener;
import java.util.Locale;

/** Shows how a reproduction goes: a line for each search and training stays. */
final class ReproductionReporter implements ReproductionListener {
  private final Progress progress;
  private int readBack;

  ReproductionReporter(Progress progress) {
    this.progress = progress;
  }

  @Override
  public void started(JobProgress job) {
    if (job.readBack()) {
      readBack++;
      return;
    }
    if (readBack > 0) {
      progress.say(
          String.format(
              Locale.ROOT, "%d of %d are done already and read back", readBack, job.jobs()));
      readBack = 0;
    }
  }

  @Override
  public void resumed(JobProgress job, int epochs) {
    progress.say(title(job) + "  goes on after epoch " + epochs);
  }

  @Override
  public void step(JobProgress job, SearchProgress now) {
    step(job, now.epoch(), now.epochs(), now.step(), now.stepsPerEpoch(), now.secondsLeft());
  }

  @Override
  public void step(JobProgress job, TrainingProgress now) {
    step(job, now.epoch(), now.epochs(), now.step(), now.stepsPerEpoch(), now.secondsLeft());
  }

  private void step(JobProgress job, int epoch, int epochs, int step, int steps, double left) {
    progress.update(
        () ->
            String.format(
                Locale.ROOT,
                "%s  epoch %d/%d step %d/%d  %s left",
                title(job),
                epoch,
                epochs,
                step,
                steps,
                Progress.duration(left)));
  }

  @Override
  public void ended(JobProgress job, String result) {
    if (!job.readBack()) {
      progress.say(
          title(job) + "  " + result + "; all: " + Progress.duration(job.secondsLeft()) + " left");
    }
  }

  private static String title(JobProgress job) {
    return String.format(Locale.ROOT, "[%d/%d] %s", job.number(), job.jobs(), job.name());
  }
}
