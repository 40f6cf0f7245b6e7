package io.github.oche.evaluation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.oche.darts.CheckedTensors;
import io.github.oche.darts.Effort;
import io.github.oche.engine.FormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A training as it stands after an epoch: weights, momentum, running statistics, the best epoch's
 * network where images are held out, and the epochs so far. What chance decides depends on seed,
 * epoch and step alone, so a training that goes on from here ends with the bits of one that never
 * stopped.
 *
 * <p>The arrays are those of the training, not copies. A file takes 8 bytes a weight, 12 with held
 * out images: 31 or 46 MB for the published network of DARTS_V2.
 */
public final class Checkpoint {
  /** What a run folder calls it; it is gone when the run is done. */
  public static final String FILE_NAME = "checkpoint.safetensors";

  private static final String KIND = "checkpoint of a training";
  private static final String WEIGHTS = "weights";
  private static final String VELOCITY = "velocity";
  private static final String STATISTICS = "statistics";
  private static final String BEST_WEIGHTS = "best.weights";
  private static final String BEST_STATISTICS = "best.statistics";
  private static final String BEST = "best";
  private static final String EPOCHS = "epochs";
  private static final String TIME = "time";

  /** Values of an epoch, as {@link #table} has them. */
  private static final int COLUMNS = 8;

  private static final Score NOT_SCORED = new Score(0, 0, 0);

  private final ImmutableMap<String, String> training;
  private final float[] weights;
  private final float[] velocity;
  private final float[] statistics;
  private final Optional<BestWeights> best;
  private final ImmutableList<TrainingEpoch> epochs;
  private final double seconds;
  private final Effort effort;

  /**
   * The state of a training.
   *
   * @param training all that decides what it comes to
   */
  Checkpoint(
      ImmutableMap<String, String> training,
      float[] weights,
      float[] velocity,
      float[] statistics,
      Optional<BestWeights> best,
      ImmutableList<TrainingEpoch> epochs,
      double seconds,
      Effort effort) {
    this.training = training;
    this.weights = weights;
    this.velocity = velocity;
    this.statistics = statistics;
    this.best = best;
    this.epochs = epochs;
    this.seconds = seconds;
    this.effort = effort;
  }

  ImmutableMap<String, String> training() {
    return training;
  }

  float[] weights() {
    return weights;
  }

  float[] velocity() {
    return velocity;
  }

  float[] statistics() {
    return statistics;
  }

  Optional<BestWeights> best() {
    return best;
  }

  /** The epochs so far. */
  public ImmutableList<TrainingEpoch> epochs() {
    return epochs;
  }

  /** Seconds so far, without those between an interruption and its end. */
  public double seconds() {
    return seconds;
  }

  /** The effort so far. */
  public Effort effort() {
    return effort;
  }

  /**
   * Writes it, in place of a file of that name, which is there as a whole at any moment.
   *
   * @throws IOException if writing fails; the file is then as it was
   */
  public void write(Path path) throws IOException {
    new CheckedTensors(training, floats(), doubles()).write(path, KIND);
  }

  /**
   * Reads one that {@link #write} wrote. The training that goes on from it takes its arrays: for
   * another, it is to be read again.
   *
   * @throws FormatException naming the file, and saying what to do, if it is none, or is damaged
   * @throws IOException if reading fails
   */
  public static Checkpoint read(Path path) throws IOException {
    return CheckedTensors.read(path, KIND, Checkpoint::of, "trains from the start");
  }

  private static Checkpoint of(CheckedTensors file) {
    double[] time = file.doubles(TIME, 3);
    Optional<BestWeights> best = Optional.empty();
    if (file.hasDoubles(BEST)) {
      double[] figures = file.doubles(BEST, 3);
      best =
          Optional.of(
              new BestWeights(
                  file.floats(BEST_WEIGHTS),
                  file.floats(BEST_STATISTICS),
                  (int) figures[0],
                  (long) figures[1],
                  figures[2]));
    }
    return new Checkpoint(
        ImmutableMap.copyOf(file.texts()),
        file.floats(WEIGHTS),
        file.floats(VELOCITY),
        file.floats(STATISTICS),
        best,
        epochs(file.doubles(EPOCHS)),
        time[0],
        new Effort(time[1], time[2]));
  }

  private ImmutableMap<String, float[]> floats() {
    ImmutableMap.Builder<String, float[]> floats = ImmutableMap.builder();
    floats.put(WEIGHTS, weights).put(VELOCITY, velocity).put(STATISTICS, statistics);
    best.ifPresent(b -> floats.put(BEST_WEIGHTS, b.w()).put(BEST_STATISTICS, b.statistics()));
    return floats.buildOrThrow();
  }

  private ImmutableMap<String, double[]> doubles() {
    ImmutableMap.Builder<String, double[]> doubles = ImmutableMap.builder();
    doubles.put(EPOCHS, table(epochs));
    doubles.put(TIME, new double[] {seconds, effort.coreSeconds(), effort.cpuSeconds()});
    best.ifPresent(b -> doubles.put(BEST, new double[] {b.epoch(), b.steps(), b.errorPercent()}));
    return doubles.buildOrThrow();
  }

  /** A row an epoch. */
  private static double[] table(List<TrainingEpoch> epochs) {
    double[] table = new double[epochs.size() * COLUMNS];
    int at = 0;
    for (TrainingEpoch e : epochs) {
      Score validation = e.validation().orElse(NOT_SCORED);
      double[] row = {
        e.rate(),
        e.loss(),
        e.accuracy(),
        e.seconds(),
        e.imagesPerSecond(),
        validation.errorPercent(),
        validation.top5ErrorPercent(),
        validation.images()
      };
      System.arraycopy(row, 0, table, at, COLUMNS);
      at += COLUMNS;
    }
    return table;
  }

  private static ImmutableList<TrainingEpoch> epochs(double[] table) {
    ImmutableList.Builder<TrainingEpoch> epochs = ImmutableList.builder();
    for (int at = 0; at + COLUMNS <= table.length; at += COLUMNS) {
      Score validation = new Score(table[at + 5], table[at + 6], (int) table[at + 7]);
      epochs.add(
          new TrainingEpoch(
              at / COLUMNS + 1,
              table[at],
              table[at + 1],
              table[at + 2],
              Optional.of(validation).filter(score -> !score.equals(NOT_SCORED)),
              table[at + 3],
              table[at + 4]));
    }
    return epochs.build();
  }
}
