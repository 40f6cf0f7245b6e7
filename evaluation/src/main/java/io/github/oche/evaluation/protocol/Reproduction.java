package io.github.oche.evaluation.protocol;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.oche.darts.Effort;
import io.github.oche.darts.FolderLock;
import io.github.oche.darts.Provenance;
import io.github.oche.darts.RunFolder;
import io.github.oche.darts.SearchHypergradient;
import io.github.oche.darts.Searcher;
import io.github.oche.data.Dataset;
import io.github.oche.evaluation.Retraining;
import io.github.oche.evaluation.RetrainingSettings;
import io.github.oche.evaluation.trial.DartsCells;
import io.github.oche.space.Genotype;
import io.github.oche.space.Genotypes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Carries a protocol out, from the first search to the last training. Each of them is an ordinary
 * run in a folder of its own; those that are done are read back, so that after an interruption at
 * any moment the same call goes on with the one that was under way. The results do not depend on
 * interruptions, but for the time that it took.
 *
 * @see <a href="https://arxiv.org/abs/1806.09055">Liu, Simonyan and Yang (2019), DARTS, table 1</a>
 */
public final class Reproduction {
  private final Protocol protocol;
  private final Images images;
  private final Images halves;
  private final Path folder;
  private final int threads;
  private final JobFolder whole;

  /**
   * Checks all that can be checked before; nothing is written.
   *
   * @param data training and test images; the test images are read at the end of each full training
   *     only
   * @param folder does not exist, is empty, or holds an earlier part of this reproduction
   * @param threads at least 1; their number does not change the results
   * @throws IllegalArgumentException if protocol and data do not fit each other, or there is
   *     something else in the folder
   */
  public Reproduction(Protocol protocol, Dataset data, Path folder, int threads) {
    this.protocol = protocol;
    this.folder = folder;
    this.threads = threads;
    images = Images.of(data);
    halves = Images.halves(data, protocol.selectionPortion(), protocol.selection().seed());
    whole =
        new JobFolder(
            folder,
            ImmutableMap.of("protocol", Provenance.of(protocol), "data", images.provenance()));
    if (protocol.search().trainImages() > 0) {
      data.limitTrain(protocol.search().trainImages(), 0); // throws if there are fewer
    }
    new Searcher(protocol.search()).space(data);
    Retraining.check(halves.data(), protocol.selection());
    Retraining.check(data, protocol.training());
    whole.check();
  }

  /**
   * Does what is not done yet.
   *
   * @return the rows, in the order of {@link Method}
   * @throws IllegalArgumentException if a folder of one of the runs holds something else, or
   *     another process works on this reproduction
   */
  public ImmutableList<MethodResult> run(ReproductionListener listener) {
    try (FolderLock lock = new FolderLock(folder)) {
      lock.take();
      whole.begin().writeJson(RunFolder.RUN, whole.run(threads));
      return new Run(listener).rows();
    }
  }

  /** One pass through all searches and trainings. */
  private final class Run {
    private final Jobs jobs;
    private final Schedule schedule;
    private final ImmutableList<Genotype> drawn;

    Run(ReproductionListener listener) {
      schedule = new Schedule(protocol, images.data(), halves.data());
      jobs = new Jobs(folder, threads, schedule, listener);
      ImmutableList.Builder<Genotype> cells = ImmutableList.builder();
      for (int k = 0; k < Math.max(protocol.randomCells(), protocol.trainings()); k++) {
        cells.add(DartsCells.INSTANCE.random(new SplittableRandom(protocol.training().seed() + k)));
      }
      drawn = cells.build();
    }

    ImmutableList<MethodResult> rows() {
      List<Row> rows = new ArrayList<>();
      for (Method method : Method.values()) {
        rows.add(new Row(method));
      }
      rows.forEach(this::search);
      rows.forEach(this::select);
      rows.forEach(this::train);
      return rows.stream().map(Row::result).collect(ImmutableList.toImmutableList());
    }

    private void search(Row row) {
      if (row.method.origin() == Method.Origin.RANDOM_SEARCH) {
        for (int k = 0; k < protocol.randomCells(); k++) {
          row.found.add(new Found(row.method.folder() + "-" + k, drawn.get(k)));
        }
      } else if (row.method.origin() == Method.Origin.SEARCH) {
        boolean first = row.method == Method.FIRST_ORDER;
        for (int k = 0; k < protocol.searches(); k++) {
          String name = row.method.folder() + "-" + k;
          Done<Genotype> done =
              jobs.search(
                  "search/" + name,
                  protocol.search(
                      first ? SearchHypergradient.FIRST : SearchHypergradient.SECOND, k),
                  images,
                  first ? Schedule.Stage.FIRST_ORDER : Schedule.Stage.SECOND_ORDER);
          row.search.add(done.effort());
          done.result()
              .ifPresentOrElse(
                  genotype -> row.found.add(new Found(name, genotype)),
                  () -> {
                    row.diverged.add("search/" + name);
                    schedule.skip(Schedule.Stage.SELECTION);
                  });
        }
      }
    }

    private void select(Row row) {
      for (Found found : row.found) {
        String name = "selection/" + found.name();
        Done<TrainingOutcome> done =
            jobs.train(
                name, found.genotype(), protocol.selection(), halves, Schedule.Stage.SELECTION);
        row.selection.add(done.effort());
        done.result().ifPresentOrElse(row.candidates::add, () -> row.diverged.add(name));
      }
    }

    private void train(Row row) {
      for (int k = 0; k < protocol.trainings(); k++) {
        Optional<Genotype> genotype = genotype(row, k);
        if (genotype.isEmpty()) {
          schedule.skip(Schedule.Stage.TRAINING);
          continue;
        }
        RetrainingSettings settings = protocol.training(k);
        String name = "final/" + row.method.folder() + "/seed-" + settings.seed();
        Done<TrainingOutcome> done =
            jobs.train(name, genotype.get(), settings, images, Schedule.Stage.TRAINING);
        row.training.add(done.effort());
        done.result().ifPresentOrElse(row.trainings::add, () -> row.diverged.add(name));
      }
    }

    private Optional<Genotype> genotype(Row row, int k) {
      return switch (row.method.origin()) {
        case PUBLISHED -> row.method.genotype().map(Genotypes::named);
        case DRAWN -> Optional.of(drawn.get(k));
        case RANDOM_SEARCH, SEARCH -> row.chosen().map(TrainingOutcome::genotype);
      };
    }
  }

  /** A cell that a search found or chance drew, and the search's name. */
  private record Found(String name, Genotype genotype) {}

  /** A row while it comes together. */
  private static final class Row {
    final Method method;
    final List<Found> found = new ArrayList<>();
    final List<Effort> search = new ArrayList<>();
    final List<Effort> selection = new ArrayList<>();
    final List<Effort> training = new ArrayList<>();
    final List<TrainingOutcome> candidates = new ArrayList<>();
    final List<TrainingOutcome> trainings = new ArrayList<>();
    final List<String> diverged = new ArrayList<>();

    Row(Method method) {
      this.method = method;
    }

    /** The first of equals, for a stream's minimum is. */
    Optional<TrainingOutcome> chosen() {
      return candidates.stream().min(Comparator.comparingDouble(TrainingOutcome::errorPercent));
    }

    MethodResult result() {
      return new MethodResult(
          method,
          ImmutableList.copyOf(candidates),
          chosen(),
          ImmutableList.copyOf(trainings),
          ImmutableList.copyOf(diverged),
          Effort.sum(search),
          Effort.sum(selection),
          Effort.sum(training));
    }
  }
}
