package io.github.oche.cli;

import io.github.oche.bilevel.problems.Samples;
import io.github.oche.data.ImageData;
import org.nd4j.linalg.factory.Nd4j;

/** Images as vectors of numbers from 0 to 1. */
final class ImageSamples {
  private static final float WHITE = 255;

  private ImageSamples() {}

  /** Every pixel a feature, in the order channel, row, column. */
  static Samples of(ImageData images) {
    return pooled(images, 1);
  }

  /** The mean of each square of {@code side} times {@code side} pixels a feature. */
  static Samples pooled(ImageData images, int side) {
    int rows = images.height() / side;
    int columns = images.width() / side;
    float[][] features = new float[images.count()][images.channels() * rows * columns];
    int[] labels = new int[images.count()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = images.label(i);
      for (int k = 0; k < features[i].length; k++) {
        int channel = k / (rows * columns);
        features[i][k] =
            sum(images, i, channel, k / columns % rows * side, k % columns * side, side)
                / (side * side * WHITE);
      }
    }
    return Samples.of(Nd4j.createFromArray(features), labels, images.classes());
  }

  private static float sum(ImageData images, int i, int channel, int row, int column, int side) {
    int sum = 0;
    for (int r = row; r < row + side; r++) {
      for (int c = column; c < column + side; c++) {
        sum += images.pixel(i, channel, r, c);
      }
    }
    return sum;
  }
}
