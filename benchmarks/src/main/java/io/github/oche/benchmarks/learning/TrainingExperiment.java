package io.github.oche.benchmarks.learning;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import io.github.oche.data.Augmentation;
import io.github.oche.data.Batches;
import io.github.oche.data.Dataset;
import io.github.oche.data.ImageData;
import io.github.oche.data.Order;
import io.github.oche.engine.SafeTensorsWriter;
import io.github.oche.evaluation.Retraining;
import io.github.oche.evaluation.RetrainingListener;
import io.github.oche.evaluation.RetrainingResult;
import io.github.oche.evaluation.RetrainingSettings;
import io.github.oche.evaluation.TrainingProgress;
import io.github.oche.evaluation.model.Model;
import io.github.oche.evaluation.model.ModelFormat;
import io.github.oche.space.Genotypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Trains the network of a published genotype as published, but for augmentation and dropped paths,
 * and scores it on the test images with its running statistics.
 *
 * @param data what it learns; has test images
 * @param genotype a published name
 * @param settings but the seed
 */
record TrainingExperiment(Dataset data, String genotype, RetrainingSettings settings)
    implements Experiment {

  /** Five epochs of DARTS_V2, 8 channels and 5 cells, on 2,000 images of the embedded sample. */
  static TrainingExperiment small() {
    return new TrainingExperiment(
        Dataset.embedded(),
        "DARTS_V2",
        RetrainingSettings.code()
            .withSize(8, 5)
            .withEpochs(5)
            .withBatch(64)
            .withTrainImages(2000)
            .withAuxiliaryWeight(0)
            .withDropPath(0)
            .withAugmentation(Augmentation.NONE));
  }

  @Override
  public String name() {
    return "training";
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "%s, %d channels, %d cells, %d epochs on %d images of %s, batch %d; accuracy on its test images",
        genotype,
        settings.channels(),
        settings.cells(),
        settings.epochs(),
        settings.trainImages(),
        data.name(),
        settings.batch());
  }

  @Override
  public Course run(long seed, int threads, Path folder) {
    Recorder recorder = new Recorder(folder);
    RetrainingResult result =
        Retraining.train(
            Genotypes.named(genotype), data, settings.withSeed(seed), threads, recorder);
    return new Course(
        recorder.curves.build(), ImmutableMap.of("accuracy", 100 - result.score().errorPercent()));
  }

  /** Writes the start and the batches, and keeps the losses. */
  private final class Recorder implements RetrainingListener {
    private final Path folder;
    private final ImmutableListMultimap.Builder<String, Double> curves =
        ImmutableListMultimap.builder();

    Recorder(Path folder) {
      this.folder = folder;
    }

    @Override
    public void drawn(Model start, Batches training) {
      ImageData test = data.test().orElseThrow();
      Batches scored =
          new Batches(
              test, settings.batch(), Order.FILE, Augmentation.NONE, training.normalisation(), 0);
      SafeTensorsWriter writer = PeerFiles.settings(settings.epochs(), settings.weights());
      PeerFiles.put(writer, "training", training, settings.epochs() * training.perEpoch());
      PeerFiles.put(writer, "scored", scored, scored.perEpoch());
      try {
        ModelFormat.SAFETENSORS.write(start, folder.resolve(PeerFiles.START));
        writer.write(folder.resolve(PeerFiles.BATCHES));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void step(TrainingProgress progress) {
      curves.put("loss", progress.stepLoss());
    }
  }
}
