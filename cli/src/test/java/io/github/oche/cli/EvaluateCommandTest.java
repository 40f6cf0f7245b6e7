package io.github.oche.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.oche.evaluation.RetrainingSettings;
import io.github.oche.space.Genotypes;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluateCommandTest {
  private static final List<String> TINY =
      List.of(
          "evaluate --genotype=DARTS_V2 --channels=2 --cells=2 --epochs=1 --train-images=8 --batch=4 --seed=3"
              .split(" "));

  @TempDir private Path folder;

  private final Console console = new Console();
  private final StringWriter out = console.out;
  private final StringWriter err = console.err;

  /** Runs a tiny training; of an option given twice, the last counts. */
  private int evaluate(Path to, String... changes) {
    return console.runTo(to, TINY, changes);
  }

  @Test
  void anEvaluationFillsItsFolderAndSaysHowGoodItIs() throws Exception {
    Path run = folder.resolve("a b/run");
    assertThat(evaluate(run)).as(err.toString()).isEqualTo(ExitCode.DONE);
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .contains("epoch 1", "test error", "of 1,000 images", "one nearest neighbour")
        .contains("written to " + run);
    assertThat(Genotypes.resolve(run.toString())).isEqualTo(Genotypes.named("DARTS_V2"));
    assertThat(Files.readString(run.resolve("run.json")))
        .contains("\"seed\" : 3", "\"channels\" : 2", "\"genotype\"", "\"sha256\"", "\"threads\"");
    assertThat(run).isDirectoryContaining("glob:**cells.svg");
    assertThat(Files.readAllLines(run.resolve("training.csv"))).hasSize(2);
    List<String> rows = Files.readAllLines(run.resolve("evaluation.csv"));
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0))
        .startsWith(
            "seed,epochs,test_error_percent,top5_error_percent,parameters,multiply_adds,seconds,");
    assertThat(rows.get(1)).startsWith("3,1,");
  }

  @Test
  void aRunFolderIsAGenotypeTooAndTheSameSeedGivesTheSameScore() throws Exception {
    assertThat(evaluate(folder.resolve("1"), "--threads=1")).isEqualTo(ExitCode.DONE);
    assertThat(evaluate(folder.resolve("2"), "--genotype=" + folder.resolve("1"), "--threads=2"))
        .as(err.toString())
        .isEqualTo(ExitCode.DONE);
    assertThat(scores(folder.resolve("2"))).isEqualTo(scores(folder.resolve("1")));
    assertThat(losses(folder.resolve("2"))).isEqualTo(losses(folder.resolve("1")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--channels=4",
        "--cells=3",
        "--epochs=2",
        "--batch=3",
        "--train-images=9",
        "--cutout=8",
        "--seed=4",
        "--genotype=DARTS_V1",
        "--auxiliary-weight=0.4"
      })
  void everyOptionReachesTheTraining(String option) throws Exception {
    assertThat(evaluate(folder.resolve("1"))).isEqualTo(ExitCode.DONE);
    assertThat(evaluate(folder.resolve("2"), option)).as(err.toString()).isEqualTo(ExitCode.DONE);
    assertThat(losses(folder.resolve("2"))).isNotEqualTo(losses(folder.resolve("1")));
  }

  @Test
  void pathsAreDroppedFromTheSecondEpochOn() throws Exception {
    assertThat(evaluate(folder.resolve("1"), "--epochs=2", "--drop-path=0.1"))
        .isEqualTo(ExitCode.DONE);
    assertThat(evaluate(folder.resolve("2"), "--epochs=2", "--drop-path=0.9"))
        .isEqualTo(ExitCode.DONE);
    List<String> few = losses(folder.resolve("1"));
    List<String> many = losses(folder.resolve("2"));
    assertThat(many.get(1)).isEqualTo(few.get(1));
    assertThat(many.get(2)).isNotEqualTo(few.get(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--genotype=NOPE | unknown genotype",
        "--genotype=Genotype(normal=[( | column",
        "--threads=0 | --threads is 0, expected 1 to 1024",
        "--batch=100000 | batch size 100,000",
        "--batch=0 | batch is 0",
        "--channels=-1 | channels is -1",
        "--cells=0 | cells is 0",
        "--epochs=0 | epochs is 0",
        "--train-images=1 | --train-images is 1",
        "--train-images=100000 | 100,000",
        "--auxiliary-weight=-1 | auxiliary weight is -1",
        "--auxiliary-weight=NaN | auxiliary weight is NaN",
        "--drop-path=1 | drop path is 1",
        "--cutout=-1 | cutout is -1",
        "--preset=fast | --preset is \"fast\", expected quick, code or paper",
        "--data=nowhere.bin | nowhere.bin: no such file or folder"
      })
  void badInputIsOneLineAndNothingIsWritten(String option, String message) throws Exception {
    assertThat(evaluate(folder.resolve("run"), option)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).startsWith("oche evaluate: ").contains(message);
    assertThat(files()).isEmpty();
  }

  @Test
  void aFolderThatHoldsSomethingIsRefusedAndLeftAlone() throws Exception {
    Files.writeString(folder.resolve("x"), "x");
    assertThat(evaluate(folder)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains(folder.toString()).contains("not empty");
    assertThat(files()).containsExactly(folder.resolve("x"));
    assertThat(evaluate(folder.resolve("run"), "--genotype=" + folder))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("holds no genotype.txt");
    assertThat(files()).containsExactly(folder.resolve("x"));
  }

  @Test
  void aNetworkThatNoHeapHoldsIsRefusedAtOnce() throws Exception {
    assertThat(evaluate(folder.resolve("run"), "--channels=4096", "--cells=20"))
        .isEqualTo(ExitCode.NO_MEMORY_OR_SPACE);
    assertThat(err.toString()).contains("the training needs", "MB of heap", "the batch (4)");
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(files()).isEmpty();
  }

  /** Of the options of both, {@code run} gives the training's own a prefix. */
  @ParameterizedTest
  @CsvSource({"evaluate, --", "run, --evaluate-"})
  void theHelpShowsWhatThePresetsAre(String command, String prefix) {
    assertThat(console.run(command, "--help")).isEqualTo(ExitCode.DONE);
    RetrainingSettings quick = RetrainingSettings.quick();
    RetrainingSettings code = RetrainingSettings.code();
    assertPresets(prefix + "channels=N", quick.channels(), code.channels());
    assertPresets(prefix + "cells=N", quick.cells(), code.cells());
    assertPresets(prefix + "epochs=N", quick.epochs(), code.epochs());
    assertPresets(prefix + "batch=N", quick.batch(), code.batch());
    assertPresets("--auxiliary-weight=X", (int) quick.auxiliaryWeight(), code.auxiliaryWeight());
    assertPresets("--drop-path=X", (int) quick.dropPath(), code.dropPath());
    assertPresets("--cutout=N", quick.augmentation().cutout(), code.augmentation().cutout());
  }

  private void assertPresets(String option, Number quick, Number code) {
    String line =
        out.toString().lines().filter(l -> l.strip().startsWith(option)).findFirst().orElseThrow();
    assertThat(line).contains("(quick: " + quick).contains("others: " + code + ")");
  }

  /** Seed, epochs and both errors. */
  private static String scores(Path run) throws Exception {
    String row = Files.readAllLines(run.resolve("evaluation.csv")).get(1);
    return String.join(",", List.of(row.split(",")).subList(0, 4));
  }

  /** Epoch, rate, loss and accuracy of each epoch, after the header. */
  private static List<String> losses(Path run) throws Exception {
    return Files.readAllLines(run.resolve("training.csv")).stream()
        .map(row -> String.join(",", List.of(row.split(",")).subList(0, 4)))
        .toList();
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
