package io.github.oche.engine.kernel;

/**
 * A view of one channel block of one image: V floats a pixel, V being {@link Kernels#lanes()}.
 *
 * <p>Pixel (r, c) starts at {@code at + r * row + c * pixel} of {@code data}. The view is mutable
 * so that a step moves it instead of making a new one; it owns nothing.
 */
public final class Plane {
  float[] data = NONE;
  int at;
  int row;
  int pixel;

  private static final float[] NONE = new float[0];

  /**
   * Moves this view.
   *
   * @param data the floats it looks at
   * @param at where pixel (0, 0) starts
   * @param row floats from a pixel to the one below it
   * @param pixel floats from a pixel to the one on its right
   * @return this view
   */
  public Plane set(float[] data, int at, int row, int pixel) {
    this.data = data;
    this.at = at;
    this.row = row;
    this.pixel = pixel;
    return this;
  }

  /** Moves this view within its array. */
  public Plane at(int at) {
    this.at = at;
    return this;
  }

  /** The array that this view looks at. */
  public float[] data() {
    return data;
  }

  /** Where pixel (0, 0) starts. */
  public int at() {
    return at;
  }

  /** Floats from a pixel to the one below it. */
  public int row() {
    return row;
  }

  /** Floats from a pixel to the one on its right. */
  public int pixel() {
    return pixel;
  }
}
