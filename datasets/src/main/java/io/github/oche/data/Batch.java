package io.github.oche.data;

/**
 * One batch of images, ready for a network. Its arrays are reused: those of a {@link BatchStream}
 * hold until its next call.
 */
public final class Batch {
  final float[] images;
  final int[] labels;
  int count;
  long step = -1;

  Batch(int size, int imageSize) {
    images = new float[Math.multiplyExact(size, imageSize)];
    labels = new int[size];
  }

  /**
   * {@return normalised images, [image][channel][row][column]; only the first {@link #count()}
   * images are of this batch}
   *
   * <p>The array is the batch's own, to be read and not kept.
   */
  public float[] images() {
    return images;
  }

  /** {@return the labels, from 0; only the first {@link #count()} are of this batch} */
  public int[] labels() {
    return labels;
  }

  /** {@return how many images there are: the batch size, or less in the last batch of an epoch} */
  public int count() {
    return count;
  }

  /** {@return the step that the batch belongs to} */
  public long step() {
    return step;
  }
}
