package io.github.oche.benchmarks.learning;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Doubles;
import com.google.common.primitives.Floats;
import io.github.oche.darts.Adam;
import io.github.oche.darts.ImageShare;
import io.github.oche.darts.SearchHypergradient;
import io.github.oche.darts.SearchListener;
import io.github.oche.darts.SearchProgress;
import io.github.oche.darts.SearchSettings;
import io.github.oche.darts.SearchState;
import io.github.oche.darts.SearchedSupernet;
import io.github.oche.darts.Searcher;
import io.github.oche.data.Augmentation;
import io.github.oche.data.Batches;
import io.github.oche.data.Dataset;
import io.github.oche.data.Order;
import io.github.oche.engine.SafeTensorsWriter;
import io.github.oche.space.Supernet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Searches as published, but for augmentation, and scores the supernet on the images that moved α,
 * with the statistics of each batch.
 *
 * @param data what it searches on; its test images are not read
 * @param settings but the seed
 */
record SearchExperiment(Dataset data, SearchSettings settings) implements Experiment {

  /**
   * Three epochs of 4 channels and 4 cells on 1,000 small images, half of them for α: PyTorch
   * searches slowly.
   */
  static SearchExperiment small(SearchHypergradient hypergradient) {
    return new SearchExperiment(
        HalfSize.of(Dataset.embedded().padTo(32)),
        SearchSettings.code()
            .withSize(4, 4)
            .withEpochs(3)
            .withBatch(32)
            .withTrainImages(1000)
            .withAugmentation(Augmentation.NONE)
            .withArchitecture(Adam.published().withRate(1e-2)) // so that alpha gets somewhere
            .withHypergradient(hypergradient));
  }

  @Override
  public String name() {
    return settings.hypergradient().toString();
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "search of %s order, %d channels, %d cells, %d epochs on %d images of %s, batch %d; accuracy on alpha's images",
        name(),
        settings.channels(),
        settings.cells(),
        settings.epochs(),
        settings.trainImages(),
        data.name(),
        settings.batch());
  }

  @Override
  public Course run(long seed, int threads, Path folder) {
    Searcher searcher = new Searcher(settings.withSeed(seed));
    Supernet supernet = Supernet.of(searcher.space(data));
    Recorder recorder = new Recorder(supernet, folder);
    searcher.search(data, threads, recorder);
    SearchState state = recorder.state;
    Batches scored = recorder.scored;
    checkState(state != null && scored != null, "the search did not say what it drew");
    double accuracy = new SupernetScore(supernet, state).accuracy(scored, threads);
    return new Course(
        recorder.curves.build(),
        ImmutableMap.of("accuracy", 100 * accuracy, "entropy", entropy(supernet, state)));
  }

  /** Mean over all edges of the entropy of the softmax of their α, in nats. */
  static double entropy(Supernet supernet, SearchState state) {
    double[] alphas = Doubles.toArray(Floats.asList(state.alphas()));
    double sum = 0;
    for (double p : supernet.softmax().weights(alphas)) {
      sum -= p * Math.log(p);
    }
    return sum / (supernet.normal().rows() + supernet.reduction().rows());
  }

  /** Writes the start and the batches, and keeps the losses. */
  private final class Recorder implements SearchListener {
    private final Supernet supernet;
    private final Path folder;
    private final ImmutableListMultimap.Builder<String, Double> curves =
        ImmutableListMultimap.builder();
    private @Nullable SearchState state;
    private @Nullable Batches scored;

    Recorder(Supernet supernet, Path folder) {
      this.supernet = supernet;
      this.folder = folder;
    }

    @Override
    public void drawn(SearchState drawn, Batches training, Batches validation) {
      state = drawn;
      Batches all =
          new Batches(
              validation.images(),
              settings.batch(),
              Order.FILE,
              Augmentation.NONE,
              validation.normalisation(),
              0);
      scored = all;
      int steps = settings.epochs() * training.perEpoch();
      SafeTensorsWriter batches =
          PeerFiles.settings(settings.epochs(), settings.weights())
              .metadata("alpha_rate", Double.toString(settings.architecture().rate()));
      PeerFiles.put(batches, "training", training, steps);
      PeerFiles.put(batches, "validation", validation, steps);
      PeerFiles.put(batches, "scored", all, all.perEpoch());
      try {
        new SearchedSupernet(
                supernet, ImageShare.of(settings), data.sha256(), drawn.weights(), drawn.alphas())
            .write(folder.resolve(PeerFiles.START));
        batches.write(folder.resolve(PeerFiles.BATCHES));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void step(SearchProgress progress) {
      curves.put("training", progress.last().trainingLoss());
      curves.put("validation", progress.last().validationLoss());
    }
  }
}
