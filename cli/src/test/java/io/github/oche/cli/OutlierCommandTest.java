package io.github.oche.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The smallest hyper-cleaning, whose hypergradient is known in closed form. */
class OutlierCommandTest {
  private static List<CSVRecord> records = List.of();

  @BeforeAll
  static void run() throws IOException {
    Console console = new Console();
    int code = console.run("bilevel", "outlier", "--csv");
    assertThat(code).as(console.err.toString()).isEqualTo(ExitCode.DONE);
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(console.out.toString(), format)) {
      records = parser.getRecords();
    }
  }

  private static CSVRecord record(String solver) {
    return records.stream().filter(r -> r.get("solver").equals(solver)).findFirst().orElseThrow();
  }

  private static double number(String solver, String column) {
    return Double.parseDouble(record(solver).get(column));
  }

  /** T1-T2 multiplies by the curvature, 3/2; one step of reverse mode by the rate times it. */
  @ParameterizedTest
  @CsvSource({
    "RHG, 1, 1e-8",
    "forward mode, 1, 1e-8",
    "AID-CG, 1, 1e-8",
    "F2SA-2 nu=.01, 1, 1e-3",
    "F2SA nu=.01, 1, 2e-2",
    "T1-T2, 1.5, 1e-8",
    "T-RHG K=1, 0.75, 1e-8",
    "AID-Neumann K=5, 0.999755859, 1e-8"
  })
  void theFirstHypergradientIsTheTabledOne(String solver, double times, double within) {
    assertThat(number(solver, "h1")).isCloseTo(times * -1.574074074, offset(within * 3));
    assertThat(number(solver, "h2")).isCloseTo(times * -1.101851852, offset(within * 3));
    assertThat(number(solver, "h3")).isCloseTo(times * 2.675925926, offset(within * 3));
    assertThat(number(solver, "s3")).isLessThan(0.1);
    assertThat(number(solver, "y")).isLessThan(2.2);
  }

  @Test
  void methodsThatSeeNothingSaySo() {
    assertThat(number("DARTS first order", "error")).isEqualTo(1);
    assertThat(number("DARTS first order", "s3")).isEqualTo(0.5);
    assertThat(record("IGA (rank one)").get("h1")).isEmpty();
    assertThat(record("IGA (rank one)").get("outcome")).isEqualTo("not positive definite");
  }
}
