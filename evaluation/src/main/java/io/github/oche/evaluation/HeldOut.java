package io.github.oche.evaluation;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.oche.data.ImageData;
import java.util.BitSet;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The training images in two parts, each in the order of the data.
 *
 * @param training those that move the weights
 * @param validation those that choose the epoch, if there is to be a choice
 */
record HeldOut(ImageData training, Optional<ImageData> validation) {
  /**
   * Holds out a share at random, rounded to whole images.
   *
   * @param share in [0, 1)
   * @throws IllegalArgumentException if one of the parts would be empty
   */
  static HeldOut of(ImageData images, double share, long seed) {
    if (share == 0) {
      return new HeldOut(images, Optional.empty());
    }
    int count = images.count();
    int held = Math.toIntExact(Math.round(share * count));
    checkArgument(
        held > 0 && held < count,
        "validation %s of %s training images holds out %s and leaves %s to train on; both need at"
            + " least one",
        share,
        count,
        held,
        count - held);
    BitSet out = draw(count, held, new SplittableRandom(seed));
    int[] validation = out.stream().toArray();
    out.flip(0, count);
    return new HeldOut(
        images.select(out.stream().toArray()), Optional.of(images.select(validation)));
  }

  /** So many of the numbers below {@code count}, each set of them as likely (Floyd). */
  private static BitSet draw(int count, int held, SplittableRandom random) {
    BitSet drawn = new BitSet(count);
    for (int last = count - held; last < count; last++) {
      int candidate = random.nextInt(last + 1);
      drawn.set(drawn.get(candidate) ? last : candidate);
    }
    return drawn;
  }
}
