package io.github.oche.evaluation.correlation;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.github.oche.darts.CsvRows;
import io.github.oche.space.Genotype;
import java.io.IOException;
import java.io.UncheckedIOException;
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

  private static final CSVFormat FORMAT =
      CsvRows.FORMAT
          .builder()
          .setHeader(
              "name",
              "drawn",
              "inherited_accuracy_percent",
              "retrained_accuracy_percent",
              "parameters",
              "seconds",
              "genotype")
          .get();

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
   * How well inherited weights order the drawn architectures.
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
        drawn(score), drawn(ScoredArchitecture::retrainedPercent), rows.size());
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
            row.retrainedPercent(),
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
    CSVFormat format = FORMAT.builder().setSkipHeaderRecord(true).get();
    ImmutableList.Builder<ScoredArchitecture> rows = ImmutableList.builder();
    try (CSVParser parser = CSVParser.parse(csv, format)) {
      for (CSVRecord row : parser) {
        if (!row.isConsistent()) {
          throw new IllegalArgumentException(
              source + ": row " + row.getRecordNumber() + " has " + row.size() + " values");
        }
        rows.add(
            new ScoredArchitecture(
                row.get("name"),
                Boolean.parseBoolean(row.get("drawn")),
                Double.parseDouble(row.get("inherited_accuracy_percent")),
                Double.parseDouble(row.get("retrained_accuracy_percent")),
                Long.parseLong(row.get("parameters")),
                Double.parseDouble(row.get("seconds")),
                Genotype.parse(row.get("genotype"))));
      }
    } catch (IOException | UncheckedIOException e) {
      throw new IllegalArgumentException(source + " is no CSV: " + e.getMessage(), e);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(source + ": " + e.getMessage() + ": no number", e);
    }
    return new CorrelationTable(rows.build());
  }
}
