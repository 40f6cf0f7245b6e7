package io.github.oche.evaluation;

import java.util.SplittableRandom;

/**
 * What drop path multiplies each operation's output by, image by image: 0 with probability p, else
 * 1 / (1 - p). They depend on seed, step and number of images alone.
 */
final class DropPathMasks {
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private final long seed;
  private final float[] masks;
  private final int slots;

  DropPathMasks(long seed, int slots, int batch) {
    this.seed = seed;
    this.slots = slots;
    masks = new float[slots * batch];
  }

  /**
   * The masks of a step, [slot, image]; valid until the next call.
   *
   * @param p share that is dropped, in [0, 1)
   */
  float[] of(long step, int images, double p) {
    // Its own step is the golden ratio: without the draw between, the next step would repeat this
    // one's numbers, moved by one.
    long mixed = new SplittableRandom(seed + step * GOLDEN_RATIO).nextLong();
    SplittableRandom random = new SplittableRandom(mixed);
    float kept = (float) (1 / (1 - p));
    for (int i = 0; i < slots * images; i++) {
      masks[i] = random.nextDouble() < p ? 0 : kept;
    }
    return masks;
  }
}
