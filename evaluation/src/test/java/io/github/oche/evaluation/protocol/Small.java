package io.github.oche.evaluation.protocol;

import com.google.common.collect.ImmutableList;
import io.github.oche.data.Augmentation;
import io.github.oche.data.Dataset;
import io.github.oche.data.ImageData;
import io.github.oche.data.Normalisation;
import io.github.oche.evaluation.RetrainingSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

/** A protocol of seconds, and data for it. Its main method carries it out in a folder. */
final class Small {
  private Small() {}

  public static void main(String[] arguments) {
    new Reproduction(protocol(), data(), Path.of(arguments[0]), 1).run(ReproductionListener.NONE);
  }

  static Protocol protocol() {
    Protocol tiny = Protocol.tiny();
    RetrainingSettings training =
        tiny.training()
            .withSize(2, 2)
            .withEpochs(1)
            .withBatch(8)
            .withAugmentation(Augmentation.NONE)
            .withTrainImages(0)
            .withValidation(0.25);
    return new Protocol(
        "small",
        tiny.search().withSize(2, 2).withEpochs(1).withBatch(4).withTrainImages(16),
        2,
        0.5,
        training.withValidation(0),
        2,
        training,
        2);
  }

  /** Squares of the brightness of their class, under noise. */
  static Dataset data() {
    ImageData train = images(24, 1);
    return new Dataset(
        "squares",
        train,
        Optional.of(images(40, 2)),
        ImmutableList.of("dark", "bright"),
        Normalisation.of(train),
        OptionalDouble.empty(),
        ImmutableList.of());
  }

  private static ImageData images(int count, long seed) {
    int side = 8;
    Random random = new Random(seed);
    byte[] pixels = new byte[count * side * side];
    int[] labels = new int[count];
    for (int i = 0; i < pixels.length; i++) {
      int image = i / (side * side);
      labels[image] = image % 2;
      pixels[i] = (byte) (60 + 40 * labels[image] + random.nextInt(60));
    }
    return ImageData.of(1, side, side, 2, pixels, labels);
  }
}
