package io.github.oche.darts;

import io.github.oche.data.ImageData;
import io.github.oche.data.Split;

/** Which training images move the weights and which move α. */
public enum SplitRule {
  /** By position, as the published code: the first part trains the weights. */
  IN_ORDER,
  /** By a seeded permutation. */
  SHUFFLED;

  Split split(ImageData images, double portion, long seed) {
    return this == IN_ORDER
        ? Split.inOrder(images, portion)
        : Split.shuffled(images, portion, seed);
  }
}
