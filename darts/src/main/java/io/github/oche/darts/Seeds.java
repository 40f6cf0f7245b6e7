package io.github.oche.darts;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * One seed, split into independent ones for all that chance decides.
 *
 * @param weights of w at the start
 * @param alphas of α at the start
 * @param images which training images are used
 * @param split of the images between w and α
 * @param training shuffles and augmentation of w's batches
 * @param validation the same of α's batches
 */
record Seeds(long weights, long alphas, long images, long split, long training, long validation) {
  static Seeds of(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new Seeds(
        random.nextLong(),
        random.nextLong(),
        random.nextLong(),
        random.nextLong(),
        random.nextLong(),
        random.nextLong());
  }

  /** Normal deviates by Marsaglia's polar method; the JDK's own may change with its version. */
  static float[] normal(int count, double deviation, RandomGenerator random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      double u;
      double square;
      do {
        u = 2 * random.nextDouble() - 1;
        double v = 2 * random.nextDouble() - 1;
        square = u * u + v * v;
      } while (square >= 1 || square == 0);
      values[i] =
          (float) (deviation * u * Math.sqrt(-2 * StrictMath.log(square) / square)) + 0f; // no -0.0
    }
    return values;
  }
}
