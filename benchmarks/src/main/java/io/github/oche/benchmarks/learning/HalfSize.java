package io.github.oche.benchmarks.learning;

import io.github.oche.data.Dataset;
import io.github.oche.data.ImageData;
import io.github.oche.data.Normalisation;
import java.util.OptionalDouble;

/** Data whose images are at half their size. */
final class HalfSize {
  private HalfSize() {}

  /** Each pixel becomes the mean of four. */
  static Dataset of(Dataset data) {
    ImageData train = of(data.train());
    return new Dataset(
        data.name() + " at half size",
        train,
        data.test().map(HalfSize::of),
        data.classNames(),
        Normalisation.of(train),
        OptionalDouble.empty(),
        data.notes());
  }

  private static ImageData of(ImageData images) {
    int rows = images.height() / 2;
    int columns = images.width() / 2;
    byte[] pixels = new byte[images.count() * images.channels() * rows * columns];
    int[] labels = new int[images.count()];
    int at = 0;
    for (int i = 0; i < labels.length; i++) {
      labels[i] = images.label(i);
      for (int c = 0; c < images.channels(); c++) {
        for (int y = 0; y < rows; y++) {
          for (int x = 0; x < columns; x++) {
            pixels[at++] = (byte) mean(images, i, c, 2 * y, 2 * x);
          }
        }
      }
    }
    return ImageData.of(images.channels(), rows, columns, images.classes(), pixels, labels);
  }

  private static int mean(ImageData images, int image, int channel, int y, int x) {
    int sum = 0;
    for (int k = 0; k < 4; k++) {
      sum += images.pixel(image, channel, y + k / 2, x + k % 2);
    }
    return (sum + 2) / 4;
  }
}
