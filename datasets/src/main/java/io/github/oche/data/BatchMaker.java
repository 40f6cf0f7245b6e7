package io.github.oche.data;

import java.util.Arrays;

/** Makes batches one after another with scratch memory of its own; one thread at a time. */
final class BatchMaker implements BatchStream.Filler {
  // What random bits are for: of the data, then of an image.
  private static final long SHUFFLE = -1;
  private static final long AUGMENT = -2;
  private static final int CROP_ROW = 0;
  private static final int CROP_COLUMN = 1;
  private static final int FLIP = 2;
  private static final int CUTOUT_ROW = 3;
  private static final int CUTOUT_COLUMN = 4;

  private final Batches batches;
  private final float[][] tables; // [channel][byte]
  private final int[] order; // FRESH: the identity; SHUFFLED: the shuffle of one epoch
  private final int[] chosen; // images of the present batch
  private long shuffledEpoch = -1;

  BatchMaker(Batches batches) {
    this.batches = batches;
    ImageData images = batches.images();
    tables = new float[images.channels()][];
    for (int c = 0; c < tables.length; c++) {
      tables[c] = batches.normalisation().table(c);
    }
    order = Permutation.identity(images.count());
    chosen = new int[Math.min(batches.size(), images.count())];
  }

  @Override
  public void fill(long step, Batch into) {
    boolean fresh = batches.order() == Order.FRESH;
    long epoch = fresh ? step : step / batches.perEpoch();
    int first = fresh ? 0 : (int) (step % batches.perEpoch()) * batches.size();
    int count = Math.min(batches.size(), order.length - first);
    choose(epoch, first, count);
    ImageData images = batches.images();
    long key = Mix.of(batches.seed(), AUGMENT, epoch);
    for (int i = 0; i < count; i++) {
      into.labels[i] = images.label(chosen[i]);
      draw(chosen[i], Mix.of(key, first + i), into.images, i * images.imageSize());
    }
    into.count = count;
    into.step = step;
  }

  private void choose(long epoch, int first, int count) {
    long key = Mix.of(batches.seed(), SHUFFLE, epoch);
    if (batches.order() == Order.FRESH) {
      Permutation.first(order, key, count, chosen);
      return;
    }
    if (batches.order() == Order.SHUFFLED && shuffledEpoch != epoch) {
      Permutation.refill(order, key);
      shuffledEpoch = epoch;
    }
    System.arraycopy(order, first, chosen, 0, count);
  }

  /** Writes one image: window of the padded image, mirrored or not, normalised, cut out. */
  private void draw(int image, long key, float[] into, int at) {
    ImageData images = batches.images();
    Augmentation a = batches.augmentation();
    int height = images.height();
    int width = images.width();
    int offsets = 2 * a.cropPadding() + 1;
    int down = Mix.below(offsets, Mix.of(key, CROP_ROW)) - a.cropPadding();
    int right = Mix.below(offsets, Mix.of(key, CROP_COLUMN)) - a.cropPadding();
    boolean mirrored = a.flip() && Mix.below(2, Mix.of(key, FLIP)) == 1;
    int from = images.offset(image);
    for (int c = 0; c < images.channels(); c++) {
      for (int y = 0; y < height; y++) {
        int row = from + (c * height + y + down) * width;
        boolean inside = 0 <= y + down && y + down < height;
        drawRow(row, inside, right, mirrored, tables[c], into, at + (c * height + y) * width);
      }
    }
    if (a.cutout() > 0) {
      int top = Mix.below(height, Mix.of(key, CUTOUT_ROW)) - a.cutout() / 2;
      int left = Mix.below(width, Mix.of(key, CUTOUT_COLUMN)) - a.cutout() / 2;
      cutOut(top, left, into, at);
    }
  }

  private void drawRow(
      int row, boolean inside, int right, boolean mirrored, float[] table, float[] into, int at) {
    byte[] pixels = batches.images().pixels();
    int width = batches.images().width();
    float black = table[0];
    for (int x = 0; x < width; x++) {
      int column = (mirrored ? width - 1 - x : x) + right;
      boolean known = inside && 0 <= column && column < width;
      into[at + x] = known ? table[pixels[row + column] & 0xFF] : black;
    }
  }

  private void cutOut(int top, int left, float[] into, int at) {
    ImageData images = batches.images();
    int side = batches.augmentation().cutout();
    int firstColumn = Math.max(0, left);
    int endColumn = Math.min(images.width(), left + side);
    int endRow = Math.min(images.height(), top + side);
    for (int c = 0; c < images.channels(); c++) {
      for (int y = Math.max(0, top); y < endRow; y++) {
        int row = at + (c * images.height() + y) * images.width();
        Arrays.fill(into, row + firstColumn, row + endColumn, 0f);
      }
    }
  }
}
