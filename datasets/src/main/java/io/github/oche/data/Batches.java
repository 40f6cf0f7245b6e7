package io.github.oche.data;

/**
 * An endless sequence of batches, one a step. The batch of a step is a function of these settings
 * and the step alone, so a search can stop and go on anywhere, on any number of threads.
 *
 * <p>Steps are numbered from 0 through all epochs: step {@code s} is in epoch {@code s /
 * perEpoch()}. The short last batch of an epoch is kept, as published.
 *
 * @param images where batches come from
 * @param size images a batch
 * @param order which images make a batch
 * @param augmentation random changes of each image
 * @param normalisation of the training images; its channels are those of the images
 * @param seed of shuffles and augmentations; give two sequences of one run different seeds
 */
public record Batches(
    ImageData images,
    int size,
    Order order,
    Augmentation augmentation,
    Normalisation normalisation,
    long seed) {

  /** Checks that batches can be made. */
  public Batches {
    if (size < 1) {
      throw DataException.of("batch size is %d, expected at least 1", size);
    }
    if (images.count() == 0) {
      throw new DataException("there are no images to make batches from");
    }
    if (size > images.count() && order != Order.FILE) {
      throw DataException.of(
          "batch size %,d is larger than the %,d images it is drawn from; use a batch of at most"
              + " %,d, or more images",
          size, images.count(), images.count());
    }
    if (normalisation.channels() != images.channels()) {
      throw DataException.of(
          "normalisation has %d channels, the images have %d",
          normalisation.channels(), images.channels());
    }
    if ((long) Math.min(size, images.count()) * images.imageSize() > Limits.ARRAY) {
      throw DataException.of(
          "a batch of %,d images of %,d values is more than one array holds; use a smaller batch",
          size, images.imageSize());
    }
  }

  /** {@return the batches of an epoch, the short last one included} */
  public int perEpoch() {
    return (images.count() - 1) / size + 1;
  }

  /** Makes the batch of one step, here and now, in memory of its own. */
  public Batch at(long step) {
    Batch batch = emptyBatch();
    new BatchMaker(this).fill(step, batch);
    return batch;
  }

  /** {@return all batches from a step on; the next one is made while the present one is used} */
  public BatchStream from(long step) {
    return new BatchStream(this, step, Long.MAX_VALUE);
  }

  /** {@return the batches of one epoch; the next one is made while the present one is used} */
  public BatchStream epoch(long epoch) {
    return new BatchStream(this, epoch * perEpoch(), (epoch + 1) * perEpoch());
  }

  Batch emptyBatch() {
    return new Batch(Math.min(size, images.count()), images.imageSize());
  }
}
