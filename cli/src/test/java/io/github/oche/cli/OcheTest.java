package io.github.oche.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OcheTest {
  private final Console console = new Console();
  private final StringWriter out = console.out;
  private final StringWriter err = console.err;

  private int oche(String... args) {
    return console.run(args);
  }

  @Test
  void withoutACommandItShowsTheHelp() {
    assertThat(oche()).isEqualTo(ExitCode.DONE);
    assertThat(out.toString()).contains("Usage: oche", "cost", "doctor", "Exit codes");
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "run",
    "search",
    "evaluate",
    "score",
    "export",
    "verify",
    "cost",
    "genotypes",
    "correlate",
    "reproduce",
    "reproduce darts",
    "reproduce nasbench201",
    "bilevel",
    "bench",
    "doctor"
  })
  void theHelpOfEachCommandFitsAScreen(String command) {
    assertThat(console.run(List.of(command.split(" ")), "--help")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString().lines().count()).isLessThanOrEqualTo(24);
    assertThat(out.toString().lines().mapToInt(String::length).max().orElse(0))
        .isLessThanOrEqualTo(100);
  }

  @Test
  void theVersionNamesTheJavaToo() {
    assertThat(oche("--version")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString()).startsWith("oche ").contains(System.getProperty("java.version"));
  }

  @ParameterizedTest
  @CsvSource({
    "DARTS_V1, 3169414, 500987520",
    "DARTS_V2, 3349342, 528359040",
    "NASNet, 3830950, 603452448",
    "AmoebaNet, 3145078, 488931552"
  })
  void costsArePublishedOnes(String genotype, String parameters, String multiplyAdds) {
    assertThat(oche("cost", "--genotype", genotype)).isEqualTo(ExitCode.DONE);
    assertThat(out.toString().replace(",", "")).contains(parameters, multiplyAdds);
  }

  @Test
  void aCellOfNasBench201IsCountedInItsOwnNetwork() {
    String cell =
        "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|nor_conv_3x3~0|nor_conv_3x3~1|nor_conv_3x3~2|";
    assertThat(oche("cost", "--genotype", cell)).isEqualTo(ExitCode.DONE);
    assertThat(out.toString().replace(",", "")).contains("1531546", "220119690");
    assertThat(oche("cost", "--genotype", cell, "--classes=100")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString().replace(",", "")).contains("1537396");
    assertThat(oche("cost", "--genotype", cell, "--auxiliary")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(oche("cost", "--genotype", cell.replace("3x3~2", "9x9~2")))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("--auxiliary and --stem are of other networks", "9x9");
  }

  @Test
  void aNetworkOfMoreParametersThanAnArrayHoldsIsCounted() {
    assertThat(oche("cost", "--genotype=DARTS_V2", "--channels=1024")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString().replace(",", "")).containsPattern("parameters +2\\d{9}\\n");
    assertThat(oche("cost", "--genotype=DARTS_V2", "--channels=4096", "--classes=1000000"))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(
            oche("cost", "--genotype=DARTS_V2", "--size=1000000", "--channels=4000", "--cells=100"))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString())
        .contains("classifier.weight of", "more values than an array holds", "2^63 multiply-adds");
  }

  @Test
  void theAuxiliaryHeadCostsParametersOnly() {
    assertThat(oche("cost", "--genotype", "DARTS_V2", "--auxiliary")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString().replace(",", "")).contains("3825768", "528359040");
  }

  @ParameterizedTest
  @CsvSource({
    "DARTS_V2, , 4718752, 529911552",
    "nasnet, , 5564320, 604031616",
    "DARTS_V2, --stem=imagenet, 4718752, 529911552"
  })
  void imagesOfTheSizeOfImageNetGetItsStem(
      String genotype, String stem, String parameters, String multiplyAdds) {
    List<String> command =
        List.of(
            "cost",
            "--genotype",
            genotype,
            "--channels=48",
            "--cells=14",
            "--classes=1000",
            "--size=224");
    assertThat(stem == null ? console.run(command) : console.run(command, stem))
        .isEqualTo(ExitCode.DONE);
    assertThat(out.toString().replace(",", "")).contains(parameters, multiplyAdds);
  }

  @Test
  void aStemThatIsAskedForCounts() {
    for (String stem : List.of("cifar", "imagenet")) {
      assertThat(oche("cost", "--genotype=SNAS", "--size=64", "--stem=" + stem))
          .isEqualTo(ExitCode.DONE);
    }
    assertThat(out.toString().lines().distinct()).hasSize(4);
  }

  @Test
  void anEdgeListIsCountedAndItsPublishedFiguresAreShown() {
    assertThat(oche("cost", "--genotype=fairdarts_b")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString().replace(",", "")).contains("3407878", "536487552");
    assertThat(out.toString()).contains("published", "3.88 M parameters, which is with the");
    assertThat(out.toString().lines().mapToInt(String::length).max().orElse(0))
        .isLessThanOrEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = '|',
      value = {
        "cots | unknown command 'cots' | did you mean cost?",
        "frobnicate | unknown command 'frobnicate' | `oche --help`",
        "cost --genotyp=x | unknown option '--genotyp' | did you mean --genotype?",
        "cost | missing required option: '--genotype | `oche cost --help`",
        "cost --genotype=DARTS_V2 --cells=x | '--cells': 'x' is not an int | `oche cost --help`",
        "cost --genotype=DARTS_V2 more | unexpected argument 'more' | `oche cost --help`"
      })
  void aMistakeInTheCommandIsOneLineAndAHint(String command, String message, String hint) {
    assertThat(oche(command.split(" "))).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).hasSize(2);
    assertThat(err.toString().lines().findFirst().orElseThrow()).contains(message);
    assertThat(err.toString()).contains(hint);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = '|',
      value = {
        "--genotype=DARTS_V3 | DARTS_V",
        "--genotype=Genotype(normal=[( | column",
        "--genotype=DARTS_V2 --size=30 | 32",
        "--genotype=DARTS_V2 --stem=resnet | --stem is \"resnet\", expected cifar or imagenet",
        "--genotype=DARTS_V2 --size=230 | multiple of 32",
        "--genotype=DARTS-_cifar10_s4_0 | noise",
        "--genotype=DARTS_V2 --channels=0 | channels is 0",
        "--genotype=DARTS_V2 --channels=1000000 | channels is 1000000",
        "--genotype=DARTS_V2 --cells=0 | cells is 0",
        "--genotype=DARTS_V2 --classes=1 | classes is 1",
        "--genotype=@x | unknown genotype"
      })
  void badInputIsOneLineThatNamesIt(String options, String message) {
    assertThat(oche(("cost " + options).split(" "))).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).startsWith("oche cost: ").contains(message);
  }

  @Test
  void aStackTraceIsShownWhenAskedForOnly() {
    assertThat(oche("cost", "--genotype", "NOPE", "--stack-trace")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("\tat io.github.oche");
  }

  @Test
  void aGenotypeIsReadFromAFileOrARunFolder(@TempDir Path folder) throws Exception {
    String genotype = io.github.oche.space.Genotypes.named("DARTS_V1").toString();
    Path file = Files.writeString(folder.resolve("genotype.txt"), genotype + "\n");
    for (String source : new String[] {file.toString(), folder.toString(), genotype}) {
      assertThat(oche("cost", "--genotype", source)).isEqualTo(ExitCode.DONE);
    }
    assertThat(out.toString().lines().distinct()).hasSize(2);
  }

  @Test
  void theBenchPrintsTheLinesOfItsPeer() {
    assertThat(
            oche(
                "bench",
                "--channels=1",
                "--cells=2",
                "--batch=1",
                "--size=8",
                "--repeats=2",
                "--threads=1"))
        .as(err.toString())
        .isEqualTo(ExitCode.DONE);
    assertThat(out.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).matches("weights \\d+\\.\\d{4}"),
            line -> assertThat(line).matches("first-order \\d+\\.\\d{4}"),
            line -> assertThat(line).matches("second-order \\d+\\.\\d{4}"),
            line -> assertThat(line).matches("expected-rss-mb \\d+"),
            line -> assertThat(line).matches("peak-rss-mb \\d+"));
  }

  @Test
  void theDoctorNamesWhatABugReportNeeds() {
    assertThat(oche("doctor")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString())
        .contains("java ", "system", "cores", "memory", "kernels", "fma self-test", "sample");
  }

  @Test
  void theDoctorSaysWhatIsWrongWithData(@TempDir Path folder) {
    assertThat(oche("doctor", folder.resolve("none").toString())).isEqualTo(ExitCode.FAILED);
    assertThat(out.toString()).contains("no such file or folder");
  }
}
