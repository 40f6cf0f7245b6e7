package io.github.oche.evaluation;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.oche.darts.CsvRows;
import io.github.oche.darts.RunFolder;
import io.github.oche.engine.FormatException;
import io.github.oche.space.Cost;
import io.github.oche.space.Genotype;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** What trainings came to as CSV, a row each; numbers parse back to the same. */
final class EvaluationCsv {
  static final String FILE_NAME = "evaluation.csv";

  private static final String[] COLUMNS = {
    "seed",
    "epochs",
    "test_error_percent",
    "top5_error_percent",
    "parameters",
    "multiply_adds",
    "seconds",
    "parameters_with_auxiliary",
    "test_images",
    "genotype",
    "best_epoch",
    "best_validation_error_percent",
    "best_test_error_percent",
    "best_top5_error_percent"
  };

  private EvaluationCsv() {}

  static String of(List<RetrainingFigures> trainings) {
    StringBuilder text = new StringBuilder();
    CsvRows.row(text, (Object[]) COLUMNS);
    for (RetrainingFigures f : trainings) {
      CsvRows.row(
          text,
          f.settings().seed(),
          f.settings().epochs(),
          f.score().errorPercent(),
          f.score().top5ErrorPercent(),
          f.cost().parameters(),
          f.cost().multiplyAdds(),
          f.seconds(),
          f.cost().parametersWithAuxiliary(),
          f.score().images(),
          f.genotype(),
          orEmpty(f.best(), BestEpoch::epoch),
          orEmpty(f.best(), BestEpoch::validationErrorPercent),
          orEmpty(f.best(), b -> b.score().errorPercent()),
          orEmpty(f.best(), b -> b.score().top5ErrorPercent()));
    }
    return text.toString();
  }

  private static <T> Object orEmpty(Optional<T> given, Function<T, Object> value) {
    return given.map(value).orElse("");
  }

  /**
   * Reads the only row of a file.
   *
   * @param settings of that training
   * @throws FormatException if it is something else
   * @throws IOException if reading fails
   */
  static RetrainingFigures read(Path file, RetrainingSettings settings) throws IOException {
    CSVFormat format = CsvRows.FORMAT.builder().setHeader().setSkipHeaderRecord(true).get();
    String text = RunFolder.text(file);
    try (CSVParser parser = CSVParser.parse(text, format)) {
      return figures(parser.iterator().next(), settings);
    } catch (IOException
        | UncheckedIOException
        | IllegalArgumentException
        | NoSuchElementException e) {
      throw new FormatException(file + " is no evaluation that Oche wrote: " + e.getMessage());
    }
  }

  private static RetrainingFigures figures(CSVRecord row, RetrainingSettings settings) {
    int images = Integer.parseInt(row.get("test_images"));
    long parameters = Long.parseLong(row.get("parameters"));
    long withAuxiliary = Long.parseLong(row.get("parameters_with_auxiliary"));
    Optional<BestEpoch> best =
        row.get("best_epoch").isEmpty()
            ? Optional.empty()
            : Optional.of(
                new BestEpoch(
                    Integer.parseInt(row.get("best_epoch")),
                    number(row, "best_validation_error_percent"),
                    new Score(
                        number(row, "best_test_error_percent"),
                        number(row, "best_top5_error_percent"),
                        images)));
    return new RetrainingFigures(
        Genotype.parse(row.get("genotype")),
        settings,
        new Score(number(row, "test_error_percent"), number(row, "top5_error_percent"), images),
        new Cost(parameters, withAuxiliary - parameters, Long.parseLong(row.get("multiply_adds"))),
        number(row, "seconds"),
        best);
  }

  private static double number(CSVRecord row, String column) {
    double value = Double.parseDouble(row.get(column));
    checkArgument(Double.isFinite(value), "%s is %s, expected a finite number", column, value);
    return value;
  }
}
