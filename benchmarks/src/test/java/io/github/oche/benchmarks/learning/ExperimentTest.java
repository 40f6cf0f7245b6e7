package io.github.oche.benchmarks.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.oche.darts.SearchHypergradient;
import io.github.oche.darts.SearchSettings;
import io.github.oche.darts.Searcher;
import io.github.oche.data.Dataset;
import io.github.oche.data.Normalisation;
import io.github.oche.engine.Graph;
import io.github.oche.engine.Mixture;
import io.github.oche.engine.Network;
import io.github.oche.engine.Parameter;
import io.github.oche.engine.Plan;
import io.github.oche.engine.SafeTensors;
import io.github.oche.engine.Workers;
import io.github.oche.evaluation.model.Model;
import io.github.oche.space.Supernet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the other side reads is what this side did. */
class ExperimentTest {
  private static final int IMAGES = 20;
  private static final int BATCH = 8;

  @TempDir private Path folder;

  private static TrainingExperiment training() {
    TrainingExperiment small = TrainingExperiment.small();
    return new TrainingExperiment(
        HalfSize.of(small.data().padTo(32)),
        small.genotype(),
        small.settings().withSize(2, 3).withEpochs(2).withBatch(BATCH).withTrainImages(IMAGES));
  }

  private static SearchExperiment search(SearchHypergradient hypergradient) {
    SearchExperiment small = SearchExperiment.small(hypergradient);
    SearchSettings settings = small.settings().withSize(2, 3).withEpochs(2).withBatch(BATCH);
    return new SearchExperiment(small.data(), settings.withTrainImages(2 * IMAGES));
  }

  @Test
  void aTrainingsFirstLossIsThatOfItsFilesWeightsOnItsFilesFirstBatch() throws IOException {
    Course course = training().run(3, 1, folder);
    Model start = Model.read(folder.resolve(PeerFiles.START));
    assertThat(start.steps()).isZero();
    double loss = loss(start.graph(), start.weights(), new float[0], "training");
    assertThat(course.curve("loss").get(0)).isCloseTo(loss, within(1e-12));
  }

  @Test
  void aSearchsFirstValidationLossIsThatOfItsFiles() throws IOException {
    SearchExperiment experiment = search(SearchHypergradient.FIRST);
    Course course = experiment.run(3, 1, folder);
    Supernet supernet = Supernet.of(new Searcher(experiment.settings()).space(experiment.data()));
    Graph graph = supernet.graph();
    float[] w = new float[graph.parameters().size()];
    double[] alphas = new double[graph.mixingSize()];
    try (SafeTensors file = SafeTensors.open(folder.resolve(PeerFiles.START))) {
      for (Parameter p : graph.parameters().all()) {
        System.arraycopy(file.floats(p.name()), 0, w, p.offset(), p.size());
      }
      for (Mixture m : graph.mixtures()) {
        float[] part = file.floats(m.name());
        for (int i = 0; i < part.length; i++) {
          alphas[m.offset() + i] = part[i];
        }
      }
    }
    float[] mixing = new float[alphas.length];
    supernet.softmax().mixing(alphas, mixing);
    double loss = loss(graph, w, mixing, "validation");
    assertThat(course.curve("validation").get(0)).isCloseTo(loss, within(1e-12));
    assertThat(course.curve("training")).hasSameSizeAs(course.curve("validation")).hasSize(6);
    assertThat(course.ends().get("entropy")).isBetween(2.0, Math.log(8));
  }

  @Test
  void eachEpochsBatchesHoldEachImageOnceAndTheLastIsShort() throws IOException {
    training().run(3, 1, folder);
    try (SafeTensors file = SafeTensors.open(folder.resolve(PeerFiles.BATCHES))) {
      assertThat(file.longs("training.counts")).containsExactly(8, 8, 4, 8, 8, 4);
      assertThat(file.tensor("training.images").shape()).containsExactly(2 * IMAGES, 1, 16, 16);
      float[] pixels = file.floats("training.images");
      long[] labels = file.longs("training.labels");
      int size = pixels.length / (2 * IMAGES);
      assertThat(images(pixels, labels, 0, size))
          .containsExactlyInAnyOrder(images(pixels, labels, IMAGES, size))
          .isNotEqualTo(images(pixels, labels, IMAGES, size)); // shuffled anew
      assertThat(file.metadata()).containsEntry("epochs", "2").containsEntry("rate", "0.025");
    }
  }

  @Test
  void theOrderOfTheSearchMatters() throws IOException {
    Course first = search(SearchHypergradient.FIRST).run(3, 1, folder);
    Course second = search(SearchHypergradient.SECOND).run(3, 1, folder);
    assertThat(second.curve("validation")).isNotEqualTo(first.curve("validation"));
  }

  @Test
  void halvingKeepsTheMean() {
    Dataset data = Dataset.embedded().padTo(32);
    Dataset half = HalfSize.of(data);
    assertThat(half.train().height()).isEqualTo(16);
    double mean = 255 * Normalisation.of(data.train()).mean().get(0);
    assertThat(255 * half.normalisation().mean().get(0)).isCloseTo(mean, within(0.5)); // a rounding
  }

  private static String[] images(float[] pixels, long[] labels, int from, int size) {
    String[] images = new String[IMAGES];
    Arrays.setAll(
        images,
        i ->
            labels[from + i]
                + Arrays.toString(
                    Arrays.copyOfRange(pixels, (from + i) * size, (from + i + 1) * size)));
    return images;
  }

  private double loss(Graph graph, float[] w, float[] mixing, String kind) throws IOException {
    try (SafeTensors file = SafeTensors.open(folder.resolve(PeerFiles.BATCHES));
        Workers workers = new Workers(1)) {
      int count = (int) file.longs(kind + ".counts")[0];
      int[] labels =
          Arrays.stream(file.longs(kind + ".labels"))
              .limit(count)
              .mapToInt(Math::toIntExact)
              .toArray();
      Network network = new Network(Plan.of(graph, count, Plan.Purpose.SCORE), workers);
      network.load(file.floats(kind + ".images"), labels, count);
      return network.forward(w, mixing, Network.Mode.TRAINING);
    }
  }
}
