package io.github.oche.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

class GenotypesCommandTest {
  private final Console console = new Console();

  @Test
  void aWordFindsNamesPapersAndNotesWhateverItsCapitals() {
    assertThat(console.run("genotypes", "dArTs_V2")).isEqualTo(ExitCode.DONE);
    assertThat(console.out.toString())
        .contains(
            "arXiv:1806.09055",
            "  DARTS_V2  darts                    3,349,342    528,359,040",
            "574 M",
            "1 genotypes, of which 1 fit");
    assertThat(console.run("genotypes", "1802.01548")).isEqualTo(ExitCode.DONE);
    assertThat(console.out.toString()).contains("AmoebaNet", "3,145,078");
    assertThat(console.run("genotypes", "random")).isEqualTo(ExitCode.DONE);
    assertThat(console.out.toString()).contains("does not fit: it has the operation noise");
  }

  @Test
  void allAreListedAsCsvWithTheirSources() throws IOException {
    assertThat(console.run("genotypes", "--csv")).isEqualTo(ExitCode.DONE);
    List<CSVRecord> rows;
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(console.out.toString(), format)) {
      rows = parser.getRecords();
    }
    assertThat(rows).hasSize(447);
    assertThat(rows.stream().filter(row -> row.get("parameters").isEmpty()))
        .hasSize(24)
        .allSatisfy(row -> assertThat(row.get("misfit")).isNotBlank());
    assertThat(rows).allSatisfy(row -> assertThat(row.get("source")).startsWith("github.com/"));
    CSVRecord first = rows.get(0);
    assertThat(first.get("name")).isEqualTo("NASNet");
    assertThat(first.get("parameters")).isEqualTo("3830950");
    assertThat(first.get("multiply_adds")).isEqualTo("603452448");
  }

  @Test
  void aWordThatNothingHasIsOneLine() {
    assertThat(console.run("genotypes", "resnet50")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(console.out.toString()).isEmpty();
    assertThat(console.err.toString().lines()).hasSize(1);
    assertThat(console.err.toString()).contains("no published genotype has the word \"resnet50\"");
  }
}
