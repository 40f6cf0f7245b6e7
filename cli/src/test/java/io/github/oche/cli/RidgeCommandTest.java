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

/** Every method on the ridge problem, beside a script in float64 NumPy, from x = -1. */
class RidgeCommandTest {
  private static List<CSVRecord> records = List.of();

  @BeforeAll
  static void run() throws IOException {
    Console console = new Console();
    int code = console.run("bilevel", "ridge", "--csv", "--x0", "-1");
    assertThat(code).as(console.err.toString()).isEqualTo(ExitCode.DONE);
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(console.out.toString(), format)) {
      assertThat(parser.getHeaderNames()).containsExactly("solver", "h1", "x2", "x10", "x200");
      records = parser.getRecords();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RHG T=20 cold | -0.006047899002 | -0.988086855693 | -0.94729897282 | -0.8267372624",
        "T-RHG T=20 K=5 | -0.006014820777 | -0.988150612575 | -0.947534385617 | -0.8267391731",
        "T-RHG T=20 K=1 | -0.003913908705 | -0.992245108525 | -0.964053596852 | -0.8275729771",
        "RHG T=5 warm | -0.004954307037 | -0.989183910197 | -0.948325665665 | -0.826739532",
        "AID-CG 2 its T=20 | -0.0060478992 | -0.988086855317 | -0.94729897159 | -0.8267372624",
        "AID-CG 1 it T=20 | -0.004636595323 | -0.990833683034 | -0.958248774962 | -0.8270689244",
        "AID-Neumann K=5 eta=.4 T=20 | -0.006036227553 | -0.988109321951 | -0.947381115196 | -0.8267378853",
        "T1-T2 T=20 | -0.009784771778 | -0.980889380741 | -0.921272457532 | -0.8266787639",
        "DARTS first order | 0.0 | -1.0 | -1.0 | -1.0",
        "DARTS xi=.4 exact product | 0.0 | -1.005110725353 | -0.980868423398 | -0.8276773971",
        "DARTS xi=.4 difference r=.01 | 0.0 | -1.005110725353 | -0.980868423398 | -0.8276773971",
        "SOBA rho=.4 gamma=.5 | 0.0 | -1.029430355294 | -1.061533635031 | -0.8315208551",
        "AmIGO 10 y-steps 10 v-steps | -0.006043152559 | -0.988091445665 | -0.947302447458 | -0.8267372631",
        "F2SA nu=.1 T=10 | -0.004070383652 | -0.991932443055 | -0.963774544058 | -0.8676731473",
        "F2SA-2 nu=.1 T=10 | -0.00618876568 | -0.987696113347 | -0.945253740058 | -0.8221516392",
        "BOME T=10 eta=.5, y by .1 | 0.0 | -1.0 | -0.991321410044 | -0.8803828971",
        "V-PBGD gamma=10 T=10, x by .1, y by .04 | -0.790514332824 | -0.880988358842 | -0.8656669375 | -0.8665371911",
        "MEHA gamma=10 c=10, x by 5, y by .1 | -0.002069321857 | -0.966481449056 | -0.824623676808 | -0.8698842418",
        "BDA T=20 alpha=.5/(t+1) | -0.004954822085 | -0.990232808226 | -0.956516461213 | -0.8485755577",
        "IAPTT T=20, start by .1 | 0.0 | -1.000580708889 | -1.023314261286 | -0.8359663266"
      })
  void goesWhereTheScriptGoes(String solver, double h1, double x2, double x10, double x200) {
    CSVRecord record =
        records.stream().filter(r -> r.get("solver").equals(solver)).findFirst().orElseThrow();
    assertThat(Double.parseDouble(record.get("h1"))).isCloseTo(h1, offset(2e-12));
    assertThat(Double.parseDouble(record.get("x2"))).isCloseTo(x2, offset(2e-12));
    assertThat(Double.parseDouble(record.get("x10"))).isCloseTo(x10, offset(2e-12));
    assertThat(Double.parseDouble(record.get("x200"))).isCloseTo(x200, offset(1e-9));
  }

  @Test
  void everyMethodIsThere() {
    assertThat(records).hasSize(20);
  }

  @Test
  void aStartThatIsNoNumberIsRefused() {
    Console console = new Console();
    assertThat(console.run("bilevel", "ridge", "--x0", "1000")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(console.err.toString()).contains("--x0 is 1000.0");
  }
}
