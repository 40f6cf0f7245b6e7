package io.github.oche.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {
  private static final String TINY =
      "bench --channels=4 --cells=3 --batch=2 --size=16 --repeats=1 --threads=2";
  private static final String MEMORY = "\\Rexpected-rss-mb \\d+\\Rpeak-rss-mb \\d+\\R";
  private static final String TIME = " \\d+\\.\\d{4}";

  @TempDir private Path folder;

  private final Console console = new Console();
  private final StringWriter out = console.out;
  private final StringWriter err = console.err;

  /** Measures something tiny; of an option given twice, the last counts. */
  private int bench(String... options) {
    return console.run(List.of(TINY.split(" ")), options);
  }

  @Test
  void onlyTheStepsThatAreNamedAreMeasuredInOneOrder() {
    assertThat(bench("--steps=exact,weights")).as(err.toString()).isEqualTo(ExitCode.DONE);
    assertThat(out.toString()).matches("weights" + TIME + "\\Rexact" + TIME + MEMORY);
  }

  @ParameterizedTest
  @CsvSource({"--size=16", "--size=32", "--cells=1"})
  void trainingAndScoringAreALineEachWithAnAuxiliaryHeadOrWithout(String option) {
    assertThat(bench("--training", option)).as(err.toString()).isEqualTo(ExitCode.DONE);
    assertThat(out.toString()).matches("training" + TIME + "\\Rscoring" + TIME + MEMORY);
  }

  @Test
  void theProfileHasWhatAStepAllocates() {
    assertThat(bench("--training=DARTS_V1", "--profile")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString()).containsPattern("allocated-bytes-a-step \\d+\\R");
    assertThat(out.toString()).contains("peak of these threads", "kind, a step", "part, a step");
  }

  @Test
  void thePublishedSearchIsTold() {
    assertThat(bench("--published", "--batch=64", "--steps=first-order"))
        .as(err.toString())
        .isEqualTo(ExitCode.DONE);
    assertThat(out.toString())
        .containsPattern(
            "published search: \\d+\\.\\d\\d hours"
                + " \\(50 epochs of 391 steps, extrapolated from 1 step\\)\\R");
  }

  @Test
  void theTableHasARowANumberOfChannelsAndAColumnABatch() {
    assertThat(bench("--table", "--cells=1", "--size=2"))
        .as(err.toString())
        .isEqualTo(ExitCode.DONE);
    assertThat(out.toString()).contains("batch   8", "batch 128", "above 8 channels the dearest");
    assertThat(out.toString().lines().filter(line -> line.startsWith("36 channels"))).hasSize(2);
    assertThat(out.toString()).containsPattern("4 channels( +\\d+\\.\\d{4}){5}\\R");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--steps=training | use --training",
        "--steps=fast | is not weights, first-order",
        "--profile=exact | --profile is \"exact\", expected one of weights, first-order",
        "--published | --batch is 2, the published search has 64",
        "--published --batch=64 --steps=weights | --published needs first-order",
        "--table --training | --table and --training do not go together",
        "--training --steps=weights | --training and --steps do not go together",
        "--against=x --profile | --against and --profile do not go together",
        "--against=x --steps=exact | --steps has none that PyTorch makes too",
        "--training=NOPE | unknown genotype",
        "--repeats=0 | --repeats is 0",
        "--against=no/such/python | --against is \"no/such/python\", which is not there",
        "--against=. | --against is \".\", which is a folder"
      })
  void badInputNamesTheOption(String options, String message) {
    assertThat(bench(options.split(" "))).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains(message).doesNotContain("\tat ");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aPeerThatCannotRunIsOneLine() throws Exception {
    Path file = Files.writeString(folder.resolve("python"), "");
    assertThat(bench("--against=" + file)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("is not executable").hasLineCount(1);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aPythonWithoutPyTorchSaysHowToGetIt() throws Exception {
    String python =
        python(
            "echo Traceback >&2; echo \"ModuleNotFoundError: No module named 'torch'\" >&2; exit 1");
    assertThat(bench("--against=" + python)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString())
        .contains("has no PyTorch", "apt-get install python3-torch libopenblas0-pthread")
        .hasLineCount(1);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatAFailingScriptSaidLastIsShown() throws Exception {
    String python = python("echo one >&2; echo 'RuntimeError: two' >&2; echo >&2; exit 3");
    assertThat(bench("--against=" + python)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("with exit code 3: RuntimeError: two").hasLineCount(1);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aPeerThatPrintsNoTimeIsRefused() throws Exception {
    String python = python("echo hello");
    assertThat(bench("--against=" + python, "--training")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString())
        .contains("torch_training.py (contiguous) printed no line \"training N\"")
        .hasLineCount(1);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void bothSidesAndTheirRatiosAreATable() throws Exception {
    Path log = folder.resolve("log");
    String python =
        python(
            "echo \"${1##*/}:$2:$3:$4:$5:$6:$7:$8:$9:$OMP_WAIT_POLICY\" >> "
                + log
                + "\necho weights 1000\necho peak-rss-mb 100000");
    assertThat(bench("--against=" + python, "--steps=weights"))
        .as(err.toString())
        .isEqualTo(ExitCode.DONE);
    assertThat(Files.readAllLines(log))
        .containsExactly(
            "torch_version.py:::::::::",
            "torch_darts.py:4:3:2:16:2:1:contiguous:weights:",
            "torch_darts.py:4:3:2:16:2:1:channels_last:weights:");
    assertThat(out.toString())
        .contains("4 channels, 3 cells, batch 2, 16x16, 2 threads, median of 1 step")
        .containsPattern("weights +\\d+\\.\\d{4} +1000\\.0000 +\\d+\\.\\d\\d x +1000\\.0000 ")
        .containsPattern("peak memory, MB +\\d+ +100000 +\\d+ % +100000 +\\d+ %\\R")
        .containsPattern("Oche before and after PyTorch: weights" + TIME + TIME);
  }

  /** A shell script in Python's place. */
  private String python(String script) throws IOException {
    Path file = Files.writeString(folder.resolve("python"), "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file.toString();
  }
}
