package io.github.oche.evaluation.protocol;

import io.github.oche.space.Cost;
import io.github.oche.space.Genotype;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * What a training of a reproduction came to, as its files say.
 *
 * @param genotype that was trained
 * @param seed of the training
 * @param errorPercent after the last epoch: of the images that choose in a short training, of the
 *     test images in a full one
 * @param bestEpochErrorPercent the same after the epoch that held-out training images chose; empty
 *     where none were held out
 * @param cost of the network
 */
public record TrainingOutcome(
    Genotype genotype,
    long seed,
    double errorPercent,
    OptionalDouble bestEpochErrorPercent,
    Cost cost) {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  /**
   * Reads the only row of an {@code evaluation.csv}.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static TrainingOutcome parse(String csv) {
    try (CSVParser parser = CSVParser.parse(csv, FORMAT)) {
      CSVRecord row = parser.iterator().next();
      long parameters = Long.parseLong(row.get("parameters"));
      return new TrainingOutcome(
          Genotype.parse(row.get("genotype")),
          Long.parseLong(row.get("seed")),
          Double.parseDouble(row.get("test_error_percent")),
          optional(row, "best_test_error_percent")
              .map(text -> OptionalDouble.of(Double.parseDouble(text)))
              .orElse(OptionalDouble.empty()),
          new Cost(
              parameters,
              Long.parseLong(row.get("parameters_with_auxiliary")) - parameters,
              Long.parseLong(row.get("multiply_adds"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string can always be read
    }
  }

  private static Optional<String> optional(CSVRecord row, String column) {
    return row.isSet(column)
        ? Optional.of(row.get(column)).filter(text -> !text.isEmpty())
        : Optional.empty();
  }
}
