package io.github.oche.evaluation.protocol;

import com.google.common.collect.ImmutableMap;
import io.github.oche.darts.Provenance;
import io.github.oche.data.Dataset;
import io.github.oche.data.Split;

/**
 * Images and what {@code run.json} says of them, which takes a pass over all pixels.
 *
 * @param data training images, and those that are scored on
 * @param provenance of the data
 */
record Images(Dataset data, ImmutableMap<String, Object> provenance) {
  static Images of(Dataset data) {
    return new Images(data, Provenance.of(data));
  }

  /**
   * The training images in two parts, the second of which stands in the place of the test images:
   * what is chosen by it is chosen without them.
   *
   * @param portion share that is trained on
   */
  static Images halves(Dataset data, double portion, long seed) {
    Split split = Split.shuffled(data.train(), portion, seed);
    return of(data.inParts(data.name() + ", training images in two parts", split));
  }
}
