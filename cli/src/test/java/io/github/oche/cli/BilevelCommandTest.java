package io.github.oche.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BilevelCommandTest {
  private final Console console = new Console();

  private int bilevel(String line) {
    return console.run(("bilevel " + line).strip().split(" "));
  }

  private List<CSVRecord> rows() throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(console.out.toString(), format)) {
      return parser.getRecords();
    }
  }

  @Test
  void withoutACommandItShowsTheHelp() {
    assertThat(bilevel("")).isEqualTo(ExitCode.DONE);
    assertThat(console.out.toString()).contains("Usage: oche bilevel", "cleaning", "features");
    assertThat(console.err.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "cleaning",
    "features",
    "ridge",
    "counterexample",
    "darts",
    "quadratic",
    "nonconvex",
    "outlier",
    "fewshot",
    "cost"
  })
  void theHelpFitsAScreen(String command) {
    assertThat(bilevel(command + " --help")).isEqualTo(ExitCode.DONE);
    assertThat(console.out.toString().lines().count()).isLessThanOrEqualTo(24);
    assertThat(console.out.toString().lines().mapToInt(String::length).max().orElse(0))
        .isLessThanOrEqualTo(100);
    assertThat(console.err.toString()).isEmpty();
  }

  @Test
  void cleaningPrintsBaselinesMethodsAndWhatOthersMeasured() {
    assertThat(bilevel("cleaning --train-images=200 --seeds=4,5 --methods=truncated"))
        .as(console.err.toString())
        .isEqualTo(ExitCode.DONE);
    assertThat(console.err.toString()).isEmpty();
    assertThat(console.out.toString().lines())
        .first()
        .asString()
        .contains("100 training samples, 100 validation, 1,000 test")
        .contains("published: 5,000");
    assertThat(console.out.toString())
        .contains("50 training labels were replaced", "train on all", "measured by others")
        .containsPattern(
            "\ntruncated +\\d+\\.\\d\\d \\+- \\d+\\.\\d\\d +\\d+\\.\\d\\d \\+- \\d+\\.\\d\\d .*330"
                + " +90 .*done\n");
  }

  @Test
  void cleaningAsCsvIsNothingElse() throws IOException {
    assertThat(bilevel("cleaning --train-images=60 --seeds=1 --methods=TRUNCATED,reverse --csv"))
        .isEqualTo(ExitCode.DONE);
    List<CSVRecord> rows = rows();
    assertThat(rows).allMatch(CSVRecord::isConsistent);
    assertThat(rows)
        .filteredOn(row -> row.get("source").isEmpty())
        .extracting(row -> row.get("method"))
        .containsExactly(
            "train on all", "train on the clean", "train on validation", "truncated", "reverse");
    CSVRecord reverse = rows.get(4);
    assertThat(reverse.get("runs")).isEqualTo("1");
    assertThat(reverse.get("accuracy_std")).isEmpty();
    assertThat(reverse.get("gradients")).isEqualTo("330");
    assertThat(reverse.get("products")).isEqualTo("300");
    assertThat(Double.parseDouble(reverse.get("f1_percent"))).isBetween(50.0, 100.0);
    assertThat(rows.get(5).get("source")).contains("MLS-bench");
  }

  @Test
  void cleaningTakesThePublishedNumberOfImagesOutOfMore(@TempDir Path folder) throws IOException {
    writeIdx(folder, "train", 10_400);
    writeIdx(folder, "t10k", 300);
    assertThat(bilevel("cleaning --methods=truncated --seeds=0 --data=" + folder))
        .as(console.err.toString())
        .isEqualTo(ExitCode.DONE);
    assertThat(console.out.toString())
        .contains("5,000 training samples, 5,000 validation, 300 test");
  }

  /** Images of 4x4 pixels; those of class k are light in pixel k. */
  private static void writeIdx(Path folder, String part, int count) throws IOException {
    byte[] pixels = new byte[16 * count];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 10);
      pixels[16 * i + labels[i]] = (byte) (100 + i % 100);
    }
    ByteBuffer images = ByteBuffer.allocate(16 + pixels.length);
    images.putInt(0x803).putInt(count).putInt(4).putInt(4).put(pixels);
    Files.write(folder.resolve(part + "-images-idx3-ubyte"), images.array());
    ByteBuffer named = ByteBuffer.allocate(8 + count);
    named.putInt(0x801).putInt(count).put(labels);
    Files.write(folder.resolve(part + "-labels-idx1-ubyte"), named.array());
  }

  @Test
  void tuningChoosesRatesOnImagesHeldOutOfTraining() throws IOException {
    String line = "cleaning --tune --train-images=100 --seeds=7,8 --methods=truncated";
    assertThat(bilevel(line)).as(console.err.toString()).isEqualTo(ExitCode.DONE);
    assertThat(console.out.toString())
        .contains("40 training samples, 40 validation, 20 held out to choose by")
        .containsPattern("\ntruncated +0\\.\\d+ +\\d\\.\\d +2 +\\d+\\.\\d\\d .* 12 +0\n")
        .doesNotContain("1,000");
    console.out.getBuffer().setLength(0);
    assertThat(bilevel(line + " --csv")).isEqualTo(ExitCode.DONE);
    List<CSVRecord> rows = rows();
    assertThat(rows).hasSize(12).allMatch(CSVRecord::isConsistent);
    assertThat(rows.get(0).get("chosen")).isEqualTo("yes");
    assertThat(rows.subList(1, 12)).allMatch(row -> row.get("chosen").equals("no"));
    assertThat(rows.get(0).get("splits")).isEqualTo("2");
    assertThat(rows.get(11).get("splits")).isEqualTo("1");
  }

  @Test
  void featuresCompareSearchesOfOneCost() throws IOException {
    assertThat(bilevel("features --train-images=300 --budget=1000 --csv"))
        .as(console.err.toString())
        .isEqualTo(ExitCode.DONE);
    List<CSVRecord> rows = rows();
    assertThat(rows)
        .extracting(row -> row.get("method"))
        .startsWith("no search", "reverse", "truncated")
        .contains("grid, one penalty", "random, per feature");
    assertThat(rows).allMatch(row -> Integer.parseInt(row.get("cost")) <= 1000);
    assertThat(rows)
        .allMatch(row -> Double.parseDouble(row.get("validation_loss")) > 0)
        .allMatch(row -> Double.parseDouble(row.get("test_accuracy_percent")) <= 100);
  }

  @Test
  void featuresAsTextNameTheSamples() {
    assertThat(bilevel("features --train-images=300 --budget=1000")).isEqualTo(ExitCode.DONE);
    assertThat(console.out.toString())
        .contains("30 training samples, 120 validation, 1,000 test, 197 features");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = '|',
      value = {
        "cleaning --methods=revers | unknown method \"revers\"; known: reverse, truncated",
        "cleaning --model=cnn | model is \"cnn\", expected linear or mlp",
        "cleaning --seeds=1,x | 'x' is not a long",
        "cleaning --data=/no/such/folder | /no/such/folder",
        "features --budget=10 | budget is 10 gradients, expected at least 1000",
        "features --train-images=10 | there are 10 training images, expected at least 20",
        "features --budget=many | 'many' is not a long"
      })
  void aMistakeIsExitCodeTwoAndSaysWhichOne(String line, String message) {
    assertThat(bilevel(line)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(console.out.toString()).isEmpty();
    assertThat(console.err.toString().lines().findFirst().orElseThrow())
        .startsWith("oche bilevel ")
        .contains(message);
  }
}
