package io.github.oche.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.oche.darts.DivergedException;
import io.github.oche.darts.HeapException;
import io.github.oche.darts.Sgd;
import io.github.oche.data.Augmentation;
import io.github.oche.data.Dataset;
import io.github.oche.data.ImageData;
import io.github.oche.engine.Shape;
import io.github.oche.evaluation.model.Model;
import io.github.oche.space.Cost;
import io.github.oche.space.DartsMacro;
import io.github.oche.space.DerivedNetwork;
import io.github.oche.space.Genotype;
import io.github.oche.space.Genotypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetrainingTest {
  private static final Genotype DARTS = Genotypes.named("DARTS_V2");
  private static final Dataset DATA = Patterns.data(48, 20);
  private static final Double[] KNOWN = {1.4046334323885943, 1.3348638067000407};

  private static RetrainingResult train(RetrainingSettings settings, int threads) {
    return Retraining.train(DARTS, DATA, settings, threads, RetrainingListener.NONE);
  }

  /** The data with other images. */
  private static Dataset data(ImageData train, Optional<ImageData> test) {
    return new Dataset(
        DATA.name(),
        train,
        test,
        DATA.classNames(),
        DATA.normalisation(),
        DATA.nearestNeighbourPercent(),
        DATA.notes());
  }

  /** All that chance and settings decide, to the bit; not what the clock does. */
  private static String bits(RetrainingResult result) {
    StringBuilder bits = new StringBuilder(result.score().toString());
    for (TrainingEpoch e : result.epochs()) {
      bits.append(' ').append(e.rate()).append(' ').append(e.loss()).append(' ');
      bits.append(e.accuracy()).append(e.validation());
    }
    return bits.append(result.best()).append(result.confusion()).toString();
  }

  @Test
  void learnsWhatItHasNotSeen() {
    Dataset data = Patterns.data(96, 60);
    RetrainingSettings settings = Patterns.settings().withEpochs(12);
    RetrainingResult result = Retraining.train(DARTS, data, settings, 2, RetrainingListener.NONE);
    assertThat(result.score().errorPercent()).isLessThan(20); // chance: 66.7
    assertThat(result.score().top5ErrorPercent()).isZero();
    assertThat(result.score().images()).isEqualTo(60);
    TrainingEpoch first = result.epochs().get(0);
    TrainingEpoch last = result.epochs().get(11);
    assertThat(last.loss()).isLessThan(0.5 * first.loss());
    assertThat(last.accuracy()).isGreaterThan(0.8);
    assertThat(first.rate()).isEqualTo(0.05);
    assertThat(last.rate()).isLessThan(0.002);
  }

  @Test
  void sameSeedSameBitsForAnyNumberOfThreads() {
    RetrainingSettings settings =
        Patterns.settings().withDropPath(0.3).withAugmentation(new Augmentation(1, true, 2));
    String one = bits(train(settings, 1));
    assertThat(bits(train(settings, 1))).isEqualTo(one);
    assertThat(bits(train(settings, 3))).isEqualTo(one);
    assertThat(bits(train(settings.withSeed(1), 2))).isNotEqualTo(one);
  }

  /** But for the order in which gradients are added up, which may change them and did. */
  @Test
  void aSeedGivesTheBitsThatItAlwaysGave() {
    RetrainingSettings settings =
        Patterns.settings()
            .withDropPath(0.3)
            .withTrainImages(40)
            .withAugmentation(new Augmentation(1, true, 2));
    RetrainingResult result = train(settings, 2);
    assertThat(result.epochs().stream().map(TrainingEpoch::loss)).containsExactly(KNOWN);
  }

  @Test
  void holdingOutChangesNothingButTheImages() {
    RetrainingSettings settings = Patterns.settings().withDropPath(0.3);
    long seed = Retraining.Seeds.of(settings.seed()).validation();
    HeldOut parts = HeldOut.of(DATA.train(), 0.25, seed);
    Dataset fewer = data(parts.training(), DATA.test());
    RetrainingResult without = Retraining.train(DARTS, fewer, settings, 2, RetrainingListener.NONE);
    RetrainingResult with = train(settings.withValidation(0.25), 1);
    assertThat(with.epochs().stream().map(TrainingEpoch::loss))
        .isEqualTo(without.epochs().stream().map(TrainingEpoch::loss).toList());
    assertThat(with.score()).isEqualTo(without.score());
    assertThat(without.best()).isEmpty();
    assertThat(without.epochs()).allMatch(e -> e.validation().isEmpty());
  }

  @Test
  void theFirstEpochWithTheFewestErrorsOnHeldOutImagesIsTheBest() {
    RetrainingResult result = train(Patterns.settings().withEpochs(8).withValidation(0.25), 2);
    List<Score> scores = result.epochs().stream().map(e -> e.validation().orElseThrow()).toList();
    assertThat(scores).allMatch(s -> s.images() == 12);
    List<Double> errors = scores.stream().map(Score::errorPercent).toList();
    double fewest = errors.stream().min(Double::compare).orElseThrow();
    BestEpoch best = result.best().orElseThrow();
    assertThat(best.validationErrorPercent()).isEqualTo(fewest);
    assertThat(best.epoch()).isEqualTo(errors.indexOf(fewest) + 1);
    assertThat(errors.lastIndexOf(fewest)).isGreaterThan(errors.indexOf(fewest)); // a tie
  }

  /** The model that leaves is scored again, on held-out and on test images. */
  @Test
  void theBestEpochsModelHasItsScores() {
    RetrainingSettings settings =
        Patterns.settings().withEpochs(4).withValidation(0.25).withSeed(2);
    List<Model> models = new ArrayList<>();
    RetrainingListener keeper =
        new RetrainingListener() {
          @Override
          public void trained(Model model) {
            models.add(model);
          }

          @Override
          public void best(int epoch, Model model) {
            assertThat(model.steps()).isEqualTo(epoch * 3L); // 36 images, 16 a step
            models.add(model);
          }
        };
    RetrainingResult result = Retraining.train(DARTS, DATA, settings, 2, keeper);
    assertThat(models).hasSize(2);
    Model last = models.get(0);
    Model best = models.get(1);
    BestEpoch chosen = result.best().orElseThrow();
    assertThat(Scoring.score(last, DATA, 7, 1, LogitsListener.NONE)).isEqualTo(result.score());
    assertThat(Scoring.score(best, DATA, 7, 1, LogitsListener.NONE)).isEqualTo(chosen.score());
    long seed = Retraining.Seeds.of(settings.seed()).validation();
    Dataset heldOut = data(DATA.train(), HeldOut.of(DATA.train(), 0.25, seed).validation());
    assertThat(Scoring.score(best, heldOut, 7, 1, LogitsListener.NONE).errorPercent())
        .isEqualTo(chosen.validationErrorPercent());
    assertThat(chosen.epoch()).isLessThan(settings.epochs()); // or the test shows little
    assertThat(best.weights()).isNotEqualTo(last.weights());
  }

  @Test
  void testImagesHaveNoPartInTheChoice() {
    RetrainingSettings settings = Patterns.settings().withEpochs(4).withValidation(0.25);
    Dataset other = Patterns.data(48, 7);
    RetrainingResult a = train(settings, 2);
    RetrainingResult b = Retraining.train(DARTS, other, settings, 2, RetrainingListener.NONE);
    assertThat(b.best().map(BestEpoch::epoch)).isEqualTo(a.best().map(BestEpoch::epoch));
    assertThat(b.epochs().stream().map(TrainingEpoch::loss))
        .isEqualTo(a.epochs().stream().map(TrainingEpoch::loss).toList());
  }

  @Test
  void deeplearning4jCountsTheErrorsThatTheScoreCounts() {
    RetrainingResult result = train(Patterns.settings().withValidation(0.1), 2);
    Confusion confusion = result.confusion();
    assertThat(100 * (1 - confusion.accuracy()))
        .isCloseTo(result.score().errorPercent(), within(1e-12));
    assertThat(confusion.classes().stream().map(ClassScore::name))
        .containsExactlyElementsOf(DATA.classNames());
    assertThat(confusion.classes().stream().mapToInt(ClassScore::images).sum()).isEqualTo(20);
  }

  @Test
  void theMemoryIsStatedBeforeItIsTaken() {
    List<Long> bytes = new ArrayList<>();
    RetrainingListener listener =
        new RetrainingListener() {
          @Override
          public void planned(long heapBytes) {
            bytes.add(heapBytes);
          }

          @Override
          public void started(Genotype genotype, Cost cost) {
            assertThat(bytes).isNotEmpty();
          }
        };
    RetrainingSettings settings = Patterns.settings().withEpochs(1);
    Retraining.train(DARTS, DATA, settings, 1, listener);
    Retraining.train(DARTS, DATA, settings.withSize(8, 3), 1, listener);
    Retraining.train(DARTS, DATA, settings.withValidation(0.5), 1, listener);
    assertThat(bytes).hasSize(3);
    assertThat(bytes.get(1)).isGreaterThan(bytes.get(0));
    assertThat(bytes.get(2)).isGreaterThan(bytes.get(0)); // the best epoch's weights
  }

  @Test
  void everySettingMatters() {
    RetrainingSettings base = Patterns.settings();
    Map<String, RetrainingSettings> variants = new LinkedHashMap<>();
    variants.put("base", base);
    variants.put("channels", base.withSize(6, 3));
    variants.put("cells", base.withSize(4, 4));
    variants.put("epochs", base.withEpochs(3));
    variants.put("batch", base.withBatch(15));
    variants.put("drop path", base.withDropPath(0.5));
    variants.put("crop", base.withAugmentation(Augmentation.NONE.withCropPadding(1)));
    variants.put("flip", base.withAugmentation(Augmentation.NONE.withFlip(true)));
    variants.put("cutout", base.withAugmentation(Augmentation.NONE.withCutout(2)));
    variants.put("rate", base.withWeights(new Sgd(0.04, 0, 0.9, 3e-4, 5)));
    variants.put("final rate", base.withWeights(new Sgd(0.05, 0.01, 0.9, 3e-4, 5)));
    variants.put("momentum", base.withWeights(new Sgd(0.05, 0, 0.8, 3e-4, 5)));
    variants.put("decay", base.withWeights(new Sgd(0.05, 0, 0.9, 0, 5)));
    variants.put("clip", base.withWeights(new Sgd(0.05, 0, 0.9, 3e-4, 0.1)));
    variants.put("train images", base.withTrainImages(40));
    variants.put("validation", base.withValidation(0.25));
    variants.put("seed", base.withSeed(3));
    Map<String, String> seen = new LinkedHashMap<>();
    variants.forEach(
        (name, settings) ->
            assertThat(seen.put(bits(train(settings, 2)), name)).as("%s equals", name).isNull());
  }

  @Test
  void forAnAuxiliaryHeadSmallImagesBecome32Wide() {
    RetrainingSettings settings =
        Patterns.settings().withSize(2, 3).withAuxiliaryWeight(0.4).withEpochs(1);
    RetrainingResult padded = train(settings, 2);
    DartsMacro macro = DartsMacro.of(new Shape(1, 32, 32), 2, 3, 3).withAuxiliary(0.4);
    assertThat(padded.cost()).isEqualTo(Cost.of(DerivedNetwork.of(DARTS, macro, false).graph()));
    assertThat(padded.cost().auxiliaryParameters()).isPositive();
    RetrainingResult heavier = train(settings.withAuxiliaryWeight(0.8), 2);
    assertThat(heavier.epochs().get(0).loss()).isGreaterThan(padded.epochs().get(0).loss());
    RetrainingResult without = train(settings.withAuxiliaryWeight(0), 2);
    assertThat(without.cost().multiplyAdds()).isLessThan(padded.cost().multiplyAdds());
    assertThat(without.cost().auxiliaryParameters()).isZero();
  }

  @Test
  void everyTestImageIsScoredOnceWhateverTheBatch() {
    Score score = train(Patterns.settings().withEpochs(1), 2).score(); // 20 = 16 + 4
    assertThat(score.images()).isEqualTo(20);
    assertThat(score.errorPercent() / 5)
        .isCloseTo(Math.rint(score.errorPercent() / 5), within(1e-9));
    Dataset few = Patterns.data(48, 7); // fewer than a batch
    RetrainingResult result =
        Retraining.train(DARTS, few, Patterns.settings().withEpochs(1), 1, RetrainingListener.NONE);
    assertThat(result.score().images()).isEqualTo(7);
  }

  @Test
  void listenersHearEveryStepAndEpochInOrder() {
    List<String> heard = new ArrayList<>();
    RetrainingListener listener =
        new RetrainingListener() {
          @Override
          public void started(Genotype genotype, Cost cost) {
            heard.add("start " + genotype.equals(DARTS) + " " + (cost.parameters() > 0));
          }

          @Override
          public void step(TrainingProgress p) {
            heard.add(p.epoch() + "/" + p.epochs() + " " + p.step() + "/" + p.stepsPerEpoch());
            assertThat(p.secondsLeft()).isNotNegative();
            assertThat(p.imagesPerSecond()).isPositive();
            assertThat(p.loss()).isPositive();
            assertThat(p.accuracy()).isBetween(0.0, 1.0);
          }

          @Override
          public void epoch(TrainingEpoch epoch) {
            heard.add("epoch " + epoch.epoch());
          }
        };
    List<String> second = new ArrayList<>();
    RetrainingListener other =
        new RetrainingListener() {
          @Override
          public void epoch(TrainingEpoch epoch) {
            second.add("epoch " + epoch.epoch());
          }
        };
    RetrainingSettings settings = Patterns.settings().withBatch(32); // 48 = 32 + 16
    Retraining.train(DARTS, DATA, settings, 1, listener.and(other));
    assertThat(heard)
        .containsExactly(
            "start true true", "1/2 1/2", "1/2 2/2", "epoch 1", "2/2 1/2", "2/2 2/2", "epoch 2");
    assertThat(second).containsExactly("epoch 1", "epoch 2");
  }

  @Test
  void divergenceStopsTheTraining() {
    RetrainingSettings wild =
        Patterns.settings()
            .withEpochs(60)
            .withWeights(new Sgd(1000, 1000, 0.99, 1, Double.POSITIVE_INFINITY));
    assertThatThrownBy(() -> train(wild, 2))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("diverged at step");
  }

  @Test
  void aNetworkThatNoHeapHoldsIsRefusedAtOnce() {
    RetrainingSettings vast = Patterns.settings().withSize(4096, 20);
    assertThatThrownBy(() -> train(vast, 1))
        .isInstanceOf(HeapException.class)
        .hasMessageContaining("the training needs")
        .hasMessageContaining("the batch (16)");
  }

  @Test
  void whatDoesNotFitIsRefusedBeforeAnythingIsHeard() {
    RetrainingListener deaf =
        new RetrainingListener() {
          @Override
          public void started(Genotype genotype, Cost cost) {
            throw new AssertionError("started");
          }
        };
    RetrainingSettings settings = Patterns.settings();
    Dataset untested = Patterns.withoutTest(48);
    assertThatThrownBy(() -> Retraining.train(DARTS, untested, settings, 1, deaf))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there are no test images");
    assertThatThrownBy(() -> Retraining.check(untested, settings))
        .hasMessage("there are no test images");
    RetrainingSettings large = settings.withBatch(49);
    assertThatThrownBy(() -> Retraining.train(DARTS, DATA, large, 1, deaf))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("batch size 49");
    assertThatThrownBy(() -> Retraining.check(DATA, large)).hasMessageContaining("batch size 49");
    assertThatThrownBy(() -> Retraining.check(DATA, settings.withValidation(0.01)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("validation 0.01 of 48 training images holds out 0");
    assertThatThrownBy(() -> Retraining.check(DATA, settings.withValidation(0.75)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("batch size 16 is larger than the 12 images");
    Dataset empty = data(DATA.train(), DATA.test().map(t -> t.range(0, 0)));
    assertThatThrownBy(() -> Retraining.check(empty, settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there are no test images");
    assertThatThrownBy(() -> Retraining.check(DATA, settings.withTrainImages(49)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> Retraining.check(DATA, settings.withSize(4, 1).withAuxiliaryWeight(0.4)))
        .hasMessageContaining("auxiliary head");
    assertThatThrownBy(() -> Retraining.train(DARTS, DATA, settings, 0, deaf))
        .hasMessageContaining("threads");
    Retraining.check(DATA, settings.withAuxiliaryWeight(0.4));
  }
}
