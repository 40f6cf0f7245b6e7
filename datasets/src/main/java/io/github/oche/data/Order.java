package io.github.oche.data;

/** Which images make the batch of a step. */
public enum Order {
  /** The order of the data, the same in each epoch: for measuring. A batch may exceed the data. */
  FILE,

  /** A new shuffle each epoch, cut into batches: each image once an epoch. */
  SHUFFLED,

  /**
   * The first batch of a new shuffle each step, as the released code of DARTS draws its validation
   * batches ({@code next(iter(valid_queue))}): some images come twice before others come once.
   */
  FRESH
}
