package io.github.oche.darts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import io.github.oche.data.Augmentation;
import io.github.oche.data.Dataset;
import io.github.oche.space.Genotype;
import io.github.oche.space.Supernet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SearcherTest {
  private static final Dataset DATA = Patterns.data(96);

  @TempDir Path temporary;

  private static SearchResult search(SearchSettings settings, int threads) {
    return new Searcher(settings).search(DATA, threads, SearchListener.NONE);
  }

  private static String bits(SearchResult result) {
    StringBuilder bits = new StringBuilder();
    result.epochs().forEach(e -> bits.append(e.stateSha256()).append(e.alphas()));
    return bits.toString();
  }

  @Test
  void learns() {
    SearchResult result = search(Patterns.settings().withEpochs(8), 2);
    EpochReport first = result.epochs().get(1);
    EpochReport last = result.epochs().get(8);
    assertThat(last.trainingLoss()).isLessThan(0.7 * first.trainingLoss());
    assertThat(last.validationLoss()).isLessThan(first.validationLoss());
    assertThat(last.trainingAccuracy()).isGreaterThan(0.7).isLessThanOrEqualTo(1);
    assertThat(result.genotype()).isEqualTo(last.genotype());
    assertThat(Genotype.parse(result.genotype().toString())).isEqualTo(result.genotype());
  }

  @ParameterizedTest
  @MethodSource("io.github.oche.darts.Patterns#choices")
  void sameSeedSameBitsForAnyNumberOfThreads(SearchHypergradient order) {
    SearchSettings settings = Patterns.settings().withHypergradient(order);
    String one = bits(search(settings, 1));
    assertThat(bits(search(settings, 2))).isEqualTo(one);
    assertThat(bits(search(settings, 3))).isEqualTo(one);
    assertThat(bits(search(settings.withSeed(3), 2))).isNotEqualTo(one);
  }

  @Test
  void everySettingMatters() {
    SearchSettings base = Patterns.settings().withBatch(8);
    Dataset few = Patterns.data(24);
    Map<String, SearchSettings> variants = new LinkedHashMap<>();
    variants.put("channels", base.withSize(5, 3));
    variants.put("cells", base.withSize(4, 4));
    variants.put("epochs", base.withEpochs(3));
    variants.put("batch", base.withBatch(7));
    variants.put("trainImages", base.withTrainImages(20));
    variants.put("split", base.withSplit(SplitRule.SHUFFLED, 0.5));
    variants.put("portion", base.withSplit(SplitRule.IN_ORDER, 0.4));
    variants.put("freshValidation", base.withFreshValidation(false));
    variants.put("crop", base.withAugmentation(Augmentation.NONE.withCropPadding(1)));
    variants.put("flip", base.withAugmentation(Augmentation.NONE.withFlip(true)));
    variants.put("cutout", base.withAugmentation(Augmentation.NONE.withCutout(2)));
    variants.put("second order", base.withHypergradient(SearchHypergradient.SECOND));
    variants.put("exact order", base.withHypergradient(SearchHypergradient.EXACT));
    variants.put("rate", base.withWeights(new Sgd(0.02, 0.001, 0.9, 3e-4, 5)));
    variants.put("final rate", base.withWeights(new Sgd(0.025, 0, 0.9, 3e-4, 5)));
    variants.put("momentum", base.withWeights(new Sgd(0.025, 0.001, 0.8, 3e-4, 5)));
    variants.put("decay", base.withWeights(new Sgd(0.025, 0.001, 0.9, 0, 5)));
    variants.put("clip", base.withWeights(new Sgd(0.025, 0.001, 0.9, 3e-4, 0.1)));
    variants.put("alpha rate", base.withArchitecture(new Adam(0.02, 0.5, 0.999, 1e-8, 1e-3)));
    variants.put("beta1", base.withArchitecture(new Adam(0.01, 0.6, 0.999, 1e-8, 1e-3)));
    variants.put("beta2", base.withArchitecture(new Adam(0.01, 0.5, 0.99, 1e-8, 1e-3)));
    variants.put("epsilon", base.withArchitecture(new Adam(0.01, 0.5, 0.999, 1e-4, 1e-3)));
    variants.put("alpha decay", base.withArchitecture(new Adam(0.01, 0.5, 0.999, 1e-8, 0)));
    variants.put("alpha deviation", base.withAlphaDeviation(0));
    variants.put("seed", base.withSeed(3));
    Map<String, String> seen = new LinkedHashMap<>();
    seen.put(bits(new Searcher(base).search(few, 2, SearchListener.NONE)), "base");
    variants.forEach(
        (name, settings) ->
            assertThat(
                    seen.put(
                        bits(new Searcher(settings).search(few, 2, SearchListener.NONE)), name))
                .as("%s equals", name)
                .isNull());
  }

  @Test
  void paperStartsFromEqualMixtures() {
    SearchResult result = search(Patterns.settings().withAlphaDeviation(0).withEpochs(1), 2);
    assertThat(result.epochs().get(0).alphas().toArray()).containsOnly(0);
    assertThat(result.epochs().get(1).alphas().toArray()).doesNotContain(0);
  }

  @Test
  void listenersHearEveryStepAndEpochInOrder() {
    List<String> heard = new ArrayList<>();
    SearchListener listener =
        new SearchListener() {
          @Override
          public void planned(long heapBytes) {
            heard.add("planned");
          }

          @Override
          public void started(Supernet supernet, EpochReport start) {
            heard.add("start " + start.epoch() + " of " + supernet.graph().mixingSize());
          }

          @Override
          public void step(SearchProgress p) {
            heard.add(p.epoch() + "/" + p.epochs() + " " + p.step() + "/" + p.stepsPerEpoch());
            assertThat(p.secondsLeft()).isNotNegative();
            assertThat(p.imagesPerSecond()).isPositive();
            assertThat(p.trainingLoss()).isPositive();
          }

          @Override
          public void epoch(EpochReport report) {
            heard.add("epoch " + report.epoch());
          }
        };
    new Searcher(Patterns.settings().withBatch(32))
        .search(DATA, 1, listener.and(SearchListener.NONE));
    assertThat(heard)
        .containsExactly(
            "planned",
            "start 0 of 224",
            "1/2 1/2",
            "1/2 2/2",
            "epoch 1",
            "2/2 1/2",
            "2/2 2/2",
            "epoch 2");
  }

  @Test
  void divergenceStopsTheSearchAndKeepsTheLastGoodEpoch() throws Exception {
    RunFolder folder = RunFolder.at(temporary.resolve("run"));
    SearchSettings wild =
        Patterns.settings()
            .withEpochs(60)
            .withWeights(new Sgd(1000, 1000, 0.99, 1, Double.POSITIVE_INFINITY));
    SearchFiles files = new SearchFiles(folder, ImmutableMap.of());
    Searcher searcher = new Searcher(wild);
    assertThatThrownBy(() -> searcher.search(DATA, 2, files)).isInstanceOf(DivergedException.class);
    assertThat(Files.readString(folder.path().resolve("alphas.csv"))).doesNotContain("NaN");
  }

  @Test
  void filesHoldTheRun() throws Exception {
    RunFolder folder = RunFolder.at(temporary.resolve("run"));
    SearchFiles files =
        new SearchFiles(folder, ImmutableMap.of("search", Provenance.of(Patterns.settings())));
    SearchResult result = new Searcher(Patterns.settings()).search(DATA, 2, files);

    List<CSVRecord> metrics = read(folder, "metrics.csv");
    assertThat(metrics).hasSize(3);
    assertThat(metrics.get(0).get(metrics.get(0).size() - 1)).isEqualTo("state_sha256");
    for (int epoch = 1; epoch <= 2; epoch++) {
      CSVRecord row = metrics.get(epoch);
      assertThat(row.get(0)).isEqualTo(Integer.toString(epoch));
      assertThat(row.get(row.size() - 1)).isEqualTo(result.epochs().get(epoch).stateSha256());
    }

    List<CSVRecord> alphas = read(folder, "alphas.csv");
    assertThat(alphas).hasSize(1 + 3 * 224);
    assertThat(alphas.get(0).toList())
        .containsExactly("epoch", "cell", "edge", "operation", "alpha");
    assertThat(alphas.get(1).toList().subList(0, 4)).containsExactly("0", "normal", "0", "none");
    assertThat(alphas.get(224 + 113 + 8).toList().subList(0, 4))
        .containsExactly("1", "reduce", "1", "none");
    for (int i = 0; i < 3 * 224; i++) {
      float parsed = Float.parseFloat(alphas.get(i + 1).get(4));
      assertThat((double) parsed).isEqualTo(result.epochs().get(i / 224).alphas().get(i % 224));
    }

    assertThat(Genotype.parse(Files.readString(folder.path().resolve("genotype.txt")).strip()))
        .isEqualTo(result.genotype());
    assertThat(Genotype.parse(Files.readString(folder.path().resolve("genotype.json"))))
        .isEqualTo(result.genotype());
    assertThat(folder.path().resolve("cells.svg")).exists();
    assertThat(Files.readString(folder.path().resolve("run.json")))
        .contains("\"alpha_deviation\" : 0.001");
  }

  private static List<CSVRecord> read(RunFolder folder, String name) throws Exception {
    try (CSVParser parser =
        CSVParser.parse(Files.readString(folder.path().resolve(name)), CSVFormat.RFC4180)) {
      return parser.getRecords();
    }
  }

  @Test
  void aNetworkThatNoHeapHoldsIsRefusedAtOnce() {
    Searcher vast = new Searcher(Patterns.settings().withSize(4096, 8));
    assertThatThrownBy(() -> vast.search(DATA, 1, SearchListener.NONE))
        .isInstanceOf(HeapException.class)
        .hasMessageContaining("the search needs");
  }

  @Test
  void theHeapToldGrowsWithBatchHypergradientAndImages() {
    SearchSettings settings = Patterns.settings().withEpochs(1).withBatch(16);
    long plain = heap(settings, DATA);
    assertThat(heap(settings, DATA)).isEqualTo(plain);
    // Activations are most of it, and they go with the batch.
    assertThat(heap(settings.withBatch(32), DATA)).isBetween(plain * 3 / 2, 2 * plain);
    assertThat(heap(settings.withHypergradient(SearchHypergradient.EXACT), DATA))
        .isGreaterThan(plain * 5 / 4);
    Dataset more = Patterns.data(480);
    assertThat(heap(settings, more))
        .isEqualTo(plain + (480 - 96) * (long) DATA.train().imageSize());
  }

  private static long heap(SearchSettings settings, Dataset data) {
    List<Long> heard = new ArrayList<>();
    SearchListener listener =
        new SearchListener() {
          @Override
          public void planned(long heapBytes) {
            heard.add(heapBytes);
          }
        };
    new Searcher(settings.withTrainImages(64)).search(data, 1, listener);
    assertThat(heard).hasSize(1);
    return heard.get(0);
  }

  @Test
  void whatDoesNotFitIsRefusedBeforeAnythingIsHeard() {
    SearchSettings settings = Patterns.settings();
    Searcher large = new Searcher(settings.withBatch(49));
    assertThatThrownBy(() -> large.search(DATA, 1, SearchListener.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("batch size 49");
    Searcher many = new Searcher(settings.withTrainImages(97));
    assertThatThrownBy(() -> many.search(DATA, 1, SearchListener.NONE))
        .isInstanceOf(IllegalArgumentException.class);
    Searcher fine = new Searcher(settings);
    assertThatThrownBy(() -> fine.search(DATA, 0, SearchListener.NONE))
        .hasMessageContaining("threads");
  }
}
