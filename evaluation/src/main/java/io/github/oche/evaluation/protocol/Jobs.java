package io.github.oche.evaluation.protocol;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.oche.darts.DivergedException;
import io.github.oche.darts.EpochReport;
import io.github.oche.darts.Provenance;
import io.github.oche.darts.SearchCheckpoint;
import io.github.oche.darts.SearchFiles;
import io.github.oche.darts.SearchListener;
import io.github.oche.darts.SearchProgress;
import io.github.oche.darts.SearchSettings;
import io.github.oche.darts.Searcher;
import io.github.oche.darts.Stopwatch;
import io.github.oche.engine.FormatException;
import io.github.oche.evaluation.Checkpoint;
import io.github.oche.evaluation.Retraining;
import io.github.oche.evaluation.RetrainingFigures;
import io.github.oche.evaluation.RetrainingFiles;
import io.github.oche.evaluation.RetrainingListener;
import io.github.oche.evaluation.RetrainingSettings;
import io.github.oche.evaluation.TrainingEpoch;
import io.github.oche.evaluation.TrainingProgress;
import io.github.oche.space.Genotype;
import io.github.oche.space.Genotypes;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Does searches and trainings, each in a folder of its own, or reads back those that are done. What
 * is returned always comes from the files, so that it makes no difference when they were written.
 */
final class Jobs {
  private final Path folder;
  private final int threads;
  private final Schedule schedule;
  private final ReproductionListener listener;

  Jobs(Path folder, int threads, Schedule schedule, ReproductionListener listener) {
    this.folder = folder;
    this.threads = threads;
    this.schedule = schedule;
    this.listener = listener;
  }

  /** Work that writes the files of a run. */
  private interface Body {
    void run(JobFolder folder, JobProgress progress, Stopwatch watch);
  }

  /** Searches. */
  Done<Genotype> search(String name, SearchSettings settings, Images images, Schedule.Stage stage) {
    JobFolder job =
        new JobFolder(
            folder.resolve(name),
            ImmutableMap.of("search", Provenance.of(settings), "data", images.provenance()));
    JobProgress progress =
        run(name, job, stage, (to, now, watch) -> search(to, now, watch, settings, images));
    Done<Genotype> done = done(job, to -> Genotypes.read(to.folder().path()));
    listener.ended(progress, done.result().isPresent() ? "found" : "diverged");
    return done;
  }

  private void search(
      JobFolder job,
      JobProgress progress,
      Stopwatch watch,
      SearchSettings settings,
      Images images) {
    SearchFiles files = new SearchFiles(job.begin(), job.run(threads));
    SearchListener heard =
        new SearchListener() {
          @Override
          public void resumed(ImmutableList<EpochReport> epochs) {
            listener.resumed(progress, epochs.size() - 1);
          }

          @Override
          public void step(SearchProgress now) {
            listener.step(progress, now);
          }
        };
    Optional<SearchCheckpoint> from = files.checkpoint();
    from.ifPresent(done -> watch.add(done.seconds(), done.effort()));
    Searcher searcher = new Searcher(settings);
    searcher.search(searcher.space(images.data()), images.data(), threads, files.and(heard), from);
  }

  /** Trains. */
  Done<TrainingOutcome> train(
      String name,
      Genotype genotype,
      RetrainingSettings settings,
      Images images,
      Schedule.Stage stage) {
    JobFolder job =
        new JobFolder(
            folder.resolve(name), Retraining.identity(genotype, images.provenance(), settings));
    JobProgress progress =
        run(
            name,
            job,
            stage,
            (to, now, watch) -> train(to, now, watch, genotype, settings, images));
    Done<TrainingOutcome> done = done(job, to -> TrainingOutcome.of(figures(to, settings)));
    listener.ended(
        progress,
        done.result()
            .map(o -> String.format(Locale.ROOT, "%.2f%% wrong", o.errorPercent()))
            .orElse("diverged"));
    return done;
  }

  private void train(
      JobFolder job,
      JobProgress progress,
      Stopwatch watch,
      Genotype genotype,
      RetrainingSettings settings,
      Images images) {
    RetrainingFiles files = new RetrainingFiles(job.begin(), job.run(threads));
    RetrainingListener heard =
        new RetrainingListener() {
          @Override
          public void resumed(ImmutableList<TrainingEpoch> epochs) {
            listener.resumed(progress, epochs.size());
          }

          @Override
          public void step(TrainingProgress now) {
            listener.step(progress, now);
          }
        };
    Optional<Checkpoint> from = files.checkpoint();
    from.ifPresent(done -> watch.add(done.seconds(), done.effort()));
    files.result(
        Retraining.train(genotype, images.data(), settings, threads, files.and(heard), from));
  }

  /** What a training that is done came to. */
  private static RetrainingFigures figures(JobFolder done, RetrainingSettings settings) {
    return new RetrainingFiles(done.folder(), ImmutableMap.of())
        .figures(settings)
        .orElseThrow(
            () ->
                new FormatException(
                    done
                        + " holds "
                        + JobFolder.DONE
                        + " but no evaluation; delete that file, and the same command trains again"));
  }

  /** Does the job unless it is done. */
  private JobProgress run(String name, JobFolder job, Schedule.Stage stage, Body body) {
    job.check();
    boolean readBack = job.effort().isPresent();
    JobProgress progress = schedule.start(name, readBack);
    listener.started(progress);
    if (!readBack) {
      Stopwatch watch = new Stopwatch(threads);
      try {
        body.run(job, progress, watch);
        job.end(watch.effort());
      } catch (DivergedException e) {
        job.end(watch.effort(), Objects.toString(e.getMessage()));
      }
    }
    job.folder().remove(Checkpoint.FILE_NAME); // also that of a process killed right before
    job.folder().remove(SearchCheckpoint.FILE_NAME);
    return schedule.end(progress, stage, job.effort().orElseThrow().coreSeconds() / threads);
  }

  private static <T> Done<T> done(JobFolder job, Function<JobFolder, T> reader) {
    Optional<T> result = job.diverged() ? Optional.empty() : Optional.of(reader.apply(job));
    return new Done<>(result, job.effort().orElseThrow());
  }
}
