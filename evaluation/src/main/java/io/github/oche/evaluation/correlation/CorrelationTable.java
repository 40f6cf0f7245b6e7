package io.github.oche.evaluation.correlation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import com.google.common.primitives.ImmutableDoubleArray;
import io.github.oche.darts.CsvRows;
import io.github.oche.space.Genotype;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * What a study has come to so far, and how well its scores agree.
 *
 * @param rows in the order of the study
 */
public record CorrelationTable(ImmutableList<ScoredArchitecture> rows) {
  /** What a run folder calls the table. */
  public static final String FILE_NAME = "correlation.csv";

  private static final String DIVERGED = "diverged";

  private static final ImmutableList<String> COLUMNS =
      ImmutableList.of(
          "name",
          "drawn",
          "inherited_accuracy_percent",
          "retrained_accuracy_percent",
          "parameters",
          "seconds",
          "genotype");

  private static final CSVFormat FORMAT =
      CsvRows.FORMAT.builder().setHeader(COLUMNS.toArray(String[]::new)).get();

  /** The same with one row more. */
  public CorrelationTable with(ScoredArchitecture row) {
    return new CorrelationTable(
        ImmutableList.<ScoredArchitecture>builder().addAll(rows).add(row).build());
  }

  /** The row of this name, if it is there. */
  public Optional<ScoredArchitecture> row(String name) {
    return rows.stream().filter(row -> row.name().equals(name)).findFirst();
  }

  /**
   * How well inherited weights order the drawn architectures, of which those whose training
   * diverged come last.
   *
   * @throws IllegalArgumentException if fewer than two were drawn
   */
  public RankCorrelation ofInheritedWeights() {
    return with(ScoredArchitecture::inheritedPercent);
  }

  /**
   * How well the number of parameters does: what a supernet has to beat to be worth its training.
   *
   * @throws IllegalArgumentException if fewer than two were drawn
   */
  public RankCorrelation ofParameters() {
    return with(ScoredArchitecture::parameters);
  }

  private RankCorrelation with(ToDoubleFunction<ScoredArchitecture> score) {
    return RankCorrelation.of(
        drawn(score), drawn(row -> row.diverged() ? -1 : row.retrainedPercent()), rows.size());
  }

  private ImmutableDoubleArray drawn(ToDoubleFunction<ScoredArchitecture> score) {
    return ImmutableDoubleArray.copyOf(
        rows.stream().filter(ScoredArchitecture::drawn).mapToDouble(score));
  }

  /** CSV, which {@link #parse} reads back. */
  public String csv() {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
      for (ScoredArchitecture row : rows) {
        printer.printRecord(
            row.name(),
            row.drawn(),
            row.inheritedPercent(),
            row.diverged() ? DIVERGED : row.retrainedPercent(),
            row.parameters(),
            row.seconds(),
            row.genotype());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string can always be written
    }
    return text.toString();
  }

  /**
   * Reads what {@link #csv} wrote.
   *
   * @param source what the text is, for messages
   * @throws IllegalArgumentException if it is anything else
   */
  public static CorrelationTable parse(String source, String csv) {
    ImmutableList.Builder<ScoredArchitecture> rows = ImmutableList.builder();
    try (CSVParser parser = CSVParser.parse(csv, CsvRows.FORMAT)) {
      List<CSVRecord> records = parser.getRecords();
      if (records.isEmpty() || !records.get(0).toList().equals(COLUMNS)) {
        throw new IllegalArgumentException("its columns are not " + String.join(",", COLUMNS));
      }
      for (CSVRecord record : Iterables.skip(records, 1)) {
        rows.add(row(record));
      }
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          source + " is no table that Oche wrote: " + e.getMessage(), e);
    }
    return new CorrelationTable(rows.build());
  }

  private static ScoredArchitecture row(CSVRecord row) {
    if (row.size() != COLUMNS.size()) {
      throw new IllegalArgumentException(
          "row " + (row.getRecordNumber() - 1) + " has " + row.size() + " values");
    }
    return new ScoredArchitecture(
        row.get(0),
        Boolean.parseBoolean(row.get(1)),
        Double.parseDouble(row.get(2)),
        retrained(row.get(3)),
        Long.parseLong(row.get(4)),
        Double.parseDouble(row.get(5)),
        Genotype.parse(row.get(6)));
  }

  private static double retrained(String text) {
    return text.equals(DIVERGED) ? Double.NaN : Double.parseDouble(text);
  }
}
