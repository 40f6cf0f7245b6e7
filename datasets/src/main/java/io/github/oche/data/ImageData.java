package io.github.oche.data;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkElementIndex;

import com.google.common.primitives.ImmutableIntArray;
import java.security.MessageDigest;
import java.util.Locale;

/**
 * Labelled images of one size, kept as bytes.
 *
 * <p>Immutable. Selections ({@link #select}, {@link #range}, {@link #sample}) share the pixels of
 * the data they come from, so a split of the training set costs four bytes an image.
 */
public final class ImageData {
  /** Key of the permutation that {@link #sample} takes its images from. */
  private static final long SAMPLE = 0x53414D504C45L;

  private final int channels;
  private final int height;
  private final int width;
  private final int classes;
  private final byte[] pixels; // [stored image][channel][row][column]
  private final int[] labels; // [stored image]
  private final int[] stored; // [image] -> stored image

  private ImageData(
      int channels, int height, int width, int classes, byte[] pixels, int[] labels, int[] stored) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.classes = classes;
    this.pixels = pixels;
    this.labels = labels;
    this.stored = stored;
  }

  /**
   * Copies images and labels.
   *
   * @param channels at least 1
   * @param height rows of an image
   * @param width columns of an image
   * @param classes labels run from 0 to {@code classes - 1}
   * @param pixels unsigned bytes, [image][channel][row][column]
   * @param labels one an image
   */
  public static ImageData of(
      int channels, int height, int width, int classes, byte[] pixels, int[] labels) {
    return wrap(channels, height, width, classes, pixels.clone(), labels.clone());
  }

  /** As {@link #of}, but keeps the arrays: for readers, which have just made them. */
  static ImageData wrap(
      int channels, int height, int width, int classes, byte[] pixels, int[] labels) {
    checkArgument(
        channels > 0 && height > 0 && width > 0,
        "image shape %sx%sx%s (channels, rows, columns) must be positive",
        channels,
        height,
        width);
    checkArgument(
        pixels.length == (long) labels.length * channels * height * width,
        "%s pixels do not make %s images of %s values each",
        pixels.length,
        labels.length,
        (long) channels * height * width);
    for (int i = 0; i < labels.length; i++) {
      checkArgument(
          0 <= labels[i] && labels[i] < classes,
          "label %s of image %s is not in [0, %s)",
          labels[i],
          i,
          classes);
    }
    return new ImageData(
        channels, height, width, classes, pixels, labels, Permutation.identity(labels.length));
  }

  /** {@return the number of images} */
  public int count() {
    return stored.length;
  }

  /** {@return 1 for grey images, 3 for red, green, blue} */
  public int channels() {
    return channels;
  }

  /** {@return the rows of an image} */
  public int height() {
    return height;
  }

  /** {@return the columns of an image} */
  public int width() {
    return width;
  }

  /** {@return the number of classes; some may have no image in a small selection} */
  public int classes() {
    return classes;
  }

  /** {@return the values of one image: channels x rows x columns} */
  public int imageSize() {
    return channels * height * width;
  }

  /** {@return the label of an image, from 0} */
  public int label(int image) {
    return labels[stored[checkElementIndex(image, stored.length, "image")]];
  }

  /** {@return one value of an image, from 0 to 255} */
  public int pixel(int image, int channel, int row, int column) {
    checkElementIndex(channel, channels, "channel");
    checkElementIndex(row, height, "row");
    checkElementIndex(column, width, "column");
    return pixels[offset(image) + (channel * height + row) * width + column] & 0xFF;
  }

  /** {@return the number of images of each class} */
  public ImmutableIntArray classCounts() {
    int[] counts = new int[classes];
    for (int i = 0; i < count(); i++) {
      counts[label(i)]++;
    }
    return ImmutableIntArray.copyOf(counts);
  }

  /** {@return the images at these positions, in this order; shares the pixels} */
  public ImageData select(int... positions) {
    int[] chosen = new int[positions.length];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = stored[checkElementIndex(positions[i], stored.length, "image")];
    }
    return new ImageData(channels, height, width, classes, pixels, labels, chosen);
  }

  /** {@return the images from {@code from} (inclusive) to {@code to} (exclusive)} */
  public ImageData range(int from, int to) {
    checkArgument(
        0 <= from && from <= to && to <= count(), "[%s, %s) of %s images", from, to, count());
    int[] positions = new int[to - from];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = from + i;
    }
    return select(positions);
  }

  /**
   * {@return the first {@code images} of a seeded permutation: a fair sample of the data}
   *
   * @throws DataException if there are fewer, or less than 2 are asked for
   */
  public ImageData sample(int images, long seed) {
    if (images < 2 || images > count()) {
      throw DataException.of(
          "%,d training images were asked for, but the data has %,d; choose from 2 to %,d",
          images, count(), count());
    }
    int[] positions = new int[images];
    Permutation.first(Permutation.identity(count()), Mix.of(seed, SAMPLE), images, positions);
    return select(positions);
  }

  /**
   * {@return the images centred on black ones of at least {@code side} rows and columns; the data
   * themselves if no side is shorter}
   */
  public ImageData padTo(int side) {
    if (height >= side && width >= side) {
      return this;
    }
    int rows = Math.max(height, side);
    int columns = Math.max(width, side);
    int top = (rows - height) / 2;
    int left = (columns - width) / 2;
    byte[] padded = new byte[Limits.bytes("padded images", count(), channels, rows, columns)];
    int[] ours = new int[count()];
    for (int i = 0; i < count(); i++) {
      ours[i] = label(i);
      for (int c = 0; c < channels; c++) {
        for (int y = 0; y < height; y++) {
          int from = offset(i) + (c * height + y) * width;
          int to = ((i * channels + c) * rows + top + y) * columns + left;
          System.arraycopy(pixels, from, padded, to, width);
        }
      }
    }
    return wrap(channels, rows, columns, classes, padded, ours);
  }

  /** Returns the array that holds the pixels of all stored images; not to be written. */
  byte[] pixels() {
    return pixels;
  }

  /** Returns where an image begins in {@link #pixels()}. */
  int offset(int image) {
    return stored[checkElementIndex(image, stored.length, "image")] * imageSize();
  }

  void digest(MessageDigest into) {
    for (int size : new int[] {count(), channels, height, width, classes}) {
      Limits.digest(into, size);
    }
    for (int i = 0; i < count(); i++) {
      Limits.digest(into, label(i));
      into.update(pixels, offset(i), imageSize());
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d images of %dx%dx%d, %d classes",
        count(),
        channels,
        height,
        width,
        classes);
  }
}
