package io.github.oche.darts;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.oche.data.Batch;

/**
 * The images of one step. The arrays are not copied: they must stay as they are while the batch is
 * used.
 *
 * @param images [image][channel][row][column], normalised; may be longer than {@code count} needs
 * @param labels from 0; may be longer than {@code count}
 * @param count how many images there are
 */
@SuppressWarnings("ArrayRecordComponent") // a view of somebody's memory, never compared
public record MiniBatch(float[] images, int[] labels, int count) {
  /**
   * Creates a batch.
   *
   * @param images [image][channel][row][column], normalised
   * @param labels from 0
   * @param count how many images there are, at least 1
   */
  public MiniBatch {
    checkArgument(
        count >= 1 && count <= labels.length,
        "count is %s, there are %s labels",
        count,
        labels.length);
  }

  /**
   * The batch of a data set.
   *
   * @param batch one that stays as it is while the result is used
   * @return a view of it
   */
  public static MiniBatch of(Batch batch) {
    return new MiniBatch(batch.images(), batch.labels(), batch.count());
  }
}
