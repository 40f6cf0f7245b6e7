package io.github.oche.data;

/**
 * Random changes of training images, in the order of the published code: crop, flip, (normalise,)
 * cutout.
 *
 * @param cropPadding a black border of this many pixels is added all around, and a window of the
 *     image's own size is cut out at random; 0 turns it off
 * @param flip mirrors the image left to right with probability one half
 * @param cutout side of a square that is set to zero after normalisation; its centre is uniform
 *     over the image, so it may hang over the border (DeVries and Taylor 2017, arXiv:1708.04552); 0
 *     turns it off
 */
public record Augmentation(int cropPadding, boolean flip, int cutout) {
  /** Leaves images as they are: for validation and test. */
  public static final Augmentation NONE = new Augmentation(0, false, 0);

  /** Crop with padding 4 and flip: what a search uses for both halves of its data. */
  public static final Augmentation SEARCH = new Augmentation(4, true, 0);

  /** Crop with padding 4, flip and cutout 16: what a derived network is trained with. */
  public static final Augmentation RETRAINING = new Augmentation(4, true, 16);

  /** Checks the values. */
  public Augmentation {
    if (cropPadding < 0 || cropPadding > Limits.SIDE) {
      throw DataException.of(
          "crop padding is %d, expected 0 (off) to %,d", cropPadding, Limits.SIDE);
    }
    if (cutout < 0 || cutout > Limits.SIDE) {
      throw DataException.of("cutout is %d, expected 0 (off) to %,d", cutout, Limits.SIDE);
    }
  }

  /** {@return the same with another crop padding} */
  public Augmentation withCropPadding(int pixels) {
    return new Augmentation(pixels, flip, cutout);
  }

  /** {@return the same with or without flips} */
  public Augmentation withFlip(boolean on) {
    return new Augmentation(cropPadding, on, cutout);
  }

  /** {@return the same with another cutout} */
  public Augmentation withCutout(int side) {
    return new Augmentation(cropPadding, flip, side);
  }
}
