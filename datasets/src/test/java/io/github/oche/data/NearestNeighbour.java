package io.github.oche.data;

import static com.google.common.base.Preconditions.checkArgument;

/** One nearest neighbour on raw pixels: a floor that anything learned should rise above. */
final class NearestNeighbour {
  /** So many squares of bytes fit into an int. */
  private static final int RUN = 1 << 14;

  private NearestNeighbour() {}

  /**
   * {@return the percentage of test images whose nearest training image (squared distance of bytes;
   * the first of equals) has the same label}
   *
   * <p>Costs test x training x values: seconds for the embedded sample, minutes for CIFAR-10.
   */
  static double percent(ImageData train, ImageData test) {
    checkArgument(train.imageSize() == test.imageSize(), "images differ in size");
    checkArgument(train.count() > 0 && test.count() > 0, "no images");
    int right = 0;
    for (int i = 0; i < test.count(); i++) {
      int best = 0;
      long least = Long.MAX_VALUE;
      for (int j = 0; j < train.count(); j++) {
        long distance = distance(test, i, train, j);
        if (distance < least) {
          least = distance;
          best = j;
        }
      }
      right += train.label(best) == test.label(i) ? 1 : 0;
    }
    return 100.0 * right / test.count();
  }

  private static long distance(ImageData a, int i, ImageData b, int j) {
    byte[] ours = a.pixels();
    byte[] theirs = b.pixels();
    int from = a.offset(i);
    int to = b.offset(j);
    long sum = 0;
    for (int begin = 0; begin < a.imageSize(); begin += RUN) {
      int part = 0;
      for (int p = begin; p < Math.min(begin + RUN, a.imageSize()); p++) {
        int d = (ours[from + p] & 0xFF) - (theirs[to + p] & 0xFF);
        part += d * d;
      }
      sum += part;
    }
    return sum;
  }
}
