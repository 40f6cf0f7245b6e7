package io.github.oche.evaluation;

/** Hears what a network says of each image, in the order of the images. */
@FunctionalInterface
public interface LogitsListener {
  /** Hears nothing. */
  LogitsListener NONE = (image, label, logits) -> {};

  /**
   * The logits of one image.
   *
   * @param image its place among the images, from 0
   * @param label its class
   * @param logits one a class; the caller's, and valid until the next call
   */
  void image(int image, int label, float[] logits);

  /** Both of two listeners, one after the other. */
  default LogitsListener and(LogitsListener other) {
    return (image, label, logits) -> {
      image(image, label, logits);
      other.image(image, label, logits);
    };
  }
}
