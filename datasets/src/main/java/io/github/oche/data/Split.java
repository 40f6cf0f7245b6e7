package io.github.oche.data;

/**
 * The two parts of the training images that a search uses.
 *
 * @param training trains the network weights w
 * @param validation moves the architecture weights α
 */
public record Split(ImageData training, ImageData validation) {
  /** Key of the permutation of {@link #shuffled}. */
  private static final long SPLIT = 0x53504C4954L;

  /** Checks that the parts belong together and none is empty. */
  public Split {
    if (training.count() == 0 || validation.count() == 0) {
      throw DataException.of(
          "the split leaves %,d images for the weights and %,d for the architecture; both need at"
              + " least one",
          training.count(), validation.count());
    }
  }

  /**
   * Splits by a seeded permutation.
   *
   * @param portion the share of the weights, in (0, 1); one half as published
   */
  public static Split shuffled(ImageData images, double portion, long seed) {
    return inOrder(images.select(Permutation.of(images.count(), Mix.of(seed, SPLIT))), portion);
  }

  /**
   * Splits by position as the published code does: the first images train w, the rest move α.
   *
   * @param portion the share of the weights, in (0, 1); one half as published
   */
  public static Split inOrder(ImageData images, double portion) {
    if (!(portion > 0 && portion < 1)) {
      throw DataException.of(
          "the share of the weights is %s, expected more than 0 and less than 1", portion);
    }
    int training = (int) Math.floor(portion * images.count());
    return new Split(images.range(0, training), images.range(training, images.count()));
  }
}
