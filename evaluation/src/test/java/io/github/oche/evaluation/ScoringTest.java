package io.github.oche.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.oche.data.Dataset;
import io.github.oche.data.Normalisation;
import io.github.oche.evaluation.model.Model;
import io.github.oche.evaluation.model.ModelFormat;
import io.github.oche.space.Genotype;
import io.github.oche.space.Genotypes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoringTest {
  private static final Genotype GENOTYPE = Genotypes.named("DARTS_V2");

  @TempDir private Path folder;

  private final AtomicReference<Model> trained = new AtomicReference<>();
  private final RetrainingListener keeper =
      new RetrainingListener() {
        @Override
        public void trained(Model model) {
          trained.set(model);
        }
      };

  private Model model() {
    return Objects.requireNonNull(trained.get());
  }

  /** All that was said of the images, as texts. */
  private static List<String> lines(Model model, Dataset data, int batch, int threads) {
    List<String> lines = new ArrayList<>();
    Scoring.score(
        model,
        data,
        batch,
        threads,
        (image, label, logits) -> {
          StringBuilder line = new StringBuilder(image + "," + label);
          for (float logit : logits) {
            line.append(',').append(logit);
          }
          lines.add(line.toString());
        });
    return lines;
  }

  @Test
  void aModelHasTheScoreThatItsTrainingEndedWith() throws Exception {
    Dataset data = Patterns.data(96, 50);
    RetrainingSettings settings =
        Patterns.settings().withDropPath(0.3).withEpochs(1); // so that it errs now and then
    RetrainingResult result = Retraining.train(GENOTYPE, data, settings, 2, keeper);
    assertThat(result.score().errorPercent()).isBetween(1.0, 90.0);
    assertThat(model().steps()).isEqualTo(6);
    assertThat(Scoring.score(model(), data, 16, 1, LogitsListener.NONE)).isEqualTo(result.score());

    Path file = folder.resolve("model.safetensors");
    ModelFormat.SAFETENSORS.write(model(), file);
    assertThat(Scoring.score(Model.read(file), data, 50, 2, LogitsListener.NONE))
        .isEqualTo(result.score());
  }

  @Test
  void logitsComeInTheOrderOfTheImagesWhateverTheBatch() {
    Dataset data = Patterns.data(32, 21);
    Retraining.train(GENOTYPE, data, Patterns.settings(), 1, keeper);
    List<String> lines = lines(model(), data, 21, 1);
    assertThat(lines).hasSize(21);
    for (int i = 0; i < 21; i++) {
      assertThat(lines.get(i)).startsWith(i + "," + i % Patterns.CLASSES + ",");
    }
    assertThat(lines(model(), data, 4, 2)).isEqualTo(lines);
    assertThat(lines(model(), data, 1000, 1)).isEqualTo(lines);
  }

  @Test
  void imagesAreNormalisedAndPaddedAsThoseOfTheTraining() {
    Dataset data = Patterns.data(32, 9);
    RetrainingSettings settings = Patterns.settings().withSize(2, 2).withAuxiliaryWeight(0.4);
    RetrainingResult result = Retraining.train(GENOTYPE, data, settings, 1, keeper);
    assertThat(Scoring.pads(model(), data)).isTrue();
    assertThat(Scoring.score(model(), data, 9, 1, LogitsListener.NONE)).isEqualTo(result.score());

    List<String> lines = lines(model(), data, 9, 1);
    Dataset other = Patterns.data(64, 9); // the same test images, other training images
    assertThat(other.normalisation()).isNotEqualTo(data.normalisation());
    assertThat(lines(model(), other, 9, 1)).isEqualTo(lines);
    Model unsure = withNormalisation(model(), Optional.empty());
    assertThat(lines(unsure, data, 9, 1)).isEqualTo(lines);
    assertThat(lines(unsure, other, 9, 1)).isNotEqualTo(lines);
  }

  private static Model withNormalisation(Model model, Optional<Normalisation> normalisation) {
    return new Model(
        model.genotype(),
        model.macro(),
        normalisation,
        model.weights(),
        model.statistics(),
        model.steps());
  }

  @Test
  void whatIsNotANumberHasNoScore() {
    Dataset data = Patterns.data(32, 9);
    Retraining.train(GENOTYPE, data, Patterns.settings(), 1, keeper);
    Model broken = model();
    float[] weights = broken.weights().clone();
    weights[weights.length - 1] = Float.NaN; // the bias of the last class
    Model model =
        new Model(
            broken.genotype(),
            broken.macro(),
            broken.normalisation(),
            weights,
            broken.statistics(),
            broken.steps());
    assertThatThrownBy(() -> Scoring.score(model, data, 4, 1, LogitsListener.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "the model gives NaN for class %s of test image 0", Patterns.CLASSES - 1);
  }

  @Test
  void dataThatDoNotFitAreRefused() {
    Retraining.train(GENOTYPE, Patterns.data(32, 9), Patterns.settings(), 1, keeper);
    assertThatThrownBy(() -> Scoring.check(model(), Patterns.withoutTest(32), 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there are no test images");
    assertThatThrownBy(() -> Scoring.check(model(), Dataset.embedded(), 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the model reads images of 1x8x8")
        .hasMessageContaining("1x28x28");
    Dataset fewer = Patterns.data(32, 9);
    Model ten =
        Trained.model(
            GENOTYPE,
            Dataset.embedded().limitTrain(32, 1),
            Patterns.settings().withSize(1, 1).withEpochs(1));
    assertThatThrownBy(() -> Scoring.check(ten, fewer.padTo(28), 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the model has 10 classes, patterns has 3");
  }
}
