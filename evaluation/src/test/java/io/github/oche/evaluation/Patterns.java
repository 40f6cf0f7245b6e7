package io.github.oche.evaluation;

import com.google.common.collect.ImmutableList;
import io.github.oche.darts.Sgd;
import io.github.oche.data.Augmentation;
import io.github.oche.data.Dataset;
import io.github.oche.data.ImageData;
import io.github.oche.data.Normalisation;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

/** Data that is easy to learn, and settings that train on it in a moment. */
final class Patterns {
  static final int SIDE = 8;
  static final int CLASSES = 3;

  private Patterns() {}

  /** Training and test images, made of different noise. */
  static Dataset data(int train, int test) {
    ImageData images = images(train, 11);
    return new Dataset(
        "patterns",
        images,
        Optional.of(images(test, 12)),
        ImmutableList.of("rows", "columns", "diagonals"),
        Normalisation.of(images),
        OptionalDouble.empty(),
        ImmutableList.of());
  }

  /** The same without test images. */
  static Dataset withoutTest(int train) {
    Dataset data = data(train, 3);
    return new Dataset(
        data.name(),
        data.train(),
        Optional.empty(),
        data.classNames(),
        data.normalisation(),
        OptionalDouble.empty(),
        ImmutableList.of());
  }

  /** Horizontal, vertical and diagonal stripes under noise, the classes in turn. */
  private static ImageData images(int count, long seed) {
    Random random = new Random(seed);
    byte[] pixels = new byte[count * SIDE * SIDE];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % CLASSES;
      int phase = random.nextInt(4);
      for (int row = 0; row < SIDE; row++) {
        for (int column = 0; column < SIDE; column++) {
          int t = labels[i] == 0 ? row : labels[i] == 1 ? column : row + column;
          int level = (t + phase) % 4 < 2 ? 160 : 60;
          pixels[(i * SIDE + row) * SIDE + column] = (byte) (level + random.nextInt(60));
        }
      }
    }
    return ImageData.of(1, SIDE, SIDE, CLASSES, pixels, labels);
  }

  static RetrainingSettings settings() {
    return RetrainingSettings.quick()
        .withSize(4, 3)
        .withEpochs(2)
        .withBatch(16)
        .withAugmentation(Augmentation.NONE)
        .withWeights(Sgd.published().withRates(0.05, 0));
  }
}
