package io.github.oche.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.oche.space.Genotypes;
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

class RunCommandTest {
  private static final List<String> TINY =
      List.of(
          ("run --channels=1 --cells=2 --epochs=1 --train-images=12 --batch=4 --seed=3"
                  + " --evaluate-channels=2 --evaluate-cells=3 --evaluate-epochs=2"
                  + " --evaluate-batch=8")
              .split(" "));

  @TempDir private Path folder;

  private final Console console = new Console();
  private final StringWriter out = console.out;
  private final StringWriter err = console.err;

  /** A tiny search and a tiny training; of an option given twice, the last counts. */
  private int run(Path to, String... changes) {
    return console.runTo(to, TINY, changes);
  }

  private int oche(String... arguments) {
    return console.run(arguments);
  }

  @Test
  void oneFolderHoldsSearchAndEvaluation() throws Exception {
    Path run = folder.resolve("run");
    assertThat(run(run)).as(err.toString()).isEqualTo(ExitCode.DONE);
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString()).contains("searching: first order, 1 channels, 2 cells, 1 epochs");
    assertThat(out.toString())
        .contains("training from scratch: 2 channels, 3 cells, 2 epochs, batch 8, seed 3")
        .contains("test error")
        .doesNotContain("one nearest neighbour"); // which would know more training images
    for (String name :
        List.of(
            "run.json",
            "metrics.csv",
            "alphas.csv",
            "genotype.txt",
            "cells.svg",
            "training.csv",
            "model.safetensors",
            "evaluation.csv")) {
      assertThat(run.resolve(name)).isNotEmptyFile();
    }
    assertThat(run).isDirectoryNotContaining("glob:**.tmp");
    assertThat(Files.readAllLines(run.resolve("metrics.csv"))).hasSize(2);
    assertThat(Files.readAllLines(run.resolve("training.csv"))).hasSize(3);
    List<String> rows = Files.readAllLines(run.resolve("evaluation.csv"));
    assertThat(rows).hasSize(2);
    assertThat(rows.get(1)).startsWith("3,2,");
    assertThat(rows.get(1)).contains(Genotypes.resolve(run.toString()).toString());
    assertThat(Files.readString(run.resolve("run.json")))
        .contains("\"search\"", "\"evaluation\"", "\"data\"", "\"software\"");
  }

  /** What {@code run} does can be done in two commands. */
  @Test
  void itIsASearchAndThenAnEvaluation() throws Exception {
    Path both = folder.resolve("both");
    assertThat(run(both)).as(err.toString()).isEqualTo(ExitCode.DONE);
    Path search = folder.resolve("search");
    assertThat(
            oche(
                "search",
                "--channels=1",
                "--cells=2",
                "--epochs=1",
                "--train-images=12",
                "--batch=4",
                "--seed=3",
                "--out=" + search))
        .isEqualTo(ExitCode.DONE);
    Path evaluation = folder.resolve("evaluation");
    assertThat(
            oche(
                "evaluate",
                "--genotype=" + search,
                "--channels=2",
                "--cells=3",
                "--epochs=2",
                "--train-images=12",
                "--batch=8",
                "--seed=3",
                "--out=" + evaluation))
        .as(err.toString())
        .isEqualTo(ExitCode.DONE);
    assertThat(both.resolve("alphas.csv")).hasSameTextualContentAs(search.resolve("alphas.csv"));
    assertThat(both.resolve("genotype.txt"))
        .hasSameTextualContentAs(evaluation.resolve("genotype.txt"));
    assertThat(score(both)).isEqualTo(score(evaluation));
  }

  /** In its training's second epoch; the search is not done again. */
  @Test
  void interruptedTheSameCommandGoesOn() throws Exception {
    Path run = folder.resolve("run");
    PrintWriter interrupted =
        new PrintWriter(out) {
          private boolean trains;

          @Override
          public void println(String line) {
            trains |= line.startsWith("training from scratch");
            if (trains && line.startsWith("epoch 1")) {
              throw new IllegalStateException("interrupted");
            }
            super.println(line);
          }
        };
    List<String> arguments = new ArrayList<>(TINY);
    arguments.add("--out=" + run);
    assertThat(Oche.run(interrupted, new PrintWriter(err), arguments.toArray(new String[0])))
        .isEqualTo(ExitCode.FAILED);
    out.getBuffer().setLength(0);
    assertThat(run(run)).as(err.toString()).isEqualTo(ExitCode.DONE);
    assertThat(out.toString())
        .contains("the search is done already", "found: Genotype(", "goes on after epoch 1")
        .doesNotContain("searching");
    Path whole = folder.resolve("whole");
    assertThat(run(whole)).isEqualTo(ExitCode.DONE);
    assertThat(run.toFile().list()).containsExactlyInAnyOrder(whole.toFile().list());
    assertThat(run.resolve("model.safetensors"))
        .hasSameBinaryContentAs(whole.resolve("model.safetensors"));
    assertThat(score(run)).isEqualTo(score(whole));
    assertThat(run(run, "--order=2")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("search.hypergradient.method is first there, second here");
  }

  /** Seed, epochs, errors, parameters and multiply-adds. */
  private static String score(Path run) throws Exception {
    String row = Files.readAllLines(run.resolve("evaluation.csv")).get(1);
    return String.join(",", List.of(row.split(",")).subList(0, 6));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--threads=0 | --threads is 0",
        "--batch=100000 | batch size 100,000",
        "--evaluate-batch=100000 | batch size 100,000",
        "--evaluate-batch=0 | batch is 0",
        "--evaluate-channels=-1 | channels is -1",
        "--evaluate-cells=0 | cells is 0",
        "--evaluate-epochs=0 | epochs is 0",
        "--auxiliary-weight=-1 | auxiliary weight is -1",
        "--drop-path=2 | drop path is 2",
        "--cutout=-1 | cutout is -1",
        "--order=3 | --order is \"3\", expected 1, 2 or exact",
        "--data=nowhere.bin | nowhere.bin: no such file or folder"
      })
  void badInputIsOneLineAndNothingIsWritten(String option, String message) throws Exception {
    assertThat(run(folder.resolve("run"), option)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).startsWith("oche run: ").contains(message);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void whatOnlyTheTrainingRefusesIsRefusedBeforeTheSearch() throws Exception {
    assertThat(run(folder.resolve("run"), "--auxiliary-weight=0.4", "--evaluate-cells=1"))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("auxiliary head");
    assertThat(out.toString()).doesNotContain("searching");
    assertThat(folder.resolve("run")).doesNotExist();
  }
}
