package io.github.oche.evaluation.protocol;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableMap;
import io.github.oche.darts.SearchHypergradient;
import io.github.oche.data.Dataset;

/** How far a reproduction has come, and how long it may still take. */
final class Schedule {
  private final ImmutableMap<Stage, Double> work;
  private final int jobs;
  private int started;
  private double left;
  private double done;
  private double seconds;

  /** Kinds of jobs that are equally much. */
  enum Stage {
    FIRST_ORDER,
    SECOND_ORDER,
    SELECTION,
    TRAINING
  }

  Schedule(Protocol protocol, Dataset data, Dataset selectionData) {
    work =
        ImmutableMap.of(
            Stage.FIRST_ORDER,
            Work.search(protocol.search(SearchHypergradient.FIRST, 0), data),
            Stage.SECOND_ORDER,
            Work.search(protocol.search(SearchHypergradient.SECOND, 0), data),
            Stage.SELECTION,
            Work.training(protocol.selection(), selectionData),
            Stage.TRAINING,
            Work.training(protocol.training(), data));
    jobs = protocol.jobs();
    left =
        protocol.searches() * (work(Stage.FIRST_ORDER) + work(Stage.SECOND_ORDER))
            + (2 * protocol.searches() + protocol.randomCells()) * work(Stage.SELECTION)
            + Method.values().length * protocol.trainings() * work(Stage.TRAINING);
  }

  private double work(Stage stage) {
    Double amount = work.get(stage);
    checkState(amount != null, "no work is known of %s", stage);
    return amount;
  }

  JobProgress start(String name, boolean readBack) {
    started++;
    return new JobProgress(started, jobs, name, readBack, secondsLeft());
  }

  /** A job is done. */
  JobProgress end(JobProgress job, Stage stage, double jobSeconds) {
    left -= work(stage);
    done += work(stage);
    seconds += jobSeconds;
    return new JobProgress(job.number(), jobs, job.name(), job.readBack(), secondsLeft());
  }

  private double secondsLeft() {
    return done == 0 ? Double.NaN : Math.max(0, left) * seconds / done;
  }

  /** A job is left out, for there is nothing to train. */
  void skip(Stage stage) {
    started++;
    left -= work(stage);
  }
}
