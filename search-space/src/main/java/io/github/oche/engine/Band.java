package io.github.oche.engine;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.kernel.Plane;

/** Some rows of an image that are worked on at once. */
record Band(int first, int rows) {
  static Band all(int height) {
    return new Band(0, height);
  }

  /** All rows of an image, in bands of about the same height, which is at most {@code atOnce}. */
  static ImmutableList<Band> of(int height, int atOnce) {
    ImmutableList.Builder<Band> bands = ImmutableList.builder();
    int count = (height + atOnce - 1) / atOnce;
    for (int i = 0; i < count; i++) {
      int first = i * height / count;
      bands.add(new Band(first, (i + 1) * height / count - first));
    }
    return bands.build();
  }

  /** Moves a view of an image to these rows. */
  Plane of(Plane image) {
    return image.at(image.at() + first * image.row());
  }
}
