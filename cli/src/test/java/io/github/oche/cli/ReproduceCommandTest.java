package io.github.oche.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.StringReader;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReproduceCommandTest {
  private final Console console = new Console();

  private String reproduce(String... options) {
    int code = console.run(List.of("reproduce", "nasbench201"), options);
    assertThat(code).as(console.err.toString()).isEqualTo(ExitCode.DONE);
    assertThat(console.err.toString()).isEmpty();
    return console.out.toString();
  }

  @Test
  void theCsvHasAHeaderAndARowAMethodAndBudget() throws Exception {
    String csv = reproduce("--csv", "--seeds=20");
    assertThat(csv)
        .startsWith(
            "method,evaluations,cifar10_mean,cifar10_std,cifar100_mean,cifar100_std,"
                + "imagenet16_mean,imagenet16_std\n");
    List<CSVRecord> rows =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get()
            .parse(new StringReader(csv))
            .getRecords();
    assertThat(rows.stream().map(row -> row.get("method") + " " + row.get("evaluations")))
        .containsExactly(
            "random architecture 0",
            "fewest parameters 0",
            "most parameters 0",
            "always skip 0",
            "random search 10",
            "random search 50",
            "random search 100",
            "random search 200",
            "random search 500",
            "regularised evolution 50",
            "regularised evolution 100",
            "regularised evolution 200",
            "regularised evolution 500",
            "best by the signal 15625",
            "best possible 0");
    for (CSVRecord row : rows) {
      assertThat(row.size()).isEqualTo(8);
      assertThat(Double.parseDouble(row.get("cifar10_std"))).isBetween(0.0, 25.0);
    }
    assertThat(csv)
        .contains(
            "\nalways skip,0,54.2967,0.0000,15.6067,0.0000,16.3222,0.0000\n",
            "\nbest possible,0,94.3733,0.0000,73.5133,0.0000,47.3111,0.0000\n");
    assertThat(Double.parseDouble(rows.get(6).get("cifar10_mean"))).isCloseTo(93.72, within(0.4));
  }

  @Test
  void sameSeedsSameBytes() {
    String once = reproduce("--csv", "--seeds=3");
    console.out.getBuffer().setLength(0);
    assertThat(reproduce("--csv", "--seeds=3")).isEqualTo(once);
    console.out.getBuffer().setLength(0);
    assertThat(reproduce("--csv", "--seeds=4")).isNotEqualTo(once);
  }

  @Test
  void theTextHasPublishedNumbersBesideOursAndTheirSources() {
    String text = reproduce("--seeds=2");
    assertThat(text)
        .containsPattern("always skip +0 +54\\.30 +15\\.61 +16\\.32\\R")
        .containsPattern("published, DARTS +\\[1] +54\\.30 +15\\.61 +16\\.32\\R")
        .containsPattern(
            "regularised evolution +100 .*\\R +published, REA +\\[2] +93\\.92 \\+- 0\\.30 +")
        .containsPattern("published, optimal +\\[3] +94\\.37 +73\\.51 +47\\.31\\R")
        .contains("[1] Dong and Yang (2020)", "2 runs (seeds 0 to 1)");
    assertThat(text.lines().mapToInt(String::length).max().orElse(0)).isLessThanOrEqualTo(100);
    assertThat(text.chars()).allMatch(c -> c < 0x7f);
  }

  @Test
  void csvIsAFormLikeOthers() {
    String csv = reproduce("--csv", "--seeds=2");
    console.out.getBuffer().setLength(0);
    assertThat(reproduce("--format=csv", "--seeds=2")).isEqualTo(csv);
  }

  @Test
  void markdownAndLatexHaveTheSameNumbers() {
    String markdown = reproduce("--format=markdown", "--seeds=2");
    assertThat(markdown)
        .contains(
            "| method | evaluations | CIFAR-10 | CIFAR-100 | ImageNet16-120 |\n",
            "| always skip | 0 | 54.30 | 15.61 | 16.32 |\n",
            "|   published, REA | \\[2] | 93.92 ± 0.30 | 71.84 ± 0.99 | 45.54 ± 1.03 |\n");
    console.out.getBuffer().setLength(0);
    assertThat(reproduce("--format=latex", "--seeds=2"))
        .contains(
            "always skip & 0 & 54.30 & 15.61 & 16.32 \\\\\n",
            "~~published, REA & {[}2] & 93.92 $\\pm$ 0.30 & 71.84 $\\pm$ 0.99 & 45.54 $\\pm$ 1.03");
  }

  @Test
  void theChecklistStandsBelowAndSaysNoToASingleRun() {
    String many = reproduce("--seeds=2");
    assertThat(many)
        .contains("\n 8 yes     compare with random sampling and random search: ")
        .contains("\n 5 no      run ablation studies: ");
    console.out.getBuffer().setLength(0);
    assertThat(reproduce("--seeds=1"))
        .contains("\n 9 no      several runs with different seeds: 1 run of each search;");
    console.out.getBuffer().setLength(0);
    assertThat(reproduce("--format=markdown", "--seeds=2"))
        .contains("| 5 | run ablation studies | no | ");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "nasbench101 | oche reproduce: unknown table \"nasbench101\"; known: darts, nasbench201",
        "nasbench201 --seeds=0 | oche reproduce nasbench201: --seeds is 0, expected 1 to 100000",
        "nasbench201 --seeds=100001 | oche reproduce nasbench201: --seeds is 100001, expected 1 to 100000",
        "nasbench201 --seeds=x | '--seeds': 'x' is not an int",
        "nasbench201 more | unexpected argument 'more'",
        "nasbench201 --format=html | unknown table format \"html\"; known: text, markdown, csv, latex",
        "nasbench201 --csv --format=latex | --csv and --format=latex exclude each other",
        "--csv | unknown option '--csv'"
      })
  void badInputIsToldInALine(String options, String message) {
    assertThat(console.run(List.of("reproduce"), options.split(" "))).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(console.out.toString()).isEmpty();
    assertThat(console.err.toString().lines().findFirst().orElseThrow()).contains(message);
    assertThat(console.err.toString().lines().count()).isLessThanOrEqualTo(2);
  }
}
