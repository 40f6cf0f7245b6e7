package io.github.oche.darts;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.github.oche.data.Dataset;
import io.github.oche.data.ImageData;
import io.github.oche.data.Split;
import io.github.oche.engine.FormatException;
import io.github.oche.engine.SafeTensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchedSupernetTest {
  private static final Dataset DATA = Patterns.data(60);
  private static final SearchSettings SETTINGS =
      Patterns.settings()
          .withSplit(SplitRule.SHUFFLED, 0.6)
          .withTrainImages(50)
          .withBatch(10)
          .withSeed(-7);

  @TempDir private Path folder;

  private final AtomicReference<SearchedSupernet> kept = new AtomicReference<>();

  private SearchResult search(SearchListener other) {
    SearchListener keeper =
        new SearchListener() {
          @Override
          public void finished(SearchedSupernet searched) {
            kept.set(searched);
          }
        };
    return new Searcher(SETTINGS).search(DATA, 1, other.and(keeper));
  }

  private SearchedSupernet kept() {
    return Objects.requireNonNull(kept.get());
  }

  @Test
  void itIsTheStateAfterTheLastEpoch() {
    SearchResult result = search(SearchListener.NONE);
    EpochReport last = result.epochs().get(result.epochs().size() - 1);
    SearchState state = SearchState.start(kept().weights(), kept().alphas());
    assertThat(state.sha256()).isEqualTo(last.stateSha256());
    assertThat(kept().genotype()).isEqualTo(result.genotype());
  }

  @Test
  void whatASearchWritesReadsBackAsItWas() throws Exception {
    RunFolder run = RunFolder.at(folder.resolve("run"));
    search(new SearchFiles(run, ImmutableMap.of()));
    Path file = run.path().resolve(SearchedSupernet.FILE_NAME);
    SearchedSupernet read = SearchedSupernet.read(file);
    assertThat(read.weights()).isEqualTo(kept().weights());
    assertThat(read.alphas()).isEqualTo(kept().alphas());
    assertThat(read.share()).isEqualTo(kept().share()).isEqualTo(ImageShare.of(SETTINGS));
    assertThat(read.supernet().space().macro()).isEqualTo(kept().supernet().space().macro());
    Path again = folder.resolve("again.safetensors");
    read.write(again);
    assertThat(again).hasSameBinaryContentAs(file);
  }

  @Test
  void aShareTakesSoManyImagesAndGivesEachToOneSide() {
    Split split = ImageShare.of(SETTINGS).split(DATA);
    assertThat(split.training().count()).isEqualTo(30);
    assertThat(split.validation().count()).isEqualTo(20);
    ImmutableSet<String> training = texts(split.training());
    assertThat(training).hasSize(30); // the noise makes all images different
    assertThat(texts(split.validation())).hasSize(20).doesNotContainAnyElementsOf(training);
    ImageShare other = new ImageShare(50, SplitRule.SHUFFLED, 0.6, 8);
    assertThat(texts(other.split(DATA).training())).isNotEqualTo(training);
  }

  private static ImmutableSet<String> texts(ImageData images) {
    ImmutableSet.Builder<String> texts = ImmutableSet.builder();
    for (int i = 0; i < images.count(); i++) {
      StringBuilder text = new StringBuilder();
      for (int pixel = 0; pixel < images.imageSize(); pixel++) {
        text.append(images.pixel(i, 0, pixel / Patterns.SIDE, pixel % Patterns.SIDE)).append(' ');
      }
      texts.add(text.toString());
    }
    return texts.build();
  }

  @Test
  void aFileThatIsNoneIsRefusedInOneLine() throws Exception {
    search(new SearchFiles(RunFolder.at(folder.resolve("run")), ImmutableMap.of()));
    Path file = folder.resolve("run").resolve(SearchedSupernet.FILE_NAME);
    byte[] bytes = Files.readAllBytes(file);
    Path cut = folder.resolve("cut.safetensors");
    Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> SearchedSupernet.read(cut))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("cut short or damaged");
    assertRefused(bytes, "\"kind\":\"supernet\"", "\"kind\":\"superset\"", "a \"superset\"");
    assertRefused(bytes, "\"layers\":\"3\"", "\"layers\":\"9\"", "no such last cell");
    assertRefused(bytes, "\"channels\":\"4\"", "\"channels\":\"5\"", "has shape");
    assertRefused(
        bytes, "\"split\":\"shuffled\"", "\"split\":\"shuffler\"", "in_order or shuffled");
    assertRefused(bytes, "\"portion\":\"0.6\"", "\"portion\":\"6.0\"", "less than 1");
    assertRefused(bytes, "\"seed\":\"-7\"", "\"seed\":\"x7\"", "expected a whole number");
    assertRefused(bytes, "\"classes\":", "\"classed\":", "no metadata \"classes\"");
    Path other = folder.resolve("other.safetensors");
    SafeTensors.writer().metadata("format", "pt").write(other);
    assertThatThrownBy(() -> SearchedSupernet.read(other))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("no supernet of a search");
  }

  private void assertRefused(byte[] bytes, String text, String changed, String message)
      throws Exception {
    String all = new String(bytes, ISO_8859_1);
    assertThat(all).contains(text);
    Path file = folder.resolve("changed.safetensors");
    Files.write(file, all.replace(text, changed).getBytes(ISO_8859_1));
    assertThatThrownBy(() -> SearchedSupernet.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }
}
