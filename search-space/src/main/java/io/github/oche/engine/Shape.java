package io.github.oche.engine;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Channels, height and width of one image's activation; the number of images is not part of it.
 *
 * @param channels at least 1
 * @param height rows, at least 1
 * @param width columns, at least 1
 */
public record Shape(int channels, int height, int width) {
  /** Checks that all three are positive. */
  public Shape {
    checkArgument(
        channels > 0 && height > 0 && width > 0,
        "shape %sx%sx%s must be positive in all three dimensions",
        channels,
        height,
        width);
  }

  /** Values of one image: channels x height x width. */
  public int size() {
    return Math.multiplyExact(Math.multiplyExact(channels, height), width);
  }

  /** Pixels of one image: height x width. */
  public int pixels() {
    return height * width;
  }

  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
