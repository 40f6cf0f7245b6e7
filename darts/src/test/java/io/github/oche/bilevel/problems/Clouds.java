package io.github.oche.bilevel.problems;

import io.github.oche.bilevel.problems.HyperCleaning.Model;
import java.util.SplittableRandom;
import org.nd4j.linalg.factory.Nd4j;

/** Points that are easy to tell apart: four clouds around the corners of a square. */
final class Clouds {
  static final Samples POOL = of(200, 1);
  static final HyperCleaning CLEANING = HyperCleaning.of(POOL, of(300, 2), 100, Model.LINEAR, 3);

  private Clouds() {}

  private static Samples of(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] features = new float[count][2];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = random.nextInt(4);
      features[i][0] = (float) (4 * (labels[i] % 2) - 2 + random.nextDouble(-1, 1));
      features[i][1] = (float) (4 * (labels[i] / 2) - 2 + random.nextDouble(-1, 1));
    }
    return Samples.of(Nd4j.createFromArray(features), labels, 4);
  }
}
