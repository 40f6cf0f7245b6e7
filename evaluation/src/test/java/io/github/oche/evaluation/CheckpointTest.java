package io.github.oche.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.util.concurrent.Uninterruptibles;
import io.github.oche.darts.Effort;
import io.github.oche.darts.RunFolder;
import io.github.oche.data.Augmentation;
import io.github.oche.data.Batches;
import io.github.oche.data.Dataset;
import io.github.oche.engine.FormatException;
import io.github.oche.engine.SafeTensors;
import io.github.oche.evaluation.model.Model;
import io.github.oche.space.Genotype;
import io.github.oche.space.Genotypes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
  private static final Genotype DARTS = Genotypes.named("DARTS_V2");
  private static final Dataset DATA = Patterns.data(48, 20);

  /** All that chance can touch is on: shuffles, crops, flips, squares cut out, dropped paths. */
  private static final RetrainingSettings SETTINGS =
      Patterns.settings()
          .withEpochs(4)
          .withDropPath(0.3)
          .withAugmentation(new Augmentation(1, true, 2));

  @TempDir private Path temporary;

  /** A training that never stopped, and its folder. */
  private record Whole(Path folder, RetrainingResult result) {}

  /** Trains with all files in the folder, from its checkpoint if it has one. */
  private static RetrainingResult train(
      Path folder, RetrainingSettings settings, int threads, RetrainingListener also) {
    ImmutableMap<String, Object> identity = Retraining.identity(DARTS, DATA, settings);
    RetrainingFiles files = new RetrainingFiles(RunFolder.of(folder, identity), identity);
    RetrainingResult result =
        Retraining.train(DARTS, DATA, settings, threads, files.and(also), files.checkpoint());
    files.result(result);
    files.removeCheckpoint();
    return result;
  }

  private Whole whole(RetrainingSettings settings) {
    Path folder = temporary.resolve("whole");
    return new Whole(folder, train(folder, settings, 1, RetrainingListener.NONE));
  }

  /** Ends the training right after a checkpoint, or, at epoch 0, in the first step. */
  private record Stop(int epoch) implements RetrainingListener {
    @Override
    public void step(TrainingProgress progress) {
      stopAt(epoch == 0);
    }

    @Override
    public void checkpoint(Checkpoint now) {
      stopAt(now.epochs().size() == epoch);
    }

    private static void stopAt(boolean here) {
      if (here) {
        throw new IllegalStateException("stopped");
      }
    }
  }

  private void stop(Path folder, RetrainingSettings settings, int threads, int epoch) {
    assertThatThrownBy(() -> train(folder, settings, threads, new Stop(epoch)))
        .hasMessage("stopped");
  }

  private static void assertSame(Path folder, RetrainingResult result, Whole whole)
      throws Exception {
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder(whole.folder().toFile().list());
    List<String> models = new ArrayList<>(List.of(Model.FILE_NAME));
    if (whole.result().best().isPresent()) {
      models.add(RetrainingFiles.BEST_MODEL);
    }
    for (String name : models) {
      assertThat(folder.resolve(name)).hasSameBinaryContentAs(whole.folder().resolve(name));
    }
    assertThat(timeless(folder)).isEqualTo(timeless(whole.folder()));
    assertThat(result.score()).isEqualTo(whole.result().score());
    assertThat(result.best()).isEqualTo(whole.result().best());
    assertThat(result.confusion()).isEqualTo(whole.result().confusion());
    for (int e = 0; e < result.epochs().size(); e++) {
      TrainingEpoch epoch = result.epochs().get(e);
      assertThat(epoch.validation()).isEqualTo(whole.result().epochs().get(e).validation());
    }
  }

  /** {@code training.csv} without seconds and images a second. */
  private static List<String> timeless(Path folder) throws Exception {
    return Files.readAllLines(folder.resolve("training.csv")).stream()
        .map(row -> Arrays.asList(row.split(",", -1)))
        .map(row -> String.join(",", row.subList(0, 4)) + "," + row.get(6))
        .toList();
  }

  /** Stopped in the first epoch, twice between epochs, and after the last one, before its score. */
  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "1, 0.25", "2, 0.25"})
  void aTrainingThatGoesOnEndsWithTheBitsOfOneThatNeverStopped(int threads, double validation)
      throws Exception {
    RetrainingSettings settings = SETTINGS.withValidation(validation);
    Whole whole = whole(settings);
    Path folder = temporary.resolve("stopped");
    for (int epoch : new int[] {0, 1, 3, 4}) {
      stop(folder, settings, threads, epoch);
      assertThat(Files.exists(folder.resolve(Checkpoint.FILE_NAME))).isEqualTo(epoch > 0);
    }
    List<Integer> resumed = new ArrayList<>();
    RetrainingListener listener =
        new RetrainingListener() {
          @Override
          public void drawn(Model start, Batches training) {
            throw new AssertionError("drawn again");
          }

          @Override
          public void resumed(ImmutableList<TrainingEpoch> epochs) {
            resumed.add(epochs.size());
          }

          @Override
          public void step(TrainingProgress progress) {
            throw new AssertionError("no step is left");
          }
        };
    RetrainingResult result = train(folder, settings, threads, listener);
    assertThat(resumed).containsExactly(4);
    assertSame(folder, result, whole);
  }

  /** Which epoch is the best is known from before the stop, and from after it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void theBestEpochMayLieOnEitherSideOfTheStop(int epoch) throws Exception {
    RetrainingSettings settings = SETTINGS.withEpochs(6).withValidation(0.25).withSeed(2);
    Whole whole = whole(settings);
    Path folder = temporary.resolve("stopped");
    stop(folder, settings, 2, epoch);
    assertSame(folder, train(folder, settings, 1, RetrainingListener.NONE), whole);
  }

  /** A process is killed with no chance to clean up, after an epoch that chance decides. */
  @Test
  void aKilledProcessChangesNothing() throws Exception {
    Whole whole = whole(SETTINGS.withEpochs(Endless.EPOCHS));
    Path folder = temporary.resolve("killed");
    Killed.when(
        folder.resolve(Checkpoint.FILE_NAME),
        Endless.class,
        folder,
        temporary.resolve("output.txt"));
    assertThat(folder.resolve(Checkpoint.FILE_NAME)).exists();
    RetrainingResult result =
        train(folder, SETTINGS.withEpochs(Endless.EPOCHS), 1, RetrainingListener.NONE);
    for (String scrap : List.of("checkpoint.safetensors.tmp", "training.csv.tmp")) {
      Files.deleteIfExists(folder.resolve(scrap));
    }
    assertSame(folder, result, whole);
  }

  /** The process that is killed: it never ends by itself. */
  static final class Endless {
    private static final int EPOCHS = 12;

    private Endless() {}

    public static void main(String[] arguments) {
      RetrainingListener endless =
          new RetrainingListener() {
            @Override
            public void step(TrainingProgress progress) {
              if (progress.epoch() == EPOCHS) {
                Uninterruptibles.sleepUninterruptibly(1, TimeUnit.HOURS);
              }
            }
          };
      train(Path.of(arguments[0]), SETTINGS.withEpochs(EPOCHS), 1, endless);
    }
  }

  @Test
  void theTimeBeforeTheStopCounts() throws Exception {
    Path folder = temporary.resolve("stopped");
    stop(folder, SETTINGS, 1, 3);
    Path file = folder.resolve(Checkpoint.FILE_NAME);
    Checkpoint read = Checkpoint.read(file);
    assertThat(read.seconds()).isPositive();
    assertThat(read.effort().coreSeconds()).isPositive();
    new Checkpoint(
            read.training(),
            read.weights(),
            read.velocity(),
            read.statistics(),
            read.best(),
            read.epochs(),
            5000,
            new Effort(6000, 7000))
        .write(file);
    List<Checkpoint> last = new ArrayList<>();
    RetrainingListener keeper =
        new RetrainingListener() {
          @Override
          public void checkpoint(Checkpoint now) {
            last.add(now);
          }
        };
    assertThat(train(folder, SETTINGS, 2, keeper).seconds()).isBetween(5000.0, 5900.0);
    assertThat(last).hasSize(1);
    assertThat(last.get(0).effort().coreSeconds()).isBetween(6000.0, 6900.0);
    assertThat(last.get(0).effort().cpuSeconds()).isBetween(7000.0, 7900.0);
  }

  @Test
  void aCheckpointOfAnotherTrainingIsRefusedNamingWhatDiffers() throws Exception {
    Path folder = temporary.resolve("stopped");
    stop(folder, SETTINGS, 1, 1);
    Path file = folder.resolve(Checkpoint.FILE_NAME);
    byte[] before = Files.readAllBytes(file);
    assertRefused(
        DARTS, DATA, SETTINGS.withEpochs(5), file, "evaluation.epochs is 4 there, 5 here");
    assertRefused(DARTS, DATA, SETTINGS.withSeed(1), file, "evaluation.seed is 0 there, 1 here");
    assertRefused(
        Genotypes.named("DARTS_V1"), DATA, SETTINGS, file, "genotype is Genotype(normal=");
    assertRefused(DARTS, Patterns.data(49, 20), SETTINGS, file, "data.sha256 is ");
    assertThat(file).hasBinaryContent(before);
  }

  private static void assertRefused(
      Genotype genotype, Dataset data, RetrainingSettings settings, Path file, String difference)
      throws Exception {
    Optional<Checkpoint> from = Optional.of(Checkpoint.read(file));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Retraining.train(genotype, data, settings, 1, RetrainingListener.NONE, from))
        .withMessageContaining("the checkpoint is of another training: " + difference);
  }

  @Test
  void aDamagedCheckpointIsToldWithWhatToDo() throws Exception {
    Path folder = temporary.resolve("stopped");
    stop(folder, SETTINGS.withValidation(0.25), 1, 2);
    Path file = folder.resolve(Checkpoint.FILE_NAME);
    byte[] good = Files.readAllBytes(file);
    for (int length : new int[] {0, 9, 100, good.length / 2, good.length - 1}) {
      Files.write(file, Arrays.copyOf(good, length));
      assertUnreadable(file);
    }
    int header = good.length - bytes(good);
    for (int at = header; at < good.length; at += 1 + bytes(good) / 50) { // in every tensor
      byte[] damaged = good.clone();
      damaged[at] ^= 1;
      Files.write(file, damaged);
      assertUnreadable(file);
    }
    Files.write(file, good);
    assertThat(Checkpoint.read(file).epochs()).hasSize(2);
    SafeTensors.writer().put("weights", ImmutableList.of(1), new float[1]).write(file);
    assertUnreadable(file);
  }

  /** Of the tensors, behind a header whose length stands in the first eight bytes. */
  private static int bytes(byte[] file) {
    int header = 0;
    for (int i = 3; i >= 0; i--) {
      header = header << 8 | (file[i] & 0xff);
    }
    return file.length - 8 - header;
  }

  private static void assertUnreadable(Path file) {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> Checkpoint.read(file))
        .withMessageStartingWith(file.toString())
        .withMessageEndingWith("; delete it, and the same command trains from the start");
  }

  @Test
  void aFileIsFloatsOfTheStateAndLittleMore() throws Exception {
    Path folder = temporary.resolve("stopped");
    stop(folder, SETTINGS, 1, 2);
    Path file = folder.resolve(Checkpoint.FILE_NAME);
    Checkpoint read = Checkpoint.read(file);
    int floats = 2 * read.weights().length + read.statistics().length;
    assertThat(Files.size(file)).isBetween(4L * floats, 4L * floats + 4096);
    Path again = temporary.resolve("again");
    read.write(again);
    assertThat(again).hasSameBinaryContentAs(file);
  }
}
