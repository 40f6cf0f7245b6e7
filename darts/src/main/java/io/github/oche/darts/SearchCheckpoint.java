package io.github.oche.darts;

import com.google.common.base.Joiner;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.common.primitives.ImmutableDoubleArray;
import io.github.oche.engine.FormatException;
import io.github.oche.space.Genotype;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A search as it stands after an epoch: its state, and the epochs so far. What chance decides
 * depends on seed, epoch and step alone, so a search that goes on from here ends with the bits of
 * one that never stopped.
 *
 * <p>The state's arrays are those of the search, not copies. A file takes 8 bytes a weight: 15 MB
 * for the published supernet.
 */
public final class SearchCheckpoint {
  /** What a run folder calls it; it is gone when the search is done. */
  public static final String FILE_NAME = "search-checkpoint.safetensors";

  private static final String KIND = "checkpoint of a search";
  private static final String WEIGHTS = "weights";
  private static final String VELOCITY = "velocity";
  private static final String ALPHAS = "alphas";
  private static final String ALPHA_MEANS = "alphas.means";
  private static final String ALPHA_SQUARES = "alphas.squares";
  private static final String EPOCHS = "epochs";
  private static final String EPOCH_ALPHAS = "epochs.alphas";
  private static final String GENOTYPES = "genotypes";
  private static final String SUMS = "sums";

  /** Steps, those that moved α, seconds, core seconds, processor seconds. */
  private static final String PROGRESS = "progress";

  /** Values of an epoch, as {@link #table} has them. */
  private static final int COLUMNS = 8;

  private static final char SEPARATOR = '\n';

  private final ImmutableMap<String, String> search;
  private final SearchState state;
  private final ImmutableList<EpochReport> epochs;
  private final double seconds;
  private final Effort effort;

  /**
   * The state of a search.
   *
   * @param search all that decides what it comes to
   * @param epochs the start, and those that are done
   */
  SearchCheckpoint(
      ImmutableMap<String, String> search,
      SearchState state,
      ImmutableList<EpochReport> epochs,
      double seconds,
      Effort effort) {
    this.search = search;
    this.state = state;
    this.epochs = epochs;
    this.seconds = seconds;
    this.effort = effort;
  }

  ImmutableMap<String, String> search() {
    return search;
  }

  SearchState state() {
    return state;
  }

  /** The start, and the epochs that are done. */
  public ImmutableList<EpochReport> epochs() {
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
    ImmutableMap<String, String> texts =
        ImmutableMap.<String, String>builder()
            .putAll(search)
            .put(GENOTYPES, lines(epochs.stream().map(EpochReport::genotype).toList()))
            .put(SUMS, lines(epochs.stream().map(EpochReport::stateSha256).toList()))
            .buildOrThrow();
    ImmutableMap<String, float[]> floats =
        ImmutableMap.of(
            WEIGHTS, state.weights(),
            VELOCITY, state.velocity(),
            ALPHAS, state.alphas(),
            ALPHA_MEANS, state.alphaMeans(),
            ALPHA_SQUARES, state.alphaSquares());
    double[] alphas = epochs.stream().flatMapToDouble(e -> e.alphas().stream()).toArray();
    double[] progress = {
      state.steps(), state.alphaSteps(), seconds, effort.coreSeconds(), effort.cpuSeconds()
    };
    new CheckedTensors(
            texts,
            floats,
            ImmutableMap.of(EPOCHS, table(epochs), EPOCH_ALPHAS, alphas, PROGRESS, progress))
        .write(path, KIND);
  }

  private static String lines(List<?> values) {
    return Joiner.on(SEPARATOR).join(values);
  }

  /**
   * Reads one that {@link #write} wrote. The search that goes on from it takes its arrays: for
   * another, it is to be read again.
   *
   * @throws FormatException naming the file, and saying what to do, if it is none, or is damaged
   * @throws IOException if reading fails
   */
  public static SearchCheckpoint read(Path path) throws IOException {
    return CheckedTensors.read(path, KIND, SearchCheckpoint::of, "searches from the start");
  }

  private static SearchCheckpoint of(CheckedTensors file) {
    double[] progress = file.doubles(PROGRESS, 5);
    SearchState state =
        new SearchState(
            file.floats(WEIGHTS),
            file.floats(VELOCITY),
            file.floats(ALPHAS),
            file.floats(ALPHA_MEANS),
            file.floats(ALPHA_SQUARES),
            (long) progress[0],
            (long) progress[1]);
    return new SearchCheckpoint(
        ImmutableMap.copyOf(
            Maps.filterKeys(file.texts(), key -> !key.equals(GENOTYPES) && !key.equals(SUMS))),
        state,
        epochs(file, state.alphas().length),
        progress[2],
        new Effort(progress[3], progress[4]));
  }

  /** A row an epoch. */
  private static double[] table(List<EpochReport> epochs) {
    double[] table = new double[epochs.size() * COLUMNS];
    int at = 0;
    for (EpochReport e : epochs) {
      double[] row = {
        e.rate(),
        e.trainingLoss(),
        e.trainingAccuracy(),
        e.validationLoss(),
        e.gradientNorm(),
        e.skipped(),
        e.seconds(),
        e.imagesPerSecond()
      };
      System.arraycopy(row, 0, table, at, COLUMNS);
      at += COLUMNS;
    }
    return table;
  }

  private static ImmutableList<EpochReport> epochs(CheckedTensors file, int alphas) {
    List<String> genotypes = lines(file, GENOTYPES);
    List<String> sums = lines(file, SUMS);
    int count = sums.size();
    if (genotypes.size() != count) {
      throw new FormatException(genotypes.size() + " genotypes of " + count + " epochs");
    }
    double[] table = file.doubles(EPOCHS, count * COLUMNS);
    ImmutableDoubleArray all =
        ImmutableDoubleArray.copyOf(file.doubles(EPOCH_ALPHAS, count * alphas));
    ImmutableList.Builder<EpochReport> epochs = ImmutableList.builder();
    for (int e = 0; e < count; e++) {
      int at = e * COLUMNS;
      epochs.add(
          new EpochReport(
              e,
              table[at],
              table[at + 1],
              table[at + 2],
              table[at + 3],
              table[at + 4],
              (int) table[at + 5],
              table[at + 6],
              table[at + 7],
              all.subArray(e * alphas, (e + 1) * alphas),
              Genotype.parse(genotypes.get(e)),
              sums.get(e)));
    }
    return epochs.build();
  }

  private static List<String> lines(CheckedTensors file, String name) {
    String text = file.texts().get(name);
    if (text == null) {
      throw new FormatException("there is no \"" + name + "\"");
    }
    return Splitter.on(SEPARATOR).splitToList(text);
  }
}
