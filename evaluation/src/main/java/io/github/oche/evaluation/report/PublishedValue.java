package io.github.oche.evaluation.report;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A number that was published, as it was printed.
 *
 * @param table the table of the publication
 * @param method the row
 * @param paper whose table it is; empty where the source says it
 * @param dataset what was trained and tested on
 * @param unit of the value
 * @param value with the decimals of the print
 * @param deviation with the decimals of the print; of how many numbers, and over what, few
 *     publications say
 * @param parametersMillions as printed, mostly without an auxiliary head
 * @param searchGpuDays as printed, on the hardware of the publication; what is counted differs
 * @param searchMethod such as {@code gradient} or {@code evolution}; may be empty
 * @param notes what must be known beside it; may be empty
 * @param source where it was read
 */
public record PublishedValue(
    String table,
    String method,
    String paper,
    String dataset,
    Unit unit,
    BigDecimal value,
    Optional<BigDecimal> deviation,
    OptionalDouble parametersMillions,
    OptionalDouble searchGpuDays,
    String searchMethod,
    String notes,
    String source) {

  /** What a value is. */
  public enum Unit {
    /** Images of the test set that are classified wrongly (top 1), in percent. */
    TEST_ERROR_PERCENT,
    /** Perplexity of the test text. */
    PERPLEXITY
  }

  /** Value and deviation, of an unknown number of values. */
  public Spread spread() {
    return Spread.published(value.doubleValue(), doubleOf(deviation));
  }

  /** The same for a table, with the decimals of the print. */
  public Cell cell() {
    return Cell.of(spread(), value.scale());
  }

  /**
   * The accuracy that belongs to a test error: 100 less it, exactly.
   *
   * @throws IllegalStateException if the value is no error
   */
  public Spread accuracy() {
    if (unit != Unit.TEST_ERROR_PERCENT) {
      throw new IllegalStateException(
          method + " of " + table + " is a " + unit + ", expected an error in percent");
    }
    return Spread.published(
        BigDecimal.valueOf(100).subtract(value).doubleValue(), doubleOf(deviation));
  }

  private static OptionalDouble doubleOf(Optional<BigDecimal> number) {
    return number.map(n -> OptionalDouble.of(n.doubleValue())).orElseGet(OptionalDouble::empty);
  }
}
