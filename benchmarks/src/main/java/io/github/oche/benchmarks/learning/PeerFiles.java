package io.github.oche.benchmarks.learning;

import com.google.common.collect.ImmutableList;
import io.github.oche.darts.Sgd;
import io.github.oche.data.Batch;
import io.github.oche.data.Batches;
import io.github.oche.data.ImageData;
import io.github.oche.engine.SafeTensors;
import io.github.oche.engine.SafeTensorsWriter;
import java.util.Arrays;

/**
 * What goes from here to the script: {@code .safetensors} files, which a few lines of Python read.
 */
final class PeerFiles {
  /** The weights before the first step, and which network they are of. */
  static final String START = "start.safetensors";

  /**
   * Images and labels step after step, how many a step has, and the settings. For each kind: {@code
   * KIND.images} [all, channels, rows, columns], normalised; {@code KIND.labels} [all]; {@code
   * KIND.counts} [steps].
   */
  static final String BATCHES = "batches.safetensors";

  private PeerFiles() {}

  /** A file of the settings that both experiments have. */
  static SafeTensorsWriter settings(int epochs, Sgd weights) {
    return SafeTensors.writer()
        .metadata("epochs", Integer.toString(epochs))
        .metadata("rate", Double.toString(weights.rate()))
        .metadata("final_rate", Double.toString(weights.finalRate()))
        .metadata("momentum", Double.toString(weights.momentum()))
        .metadata("decay", Double.toString(weights.decay()))
        .metadata("clip", Double.toString(weights.clip()));
  }

  /** Adds the batches of the first steps. */
  static void put(SafeTensorsWriter writer, String kind, Batches batches, int steps) {
    ImageData images = batches.images();
    int size = images.imageSize();
    float[] pixels = new float[steps * batches.size() * size];
    long[] labels = new long[steps * batches.size()];
    long[] counts = new long[steps];
    int all = 0;
    for (int step = 0; step < steps; step++) {
      Batch batch = batches.at(step);
      System.arraycopy(batch.images(), 0, pixels, all * size, batch.count() * size);
      for (int i = 0; i < batch.count(); i++) {
        labels[all + i] = batch.labels()[i];
      }
      counts[step] = batch.count();
      all += batch.count();
    }
    writer
        .put(
            kind + ".images",
            ImmutableList.of(all, images.channels(), images.height(), images.width()),
            Arrays.copyOf(pixels, all * size))
        .put(kind + ".labels", ImmutableList.of(all), Arrays.copyOf(labels, all))
        .put(kind + ".counts", ImmutableList.of(steps), counts);
  }
}
