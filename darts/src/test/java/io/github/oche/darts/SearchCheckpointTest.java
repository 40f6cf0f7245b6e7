package io.github.oche.darts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.oche.data.Augmentation;
import io.github.oche.data.Batches;
import io.github.oche.data.Dataset;
import io.github.oche.engine.FormatException;
import io.github.oche.engine.SafeTensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SearchCheckpointTest {
  private static final Dataset DATA = Patterns.data(48);

  /** All that chance can touch is on: α of the start, shuffles, fresh draws, crops, flips. */
  private static final SearchSettings SETTINGS =
      Patterns.settings()
          .withEpochs(3)
          .withBatch(8)
          .withFreshValidation(true)
          .withAugmentation(new Augmentation(1, true, 2));

  @TempDir private Path temporary;

  /** Searches with all files in the folder, from its checkpoint if it has one. */
  private static SearchResult search(
      Path folder, SearchSettings settings, int threads, SearchListener also) {
    Searcher searcher = new Searcher(settings);
    ImmutableMap<String, Object> identity = searcher.identity(DATA);
    SearchFiles files = new SearchFiles(RunFolder.of(folder, identity), identity);
    return searcher.search(
        searcher.space(DATA), DATA, threads, files.and(also), files.checkpoint());
  }

  /** Ends the search right after a checkpoint, or, at epoch 0, in the first step. */
  private record Stop(int epoch) implements SearchListener {
    @Override
    public void step(SearchProgress progress) {
      stopAt(epoch == 0);
    }

    @Override
    public void checkpoint(SearchCheckpoint now) {
      stopAt(now.epochs().size() - 1 == epoch);
    }

    private static void stopAt(boolean here) {
      if (here) {
        throw new IllegalStateException("stopped");
      }
    }
  }

  private static void stop(Path folder, SearchSettings settings, int threads, int epoch) {
    assertThatThrownBy(() -> search(folder, settings, threads, new Stop(epoch)))
        .hasMessage("stopped");
  }

  /** Stopped in the first epoch, twice between epochs, and after the last one. */
  @ParameterizedTest
  @MethodSource("io.github.oche.darts.Patterns#choices")
  void aSearchThatGoesOnEndsWithTheBitsOfOneThatNeverStopped(SearchHypergradient choice)
      throws Exception {
    SearchSettings settings = SETTINGS.withHypergradient(choice);
    Path whole = temporary.resolve("whole");
    SearchResult expected = search(whole, settings, 1, SearchListener.NONE);
    Path folder = temporary.resolve("stopped");
    for (int epoch = 0; epoch <= 3; epoch++) {
      stop(folder, settings, 1 + epoch % 2, epoch);
      assertThat(Files.exists(folder.resolve(SearchCheckpoint.FILE_NAME))).isEqualTo(epoch > 0);
    }
    List<Integer> resumed = new ArrayList<>();
    SearchListener listener =
        new SearchListener() {
          @Override
          public void drawn(SearchState state, Batches training, Batches validation) {
            throw new AssertionError("drawn again");
          }

          @Override
          public void resumed(ImmutableList<EpochReport> epochs) {
            resumed.add(epochs.size());
          }

          @Override
          public void step(SearchProgress progress) {
            throw new AssertionError("no step is left");
          }
        };
    SearchResult result = search(folder, settings, 2, listener);
    assertThat(resumed).containsExactly(4);
    assertThat(result.genotype()).isEqualTo(expected.genotype());
    assertThat(result.epochs().stream().map(EpochReport::stateSha256))
        .containsExactlyElementsOf(
            expected.epochs().stream().map(EpochReport::stateSha256).toList());
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder(whole.toFile().list());
    for (String name :
        List.of("alphas.csv", "genotype.txt", "cells.svg", SearchedSupernet.FILE_NAME)) {
      assertThat(folder.resolve(name)).hasSameBinaryContentAs(whole.resolve(name));
    }
    assertThat(timeless(folder)).isEqualTo(timeless(whole));
  }

  /** {@code metrics.csv} without seconds and images a second. */
  private static List<String> timeless(Path folder) throws Exception {
    return Files.readAllLines(folder.resolve("metrics.csv")).stream()
        .map(row -> Arrays.asList(row.split(",", -1)))
        .map(row -> String.join(",", row.subList(0, 7)) + "," + row.get(9))
        .toList();
  }

  @Test
  void theTimeBeforeTheStopCounts() throws Exception {
    Path folder = temporary.resolve("stopped");
    stop(folder, SETTINGS, 1, 2);
    Path file = folder.resolve(SearchCheckpoint.FILE_NAME);
    SearchCheckpoint read = SearchCheckpoint.read(file);
    assertThat(read.seconds()).isPositive();
    assertThat(read.effort().coreSeconds()).isPositive();
    new SearchCheckpoint(read.search(), read.state(), read.epochs(), 5000, new Effort(6000, 7000))
        .write(file);
    List<SearchCheckpoint> last = new ArrayList<>();
    SearchListener keeper =
        new SearchListener() {
          @Override
          public void checkpoint(SearchCheckpoint now) {
            last.add(now);
          }
        };
    search(folder, SETTINGS, 2, keeper);
    assertThat(last).hasSize(1);
    assertThat(last.get(0).seconds()).isBetween(5000.0, 5900.0);
    assertThat(last.get(0).effort().coreSeconds()).isBetween(6000.0, 6900.0);
    assertThat(last.get(0).effort().cpuSeconds()).isBetween(7000.0, 7900.0);
  }

  @Test
  void aCheckpointOfAnotherSearchIsRefusedNamingWhatDiffers() throws Exception {
    Path folder = temporary.resolve("stopped");
    stop(folder, SETTINGS, 1, 1);
    Path file = folder.resolve(SearchCheckpoint.FILE_NAME);
    byte[] before = Files.readAllBytes(file);
    assertRefused(SETTINGS.withEpochs(5), DATA, file, "search.epochs is 3 there, 5 here");
    assertRefused(SETTINGS.withSeed(1), DATA, file, "search.seed is 2 there, 1 here");
    assertRefused(SETTINGS, Patterns.data(49), file, "data.sha256 is ");
    assertThat(file).hasBinaryContent(before);
  }

  private static void assertRefused(
      SearchSettings settings, Dataset data, Path file, String difference) throws Exception {
    Optional<SearchCheckpoint> from = Optional.of(SearchCheckpoint.read(file));
    Searcher searcher = new Searcher(settings);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> searcher.search(searcher.space(data), data, 1, SearchListener.NONE, from))
        .withMessageContaining("the checkpoint is of another search: " + difference);
  }

  /** Settings and data say nothing of a space of one's own. */
  @Test
  void aCheckpointOfAnotherSpaceIsRefused() throws Exception {
    Path folder = temporary.resolve("stopped");
    stop(folder, SETTINGS, 1, 1);
    SearchCheckpoint from = SearchCheckpoint.read(folder.resolve(SearchCheckpoint.FILE_NAME));
    Searcher searcher = new Searcher(SETTINGS);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                searcher.search(
                    new Searcher(SETTINGS.withSize(5, 3)).space(DATA),
                    DATA,
                    1,
                    SearchListener.NONE,
                    Optional.of(from)))
        .withMessageContaining("the checkpoint has " + from.state().weights().length + " weights");
  }

  @Test
  void aDamagedCheckpointIsToldWithWhatToDo() throws Exception {
    Path folder = temporary.resolve("stopped");
    stop(folder, SETTINGS, 1, 2);
    Path file = folder.resolve(SearchCheckpoint.FILE_NAME);
    byte[] good = Files.readAllBytes(file);
    for (int length : new int[] {0, 9, 100, good.length / 2, good.length - 1}) {
      Files.write(file, Arrays.copyOf(good, length));
      assertUnreadable(file);
    }
    for (int at = 8; at < good.length; at += 1 + good.length / 200) { // header and tensors
      byte[] damaged = good.clone();
      damaged[at] ^= 1;
      Files.write(file, damaged);
      assertUnreadable(file);
    }
    Files.write(file, good);
    assertThat(SearchCheckpoint.read(file).epochs()).hasSize(3);
    SafeTensors.writer().put("weights", ImmutableList.of(1), new float[1]).write(file);
    assertUnreadable(file);
    new CheckedTensors(ImmutableMap.of(), ImmutableMap.of(), ImmutableMap.of())
        .write(file, "checkpoint of a search");
    assertUnreadable(file);
  }

  private static void assertUnreadable(Path file) {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> SearchCheckpoint.read(file))
        .withMessageStartingWith(file.toString())
        .withMessageEndingWith("; delete it, and the same command searches from the start");
  }

  @Test
  void aFileIsFloatsOfTheStateAndLittleMore() throws Exception {
    Path folder = temporary.resolve("stopped");
    stop(folder, SETTINGS, 1, 2);
    Path file = folder.resolve(SearchCheckpoint.FILE_NAME);
    SearchCheckpoint read = SearchCheckpoint.read(file);
    long floats = 2L * read.state().weights().length;
    assertThat(Files.size(file)).isBetween(4 * floats, 4 * floats + 16384);
    Path again = temporary.resolve("again");
    read.write(again);
    assertThat(again).hasSameBinaryContentAs(file);
  }
}
