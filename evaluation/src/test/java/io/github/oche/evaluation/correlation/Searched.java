package io.github.oche.evaluation.correlation;

import com.google.common.collect.ImmutableList;
import io.github.oche.darts.Adam;
import io.github.oche.darts.SearchListener;
import io.github.oche.darts.SearchSettings;
import io.github.oche.darts.SearchedSupernet;
import io.github.oche.darts.Searcher;
import io.github.oche.data.Augmentation;
import io.github.oche.data.Dataset;
import io.github.oche.data.ImageData;
import io.github.oche.data.Normalisation;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

/** A small supernet after a short search on stripes. */
final class Searched {
  private static final int SIDE = 8;

  static final Dataset DATA = data(120);

  private Searched() {}

  static SearchedSupernet supernet() {
    AtomicReference<SearchedSupernet> kept = new AtomicReference<>();
    SearchSettings settings =
        SearchSettings.code()
            .withSize(4, 3)
            .withEpochs(3)
            .withBatch(20)
            .withAugmentation(Augmentation.NONE)
            .withArchitecture(Adam.published().withRate(0.01));
    new Searcher(settings)
        .search(
            DATA,
            2,
            new SearchListener() {
              @Override
              public void finished(SearchedSupernet searched) {
                kept.set(searched);
              }
            });
    return Objects.requireNonNull(kept.get());
  }

  /** Horizontal, vertical and diagonal stripes under much noise, the classes in turn. */
  private static Dataset data(int count) {
    Random random = new Random(11);
    byte[] pixels = new byte[count * SIDE * SIDE];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % 3;
      int phase = random.nextInt(4);
      for (int row = 0; row < SIDE; row++) {
        for (int column = 0; column < SIDE; column++) {
          int t = labels[i] == 0 ? row : labels[i] == 1 ? column : row + column;
          int level = (t + phase) % 4 < 2 ? 120 : 40;
          pixels[(i * SIDE + row) * SIDE + column] = (byte) (level + random.nextInt(120));
        }
      }
    }
    ImageData images = ImageData.of(1, SIDE, SIDE, 3, pixels, labels);
    return new Dataset(
        "stripes",
        images,
        Optional.empty(),
        ImmutableList.of("rows", "columns", "diagonals"),
        Normalisation.of(images),
        OptionalDouble.empty(),
        ImmutableList.of());
  }
}
