package io.github.oche.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchCommandTest {
  private static final List<String> TINY =
      List.of(
          "search --channels=1 --cells=2 --epochs=1 --train-images=8 --batch=4 --seed=3"
              .split(" "));

  @TempDir private Path folder;

  private final Console console = new Console();
  private final StringWriter out = console.out;
  private final StringWriter err = console.err;

  /** Runs a tiny search; of an option given twice, the last counts. */
  private int search(Path to, String... changes) {
    return console.runTo(to, TINY, changes);
  }

  @Test
  void aSearchFillsItsFolderAndSaysWhatItFound() throws Exception {
    Path run = folder.resolve("a b/run");
    assertThat(search(run)).as(err.toString()).isEqualTo(ExitCode.DONE);
    assertThat(err.toString()).isEmpty();
    String genotype = Files.readString(run.resolve("genotype.txt")).strip();
    assertThat(out.toString())
        .contains("epoch 1", "images/s")
        .containsPattern(
            "using \\d+ threads.*\\Rneeds about \\d+\\.\\d\\d GB of the heap's \\d+\\.\\d\\d GB\\R")
        .contains(genotype);
    assertThat(Files.readString(run.resolve("run.json"))).contains("\"seed\" : 3");
    assertThat(run).isDirectoryContaining("glob:**cells.svg");
    assertThat(Files.readAllLines(run.resolve("metrics.csv"))).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--threads=0 | --threads is 0, expected 1 to 1024",
        "--threads=1000000 | --threads is 1000000",
        "--batch=100000 | batch size 100,000",
        "--batch=0 | batch is 0",
        "--channels=-1 | channels is -1",
        "--cells=0 | cells is 0",
        "--epochs=0 | epochs is 0",
        "--train-images=1 | --train-images is 1",
        "--train-images=100000 | 100,000",
        "--order=3 | --order is \"3\", expected 1, 2 or exact",
        "--hypergradient=cg | --hypergradient: \"cg\" is no hypergradient",
        "--hypergradient=reverse:0 | --hypergradient: steps of reverse is 0, expected 1 to 1000",
        "--preset=fast | --preset is \"fast\", expected quick, code or paper",
        "--data=nowhere.bin | nowhere.bin: no such file or folder"
      })
  void badInputIsOneLineAndNothingIsWritten(String option, String message) throws Exception {
    assertThat(search(folder.resolve("run"), option)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).startsWith("oche search: ").contains(message);
    assertThat(files()).isEmpty();
  }

  @Test
  void orderAndHypergradientDoNotGoTogether() throws Exception {
    assertThat(search(folder.resolve("run"), "--order=1", "--hypergradient=first"))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("--order is the short form of --hypergradient");
    assertThat(files()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--seed=x",
        "--seed=99999999999999999999",
        "--format=png",
        "--batch=",
        "--batch=1.5"
      })
  void whatIsNoNumberOrFormatIsNamed(String option) throws Exception {
    assertThat(search(folder.resolve("run"), option)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains(option.replaceFirst("=.*", ""));
    assertThat(err.toString().lines()).hasSize(2);
    assertThat(files()).isEmpty();
  }

  @Test
  void aFolderThatHoldsSomethingIsRefusedAndLeftAlone() throws Exception {
    Files.writeString(folder.resolve("x"), "x");
    assertThat(search(folder)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains(folder.toString()).contains("not empty");
    assertThat(files()).containsExactly(folder.resolve("x"));
  }

  @Test
  void interruptedTheSameCommandGoesOn() throws Exception {
    Path run = folder.resolve("run");
    PrintWriter interrupted =
        new PrintWriter(out) {
          @Override
          public void println(String line) {
            if (line.startsWith("epoch 2")) {
              throw new IllegalStateException("interrupted");
            }
            super.println(line);
          }
        };
    List<String> arguments = new ArrayList<>(TINY);
    arguments.addAll(List.of("--epochs=3", "--out=" + run));
    assertThat(Oche.run(interrupted, new PrintWriter(err), arguments.toArray(new String[0])))
        .isEqualTo(ExitCode.FAILED);
    err.getBuffer().setLength(0);
    assertThat(search(run, "--epochs=4")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("search.epochs is 3 there, 4 here");
    assertThat(search(run, "--epochs=3")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString()).contains("goes on after epoch 2", "epoch 3");
    Path whole = folder.resolve("whole");
    assertThat(search(whole, "--epochs=3")).isEqualTo(ExitCode.DONE);
    assertThat(run.toFile().list()).containsExactlyInAnyOrder(whole.toFile().list());
    for (String name : List.of("alphas.csv", "supernet.safetensors")) {
      assertThat(run.resolve(name)).hasSameBinaryContentAs(whole.resolve(name));
    }
    out.getBuffer().setLength(0);
    assertThat(search(run, "--epochs=3")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString())
        .contains("the search is done already", Files.readString(run.resolve("genotype.txt")))
        .doesNotContain("epoch ");
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
