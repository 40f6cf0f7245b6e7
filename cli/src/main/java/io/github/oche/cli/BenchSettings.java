package io.github.oche.cli;

import com.google.common.collect.ImmutableList;
import io.github.oche.darts.MiniBatch;
import io.github.oche.engine.Shape;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What is timed.
 *
 * @param channels of the first cell
 * @param cells of the network
 * @param batch images a step
 * @param size side of the images, which have three colours
 * @param threads that share the work
 * @param repeats steps that are measured of each kind
 */
record BenchSettings(int channels, int cells, int batch, int size, int threads, int repeats) {
  static final int CLASSES = 10;
  private static final int RGB = 3;

  /** Checks what nobody else does. */
  BenchSettings {
    Ranges.check("--batch", batch, 1, 100_000);
    Ranges.check("--repeats", repeats, 1, 100_000);
  }

  /** The same for another network and batch. */
  BenchSettings with(int otherChannels, int otherBatch) {
    return new BenchSettings(otherChannels, cells, otherBatch, size, threads, repeats);
  }

  Shape image() {
    return new Shape(RGB, size, size);
  }

  /** A batch of noise. */
  MiniBatch images(SplittableRandom random) {
    float[] images = new float[Math.multiplyExact(batch, image().size())];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    return new MiniBatch(images, random.ints(batch, 0, CLASSES).toArray(), batch);
  }

  /** All of them as the scripts for PyTorch take them. */
  ImmutableList<String> arguments() {
    return IntStream.of(channels, cells, batch, size, threads, repeats)
        .mapToObj(Integer::toString)
        .collect(ImmutableList.toImmutableList());
  }

  /** All of them for a reader, on one line. */
  String describe() {
    return String.format(
        Locale.ROOT,
        "%d channels, %d cells, batch %d, %dx%d, %s, median of %s",
        channels,
        cells,
        batch,
        size,
        size,
        count(threads, "thread"),
        count(repeats, "step"));
  }

  static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
