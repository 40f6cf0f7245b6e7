package io.github.oche.evaluation.tabular;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import com.google.common.primitives.ImmutableDoubleArray;
import io.github.oche.evaluation.trial.Evaluator;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The accuracies of all cells of NAS-Bench-201. About 3 MB of memory; a look-up takes a few
 * nanoseconds. It never changes, and any number of threads may share it.
 */
public final class NasBench201 {
  private static final String RESOURCE = "nasbench201.csv.gz";

  private final ImmutableList<NasBench201Cell> cells;
  private final ImmutableMap<Accuracy, ImmutableDoubleArray> accuracies; // by codes of cells

  private NasBench201(
      ImmutableList<NasBench201Cell> cells,
      ImmutableMap<Accuracy, ImmutableDoubleArray> accuracies) {
    this.cells = cells;
    this.accuracies = accuracies;
  }

  /** Reads the table that comes along, in a few tenths of a second. */
  public static NasBench201 load() {
    Map<Accuracy, double[]> accuracies = new EnumMap<>(Accuracy.class);
    for (Accuracy accuracy : Accuracy.values()) {
      accuracies.put(accuracy, new double[NasBench201Cell.COUNT]);
    }
    ImmutableSet.Builder<NasBench201Cell> cells =
        ImmutableSet.builderWithExpectedSize(NasBench201Cell.COUNT);
    try (CSVParser rows = rows()) {
      for (CSVRecord row : rows) {
        NasBench201Cell cell = NasBench201Cell.parse(row.get("arch"));
        cells.add(cell);
        accuracies.forEach(
            (accuracy, values) ->
                values[cell.code()] = Double.parseDouble(row.get(accuracy.column())));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ImmutableList<NasBench201Cell> all = cells.build().asList();
    checkState(
        all.size() == NasBench201Cell.COUNT,
        "%s has %s different cells, expected %s",
        RESOURCE,
        all.size(),
        NasBench201Cell.COUNT);
    return new NasBench201(
        all, ImmutableMap.copyOf(Maps.transformValues(accuracies, ImmutableDoubleArray::copyOf)));
  }

  /** The rows of the resource, by the names of its columns. */
  static CSVParser rows() throws IOException {
    InputStream packed =
        Objects.requireNonNull(NasBench201.class.getResourceAsStream(RESOURCE), RESOURCE);
    return CSVFormat.RFC4180
        .builder()
        .setHeader()
        .setSkipHeaderRecord(true)
        .get()
        .parse(new InputStreamReader(new GZIPInputStream(packed), StandardCharsets.UTF_8));
  }

  /** All 15,625 cells, in the order of the benchmark's index. */
  public ImmutableList<NasBench201Cell> cells() {
    return cells;
  }

  /** How accurate a cell is, in percent. */
  public double accuracy(NasBench201Cell cell, Accuracy accuracy) {
    return values(accuracy).get(cell.code());
  }

  /** The same as a function of the cell, for a search. */
  public Evaluator<NasBench201Cell> evaluator(Accuracy signal) {
    ImmutableDoubleArray values = values(signal);
    return cell -> values.get(cell.code());
  }

  private ImmutableDoubleArray values(Accuracy accuracy) {
    return Objects.requireNonNull(accuracies.get(accuracy)); // load() fills all
  }
}
