package io.github.oche.evaluation.report;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Published numbers that come along, each with the source where it was read; {@code README.txt}
 * beside them tells what the columns mean. Numbers that were not seen in a source are not here.
 */
public final class PublishedTables {
  private static final String RESOURCE = "published.csv";

  private final ImmutableListMultimap<String, PublishedValue> rows; // by table

  private PublishedTables(ImmutableListMultimap<String, PublishedValue> rows) {
    this.rows = rows;
  }

  /** Reads them, in some milliseconds. */
  public static PublishedTables load() {
    InputStream resource =
        Objects.requireNonNull(PublishedTables.class.getResourceAsStream(RESOURCE), RESOURCE);
    try (CSVParser parser =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get()
            .parse(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      ImmutableListMultimap.Builder<String, PublishedValue> rows = ImmutableListMultimap.builder();
      for (CSVRecord row : parser) {
        PublishedValue value = value(row);
        rows.put(value.table(), value);
      }
      return new PublishedTables(rows.build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PublishedValue value(CSVRecord row) {
    return new PublishedValue(
        row.get("table"),
        row.get("method"),
        row.get("paper"),
        row.get("dataset"),
        PublishedValue.Unit.valueOf(Ascii.toUpperCase(row.get("unit"))),
        new BigDecimal(row.get("value")),
        Optional.of(row.get("std")).filter(s -> !s.isEmpty()).map(BigDecimal::new),
        optional(row.get("params_millions")),
        optional(row.get("search_cost_gpu_days")),
        row.get("search_method"),
        row.get("notes"),
        row.get("source"));
  }

  private static OptionalDouble optional(String number) {
    return number.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Double.parseDouble(number));
  }

  /** Names of all tables. */
  public ImmutableSet<String> tables() {
    return rows.keySet();
  }

  /** Rows of a table, in its order; none if there is no such table. */
  public ImmutableList<PublishedValue> rows(String table) {
    return rows.get(table);
  }

  /**
   * The row of a method.
   *
   * @return empty if there is none
   * @throws IllegalArgumentException if the table has it for several sets of data
   */
  public Optional<PublishedValue> find(String table, String method) {
    ImmutableList<PublishedValue> found =
        rows(table).stream()
            .filter(row -> row.method().equals(method))
            .collect(ImmutableList.toImmutableList());
    checkArgument(
        found.size() <= 1,
        "%s of %s stands there for %s, expected one of them to be asked for",
        method,
        table,
        found.stream().map(PublishedValue::dataset).toList());
    return found.stream().findFirst();
  }

  /**
   * The row of a method for a set of data.
   *
   * @return empty if there is none
   */
  public Optional<PublishedValue> find(String table, String method, String dataset) {
    return rows(table).stream()
        .filter(row -> row.method().equals(method) && row.dataset().equals(dataset))
        .findFirst();
  }
}
