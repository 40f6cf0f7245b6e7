package io.github.oche.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.oche.darts.FolderLock;
import io.github.oche.evaluation.RetrainingSettings;
import io.github.oche.space.Genotypes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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

  /** The same with two seeds. */
  private static final List<String> SEVERAL =
      Stream.concat(TINY.stream().limit(TINY.size() - 1), Stream.of("--seeds=3,5")).toList();

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
        .contains("epoch 1", "test error", "of 1,000 images")
        .doesNotContain("one nearest neighbour") // which would know more training images
        .containsPattern("needs about 0\\.\\d\\d GB of the heap's \\d+\\.\\d\\d GB")
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
    assertThat(rows.get(1)).startsWith("3,1,").endsWith(",,,,"); // no epoch was chosen
    assertThat(Files.readString(run.resolve("summary.json")))
        .contains("\"seeds\" : [ 3 ]", "\"test_error_percent\"")
        .doesNotContain("deviation");
    assertThat(run.resolve("best.safetensors")).doesNotExist();
  }

  @Test
  void eachClassHasALineAndARow() throws Exception {
    Path run = folder.resolve("run");
    assertThat(evaluate(run)).as(err.toString()).isEqualTo(ExitCode.DONE);
    List<String> names =
        List.of("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt");
    for (String name : names) {
      assertThat(out.toString()).containsPattern("  " + name + " +\\d+ +[01]\\.\\d{3} ");
    }
    List<String> confusion = Files.readAllLines(run.resolve("confusion.csv"));
    assertThat(confusion).hasSize(11);
    assertThat(confusion.get(0)).startsWith("class,T-shirt/top,Trouser,");
    int right = 0;
    int all = 0;
    for (int label = 0; label < 10; label++) {
      String[] row = confusion.get(label + 1).split(",");
      right += Integer.parseInt(row[label + 1]);
      all += Stream.of(row).skip(1).mapToInt(Integer::parseInt).sum();
    }
    assertThat(all).isEqualTo(1000);
    double error = Double.parseDouble(column(scores(run), 2));
    assertThat((1000 - right) / 10.0).isCloseTo(error, within(1e-9));
    assertThat(Files.readAllLines(run.resolve("classes.csv"))).hasSize(11);
  }

  /** Each seed's folder is what an evaluation with that seed alone makes. */
  @Test
  void severalSeedsAreSeveralRunsInOneFolder() throws Exception {
    Path run = folder.resolve("run");
    assertThat(console.run(SEVERAL, "--out=" + run)).as(err.toString()).isEqualTo(ExitCode.DONE);
    assertThat(out.toString())
        .containsPattern("2 seeds: test error \\d+\\.\\d\\d ± \\d+\\.\\d\\d% of 1,000 images")
        .containsPattern("parameters, [\\d,]+ multiply-adds; \\d+s a seed, \\d+s in all");
    assertThat(run.toFile().list())
        .containsExactlyInAnyOrder(
            "run.json",
            "genotype.txt",
            "cells.svg",
            "evaluation.csv",
            "summary.json",
            "seed-3",
            "seed-5");
    assertThat(Files.readString(run.resolve("run.json"))).contains("\"seeds\" : [ 3, 5 ]");
    List<String> rows = Files.readAllLines(run.resolve("evaluation.csv"));
    assertThat(rows).hasSize(3);
    double sum = 0;
    for (int i = 1; i <= 2; i++) {
      String seed = List.of("3", "5").get(i - 1);
      Path own = run.resolve("seed-" + seed);
      Path alone = folder.resolve("alone-" + seed);
      assertThat(evaluate(alone, "--seed=" + seed)).isEqualTo(ExitCode.DONE);
      assertThat(own.toFile().list()).containsExactlyInAnyOrder(alone.toFile().list());
      assertThat(scores(own)).isEqualTo(scores(alone));
      assertThat(own.resolve("model.safetensors"))
          .hasSameBinaryContentAs(alone.resolve("model.safetensors"));
      assertThat(Files.readString(own.resolve("run.json"))).contains("\"seed\" : " + seed);
      assertThat(rows.get(i)).isEqualTo(Files.readAllLines(own.resolve("evaluation.csv")).get(1));
      sum += Double.parseDouble(column(scores(own), 2));
    }
    assertThat(Files.readString(run.resolve("summary.json"))).contains("\"mean\" : " + sum / 2);
    assertThat(Genotypes.resolve(run.toString())).isEqualTo(Genotypes.named("DARTS_V2"));
  }

  /** The command ends, as if killed, when it would print a line that begins so. */
  private void interruptAt(String start, List<String> command, Path run) {
    PrintWriter interrupted =
        new PrintWriter(out) {
          @Override
          public void println(String line) {
            if (line.startsWith(start)) {
              throw new IllegalStateException("interrupted");
            }
            super.println(line);
          }
        };
    List<String> arguments = new ArrayList<>(command);
    arguments.add("--out=" + run);
    assertThat(Oche.run(interrupted, new PrintWriter(err), arguments.toArray(new String[0])))
        .isEqualTo(ExitCode.FAILED);
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
  }

  private static List<String> with(List<String> command, String... changes) {
    return Stream.concat(command.stream(), Stream.of(changes)).toList();
  }

  @Test
  void whatWasTrainedBeforeAnInterruptionIsKeptAndTheSameCommandGoesOn() throws Exception {
    List<String> command = with(SEVERAL, "--epochs=3", "--validation=0.25");
    Path run = folder.resolve("run");
    interruptAt("epoch 3", command, folder.resolve("other")); // of the first seed
    interruptAt(
        "training from scratch: 2 channels, 2 cells, 3 epochs, batch 4, seed 5", command, run);
    assertThat(Files.readAllLines(run.resolve("evaluation.csv"))).hasSize(2);
    assertThat(Files.readString(run.resolve("summary.json"))).contains("\"seeds\" : [ 3 ]");
    assertThat(run.resolve("seed-3/model.safetensors")).isNotEmptyFile();
    assertThat(run.resolve("seed-5")).doesNotExist();
    interruptAt("epoch 2", command, run); // of the second seed
    assertThat(run.resolve("seed-5/checkpoint.safetensors")).isNotEmptyFile();

    assertThat(console.run(command, "--out=" + run)).as(err.toString()).isEqualTo(ExitCode.DONE);
    assertThat(out.toString())
        .contains("done already, and read back from " + run.resolve("seed-3"))
        .contains("goes on after epoch 2")
        .contains("2 seeds: test error");
    assertThat(console.run(command, "--out=" + folder.resolve("other"))).isEqualTo(ExitCode.DONE);
    Path whole = folder.resolve("whole");
    assertThat(console.run(command, "--out=" + whole)).isEqualTo(ExitCode.DONE);
    for (String stopped : List.of("run", "other")) {
      for (String seed : List.of("seed-3", "seed-5")) {
        Path own = folder.resolve(stopped).resolve(seed);
        assertThat(own.toFile().list())
            .containsExactlyInAnyOrder(whole.resolve(seed).toFile().list());
        for (String model : List.of("model.safetensors", "best.safetensors")) {
          assertThat(own.resolve(model)).hasSameBinaryContentAs(whole.resolve(seed).resolve(model));
        }
        assertThat(losses(own)).isEqualTo(losses(whole.resolve(seed)));
      }
      assertThat(scores(folder.resolve(stopped))).isEqualTo(scores(whole));
      assertThat(folder.resolve(stopped).toFile().list())
          .containsExactlyInAnyOrder(whole.toFile().list());
    }
  }

  @Test
  void aTrainingGoesOnAfterItsLastWholeEpochAndIsToldAgainWhenDone() throws Exception {
    List<String> command = with(TINY, "--epochs=3");
    Path run = folder.resolve("run");
    interruptAt("epoch 2", command, run);
    assertThat(console.run(command, "--threads=1", "--out=" + run)).isEqualTo(ExitCode.DONE);
    assertThat(out.toString()).contains("goes on after epoch 2").doesNotContain("epoch 1  ");
    assertThat(run.toFile().list())
        .doesNotContain("checkpoint.safetensors")
        .allMatch(name -> !name.endsWith(".tmp"));
    Path whole = folder.resolve("whole");
    assertThat(console.run(command, "--out=" + whole)).isEqualTo(ExitCode.DONE);
    assertThat(losses(run)).isEqualTo(losses(whole)).hasSize(4);
    assertThat(run.resolve("model.safetensors"))
        .hasSameBinaryContentAs(whole.resolve("model.safetensors"));

    byte[] before = Files.readAllBytes(run.resolve("evaluation.csv"));
    String error =
        out.toString().lines().filter(l -> l.startsWith("test error")).findFirst().orElseThrow();
    out.getBuffer().setLength(0);
    assertThat(console.run(command, "--out=" + run)).isEqualTo(ExitCode.DONE);
    assertThat(out.toString()).contains("done already", error);
    assertThat(run.resolve("evaluation.csv")).hasBinaryContent(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--epochs=4 | evaluation.epochs is 3 there, 4 here",
        "--seed=4 | evaluation.seed is 3 there, 4 here",
        "--genotype=DARTS_V1 | genotype is Genotype(normal=",
        "--train-images=9 | evaluation.train_images is 8 there, 9 here",
        "--validation=0.25 | evaluation.validation is 0.0 there, 0.25 here"
      })
  void whatWasInterruptedDoesNotGoOnWithOtherSettings(String option, String message)
      throws Exception {
    List<String> command = with(TINY, "--epochs=3");
    Path run = folder.resolve("run");
    interruptAt("epoch 2", command, run);
    byte[] before = Files.readAllBytes(run.resolve("checkpoint.safetensors"));
    assertThat(console.run(command, option, "--out=" + run)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString())
        .startsWith("oche evaluate: output folder " + run + " is a run of other settings: ")
        .contains(message)
        .endsWith("; choose another\n");
    assertThat(run.resolve("checkpoint.safetensors")).hasBinaryContent(before);
  }

  @Test
  void aDamagedCheckpointIsOneLineThatSaysWhatToDo() throws Exception {
    List<String> command = with(TINY, "--epochs=3");
    Path run = folder.resolve("run");
    interruptAt("epoch 2", command, run);
    Path checkpoint = run.resolve("checkpoint.safetensors");
    Files.write(checkpoint, Arrays.copyOf(Files.readAllBytes(checkpoint), 5000));
    assertThat(console.run(command, "--out=" + run)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString())
        .startsWith("oche evaluate: " + checkpoint)
        .endsWith("; delete it, and the same command trains from the start\n");
    Files.delete(checkpoint);
    assertThat(console.run(command, "--out=" + run)).isEqualTo(ExitCode.DONE);
    assertThat(out.toString()).doesNotContain("goes on").contains("epoch 1  ");
  }

  @Test
  void twoProcessesDoNotTrainInOneFolder() throws Exception {
    List<String> command = with(TINY, "--epochs=3");
    Path run = folder.resolve("run");
    interruptAt("epoch 2", command, run);
    try (FolderLock other = new FolderLock(run)) {
      other.take();
      assertThat(console.run(command, "--out=" + run)).isEqualTo(ExitCode.BAD_INPUT);
      assertThat(err.toString().lines()).hasSize(1);
      assertThat(err.toString()).contains("a run is under way in " + run);
    }
    assertThat(console.run(command, "--out=" + run)).isEqualTo(ExitCode.DONE);
  }

  @Test
  void heldOutImagesChooseAnEpoch() throws Exception {
    Path run = folder.resolve("run");
    assertThat(evaluate(run, "--validation=0.25", "--epochs=3", "--train-images=40"))
        .as(err.toString())
        .isEqualTo(ExitCode.DONE);
    assertThat(out.toString()).containsPattern("epoch 1  loss .*  validation error \\d+\\.\\d\\d%");
    List<String> validation =
        Files.readAllLines(run.resolve("training.csv")).stream()
            .skip(1)
            .map(row -> column(row, 6))
            .toList();
    String fewest =
        validation.stream().min(Comparator.comparingDouble(Double::parseDouble)).orElseThrow();
    int epoch = validation.indexOf(fewest) + 1;
    assertThat(out.toString()).contains("epoch " + epoch + ", the best by validation (");
    String row = Files.readAllLines(run.resolve("evaluation.csv")).get(1);
    String best = row.substring(row.lastIndexOf('"') + 1);
    assertThat(best).startsWith("," + epoch + "," + fewest + ",");
    String error = String.format(Locale.ROOT, "%.2f", Double.parseDouble(column(best, 3)));
    assertThat(console.run("score", run.resolve("best.safetensors").toString()))
        .isEqualTo(ExitCode.DONE);
    assertThat(out.toString().lines().reduce((a, b) -> b).orElseThrow())
        .startsWith("test error " + error + "%");
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
        "--auxiliary-weight=0.4",
        "--validation=0.25"
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
        "--validation=-0.1 | validation is -0.1, expected at least 0",
        "--validation=1 | validation is 1.0",
        "--validation=NaN | validation is NaN",
        "--validation=0.01 | validation 0.01 of 8 training images holds out 0 and leaves 8",
        "--validation=0.99 | validation 0.99 of 8 training images holds out 8 and leaves 0",
        "--validation=0.75 | batch size 4 is larger than the 2 images",
        "--seeds=1 | --seed and --seeds are both given, expected one of the two",
        "--genotype=Genotype(normal=[(\"sep_conv_9x9\",1) | (in \"normal\", pair 0, node 2)",
        "--preset=fast | --preset is \"fast\", expected quick, code or paper",
        "--data=nowhere.bin | nowhere.bin: no such file or folder"
      })
  void badInputIsOneLineAndNothingIsWritten(String option, String message) throws Exception {
    assertThat(evaluate(folder.resolve("run"), option)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).startsWith("oche evaluate: ").contains(message);
    assertThat(files()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--seeds=1,2,1 | --seeds has 1 twice, expected each once",
        "--seeds=1,+1 | --seeds is \"1,+1\", expected whole numbers such as 0,1,2",
        "--seeds=1,,2 | --seeds is \"1,,2\", expected whole numbers such as 0,1,2",
        "--seeds= | --seeds is \"\", expected whole numbers",
        "--seeds=a | --seeds is \"a\", expected whole numbers",
        "--seeds=0.5 | --seeds is \"0.5\", expected whole numbers",
        "--seeds=1,99999999999999999999 | expected whole numbers"
      })
  void seedsThatAreNoneAreRefused(String option, String message) throws Exception {
    assertThat(console.run(SEVERAL, option, "--out=" + folder.resolve("run")))
        .isEqualTo(ExitCode.BAD_INPUT);
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
    assertThat(console.run(SEVERAL, "--channels=4096", "--out=" + folder.resolve("run")))
        .isEqualTo(ExitCode.NO_MEMORY_OR_SPACE);
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

  private static String column(String row, int column) {
    return List.of(row.split(",")).get(column);
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
