package io.github.oche.darts;

import com.google.common.collect.ImmutableList;
import io.github.oche.data.Augmentation;
import io.github.oche.data.Dataset;
import io.github.oche.data.ImageData;
import io.github.oche.data.Normalisation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;

/** Data that is easy to learn, and settings that search on it in a moment. */
final class Patterns {
  static final int SIDE = 8;
  static final int CLASSES = 3;

  private Patterns() {}

  /** Horizontal, vertical and diagonal stripes under noise, the classes in turn. */
  static Dataset data(int count) {
    Random random = new Random(11);
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
    ImageData images = ImageData.of(1, SIDE, SIDE, CLASSES, pixels, labels);
    return new Dataset(
        "patterns",
        images,
        Optional.empty(),
        ImmutableList.of("rows", "columns", "diagonals"),
        Normalisation.of(images),
        OptionalDouble.empty(),
        ImmutableList.of());
  }

  /** A hypergradient of each kind. */
  static List<SearchHypergradient> choices() {
    return Stream.of("first", "second", "exact", "identity", "reverse:2", "neumann:2", "cg:2")
        .map(SearchHypergradient::parse)
        .toList();
  }

  static SearchSettings settings() {
    return SearchSettings.code()
        .withSize(4, 3)
        .withEpochs(2)
        .withBatch(16)
        .withAugmentation(Augmentation.NONE)
        .withArchitecture(Adam.published().withRate(0.01));
  }
}
