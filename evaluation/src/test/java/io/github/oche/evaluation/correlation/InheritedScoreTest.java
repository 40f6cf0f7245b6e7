package io.github.oche.evaluation.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.oche.darts.ImageShare;
import io.github.oche.darts.SearchedSupernet;
import io.github.oche.darts.SplitRule;
import io.github.oche.data.Augmentation;
import io.github.oche.data.Batch;
import io.github.oche.data.Batches;
import io.github.oche.data.Dataset;
import io.github.oche.data.ImageData;
import io.github.oche.data.Order;
import io.github.oche.data.Split;
import io.github.oche.engine.Network;
import io.github.oche.engine.Parameter;
import io.github.oche.engine.Plan;
import io.github.oche.engine.Workers;
import io.github.oche.evaluation.trial.DartsCells;
import io.github.oche.space.CellGenotype;
import io.github.oche.space.Gene;
import io.github.oche.space.Genotype;
import io.github.oche.space.Genotypes;
import io.github.oche.space.Supernet;
import io.github.oche.space.SupernetPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InheritedScoreTest {
  private static final Dataset DATA = Searched.DATA;
  private static final Genotype GENOTYPE = Genotypes.named("DARTS_V2");

  private SearchedSupernet searched;
  private Split split;

  @BeforeAll
  void search() {
    searched = Searched.supernet();
    split = searched.share().split(DATA);
  }

  private InheritedScore score(SearchedSupernet of, int batch, int calibration, int threads) {
    return new InheritedScore(of, split, DATA.normalisation(), batch, calibration, threads);
  }

  /** The whole supernet with mixing weights 1 and 0, its statistics and its answers read here. */
  private double byHand(Genotype genotype, int batch, int calibration) {
    Supernet supernet = searched.supernet();
    float[] mixing = new float[supernet.graph().mixingSize()];
    choose(genotype.normal(), mixing, supernet.normal().offset());
    choose(genotype.reduction(), mixing, supernet.reduction().offset());
    Batches training =
        new Batches(
            split.training(),
            batch,
            Order.SHUFFLED,
            Augmentation.NONE,
            DATA.normalisation(),
            searched.share().seed());
    try (Workers workers = new Workers(1)) {
      int most = split.validation().count();
      Network network = new Network(Plan.of(supernet.graph(), most, Plan.Purpose.SCORE), workers);
      for (Parameter p : supernet.graph().statistics().all()) {
        float start = p.name().endsWith("running_var") ? 1 : 0;
        Arrays.fill(network.statistics(), p.offset(), p.end(), start);
      }
      for (int step = 0; step < calibration; step++) {
        Batch images = training.at(step);
        network.load(images.images(), images.labels(), images.count());
        network.forward(searched.weights(), mixing, Network.Mode.TRAINING);
      }
      Batch all =
          new Batches(
                  split.validation(), most, Order.FILE, Augmentation.NONE, DATA.normalisation(), 0)
              .at(0);
      network.load(all.images(), all.labels(), all.count());
      network.forward(searched.weights(), mixing, Network.Mode.EVALUATION);
      int right = 0;
      for (int i = 0; i < most; i++) {
        float[] logits = Arrays.copyOfRange(network.logits(0), 3 * i, 3 * i + 3);
        int best = logits[0] >= logits[1] ? 0 : 1;
        best = logits[best] >= logits[2] ? best : 2;
        right += best == split.validation().label(i) ? 1 : 0;
      }
      return 100.0 * right / most;
    }
  }

  private static void choose(CellGenotype cell, float[] mixing, int offset) {
    int[] firstEdges = {0, 2, 5, 9};
    List<String> candidates =
        List.of(
            "none",
            "max_pool_3x3",
            "avg_pool_3x3",
            "skip_connect",
            "sep_conv_3x3",
            "sep_conv_5x5",
            "dil_conv_3x3",
            "dil_conv_5x5");
    for (int k = 0; k < cell.genes().size(); k++) {
      Gene gene = cell.genes().get(k);
      int edge = firstEdges[k / 2] + gene.input();
      mixing[offset + 8 * edge + candidates.indexOf(gene.operation())] = 1;
    }
  }

  @Test
  void itIsTheAccuracyOfTheSupernetWithAllWeightOnOnePath() {
    SplittableRandom random = new SplittableRandom(1);
    InheritedScore score = score(searched, 20, 30, 2);
    Set<Double> seen = new HashSet<>();
    for (int i = 0; i < 6; i++) {
      Genotype genotype = DartsCells.INSTANCE.random(random);
      double percent = score.evaluate(genotype);
      assertThat(percent).isCloseTo(byHand(genotype, 20, 30), within(1e-9));
      seen.add(percent);
    }
    assertThat(seen.size()).isGreaterThan(1); // it tells them apart
    assertThat(seen).anyMatch(percent -> percent > 50); // a third would be chance
  }

  @Test
  void onlyTheWeightsOfThePathMatterBitForBit() {
    SplittableRandom random = new SplittableRandom(1);
    List<Double> before = new ArrayList<>();
    List<Double> othersChanged = new ArrayList<>();
    List<Double> ownChanged = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Genotype genotype = DartsCells.INSTANCE.random(random);
      SupernetPath path = SupernetPath.of(searched.supernet(), genotype);
      float[] others = searched.weights().clone();
      float[] own = searched.weights().clone();
      for (Parameter p : searched.supernet().graph().parameters().all()) {
        boolean kept = path.graph().parameters().contains(p.name());
        for (int k = p.offset(); k < p.end(); k++) {
          (kept ? own : others)[k] += k % 2 == 0 ? 1 : -1;
        }
      }
      before.add(score(searched, 20, 10, 1).evaluate(genotype));
      othersChanged.add(score(with(others), 20, 10, 1).evaluate(genotype));
      ownChanged.add(score(with(own), 20, 10, 1).evaluate(genotype));
    }
    assertThat(othersChanged).isEqualTo(before);
    assertThat(ownChanged).isNotEqualTo(before);
  }

  private SearchedSupernet with(float[] weights) {
    float[] alphas = new float[searched.alphas().length];
    return new SearchedSupernet(
        searched.supernet(), searched.share(), searched.dataSha256(), weights, alphas);
  }

  @Test
  void theSameBitsForAnyNumberOfThreads() {
    double one = score(searched, 20, 10, 1).evaluate(GENOTYPE);
    assertThat(score(searched, 20, 10, 2).evaluate(GENOTYPE)).isEqualTo(one);
    assertThat(score(searched, 20, 10, 3).evaluate(GENOTYPE)).isEqualTo(one);
  }

  @Test
  void labelsOfTheCalibrationAreNotRead() {
    ImageData training = split.training();
    int[] none = new int[training.count()];
    byte[] pixels = new byte[training.count() * training.imageSize()];
    for (int i = 0; i < training.count(); i++) {
      for (int pixel = 0; pixel < training.imageSize(); pixel++) {
        int side = training.width();
        pixels[i * training.imageSize() + pixel] =
            (byte) training.pixel(i, 0, pixel / side, pixel % side);
      }
    }
    ImageData unlabelled =
        ImageData.of(1, training.height(), training.width(), training.classes(), pixels, none);
    InheritedScore score =
        new InheritedScore(
            searched, new Split(unlabelled, split.validation()), DATA.normalisation(), 20, 10, 1);
    assertThat(score.evaluate(GENOTYPE)).isEqualTo(score(searched, 20, 10, 1).evaluate(GENOTYPE));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> score(searched, 20, 10, 1).evaluate(Genotypes.named("AmoebaNet")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5 nodes");
    assertThatThrownBy(() -> score(searched, 20, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("calibration is 0 batches, expected at least 1");
    assertThatThrownBy(() -> score(searched, 61, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("batch size 61");
    Dataset other = Dataset.embedded();
    Split ofOther = new ImageShare(100, SplitRule.IN_ORDER, 0.5, 0).split(other);
    assertThatThrownBy(() -> new InheritedScore(searched, ofOther, other.normalisation(), 20, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the supernet reads images of 1x8x8, not 1x28x28");
  }
}
