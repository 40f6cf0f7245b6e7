package io.github.oche.data;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Reads any Deeplearning4j {@link DataSetIterator} of images into memory, once.
 *
 * <p>Features are [images, channels, rows, columns], or [images, values] if the shape is given;
 * labels are [images, classes] with a single 1 in each row. Pixels become bytes by one rule for the
 * whole iterator: if all values lie in 0 .. 1 they are multiplied by 255, otherwise they must lie
 * in 0 .. 255; then they are rounded to the nearest whole number. Values outside mean that a
 * preprocessor has normalised them already: give the iterator without it, since batches are
 * normalised here.
 */
public final class IteratorData {
  private static final float TOLERANCE = 1e-4f;

  private final String name;
  private final List<float[]> features = new ArrayList<>(); // one array a batch
  private final List<Integer> labels = new ArrayList<>();
  private int[] shape; // channels, rows, columns; empty until known
  private int classes;

  private IteratorData(String name, int[] shape) {
    this.name = name;
    this.shape = shape;
  }

  /**
   * Reads images whose features are [images, channels, rows, columns].
   *
   * @param name for people
   * @param train is reset if it can be, and read to its end
   * @param test likewise, if there is one
   * @throws DataException if the arrays are not as described above
   */
  public static Dataset read(String name, DataSetIterator train, Optional<DataSetIterator> test) {
    return read(name, train, test, new int[0]);
  }

  /**
   * Reads images whose features are [images, channels x rows x columns], channel by channel and row
   * by row.
   *
   * @param name for people
   * @param train is reset if it can be, and read to its end
   * @param test likewise, if there is one
   * @throws DataException if the arrays are not as described above
   */
  public static Dataset read(
      String name,
      DataSetIterator train,
      Optional<DataSetIterator> test,
      int channels,
      int rows,
      int columns) {
    return read(name, train, test, new int[] {channels, rows, columns});
  }

  private static Dataset read(
      String name, DataSetIterator train, Optional<DataSetIterator> test, int[] shape) {
    IteratorData trainData = new IteratorData(name, shape);
    trainData.add(train);
    Optional<ImageData> testImages = Optional.empty();
    if (test.isPresent()) {
      IteratorData testData = new IteratorData(name + " (test)", trainData.shape);
      testData.add(test.get());
      testImages = Optional.of(testData.images());
    }
    ImageData images = trainData.images();
    return Dataset.measured(name, images, testImages, names(train, images.classes()));
  }

  private void add(DataSetIterator iterator) {
    if (iterator.resetSupported()) {
      iterator.reset();
    }
    while (iterator.hasNext()) {
      DataSet batch = iterator.next();
      addFeatures(batch.getFeatures());
      addLabels(batch.getLabels(), batch.getFeatures().size(0));
    }
    if (labels.isEmpty()) {
      throw DataException.of("%s gives no images", name);
    }
  }

  private void addFeatures(INDArray array) {
    long[] dimensions = array.shape();
    boolean flat = dimensions.length == 2 && shape.length == 3;
    if (dimensions.length == 4 && shape.length == 0) {
      shape = new int[] {(int) dimensions[1], (int) dimensions[2], (int) dimensions[3]};
      if (shape[2] <= 4 && shape[0] > 4) {
        throw DataException.of(
            "%s: features are %s, which looks like channels last; expected [images, channels, rows,"
                + " columns]",
            name, Arrays.toString(dimensions));
      }
      Limits.requireSides(name, shape[1], shape[2]);
    }
    boolean fits =
        flat
            ? dimensions[1] == (long) shape[0] * shape[1] * shape[2]
            : dimensions.length == 4
                && dimensions[1] == shape[0]
                && dimensions[2] == shape[1]
                && dimensions[3] == shape[2];
    if (!fits) {
      throw DataException.of(
          "%s: features are %s, expected %s",
          name,
          Arrays.toString(dimensions),
          shape.length == 0
              ? "[images, channels, rows, columns]; for [images, values] give channels, rows and"
                  + " columns"
              : "[images, " + shape[0] + ", " + shape[1] + ", " + shape[2] + "]");
    }
    features.add(array.dup('c').data().asFloat());
  }

  private void addLabels(INDArray array, long images) {
    long[] dimensions = array.shape();
    if (dimensions.length != 2 || dimensions[0] != images) {
      throw DataException.of(
          "%s: labels are %s, expected [%d, classes]", name, Arrays.toString(dimensions), images);
    }
    classes = (int) dimensions[1];
    float[] values = array.dup('c').data().asFloat();
    for (int i = 0; i < images; i++) {
      labels.add(hot(values, i * classes));
    }
  }

  private int hot(float[] values, int row) {
    int hot = -1;
    for (int k = 0; k < classes; k++) {
      float value = values[row + k];
      if ((value != 0 && value != 1) || (value == 1 && hot >= 0)) {
        hot = classes;
      } else if (value == 1) {
        hot = k;
      }
    }
    if (hot < 0 || hot == classes) {
      throw DataException.of(
          "%s: labels of image %,d are %s, expected a single 1 and zeros",
          name,
          labels.size() + 1,
          Arrays.toString(Arrays.copyOfRange(values, row, row + Math.min(classes, 12))));
    }
    return hot;
  }

  private ImageData images() {
    int size = Limits.bytes(name, labels.size(), shape[0], shape[1], shape[2]);
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (float[] part : features) {
      for (float value : part) {
        if (Float.isNaN(value)) {
          throw DataException.of("%s: a pixel is NaN", name);
        }
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    if (least < -TOLERANCE || most > 255 + TOLERANCE) {
      throw DataException.of(
          "%s: pixels run from %s to %s, expected 0 to 1 or 0 to 255; remove the iterator's"
              + " preprocessor",
          name, least, most);
    }
    float scale = most <= 1 + TOLERANCE ? 255 : 1;
    byte[] pixels = new byte[size];
    int at = 0;
    for (float[] part : features) {
      for (float value : part) {
        pixels[at++] = (byte) Math.max(0, Math.min(255, Math.round(value * scale)));
      }
    }
    int[] all = labels.stream().mapToInt(Integer::intValue).toArray();
    return ImageData.wrap(shape[0], shape[1], shape[2], classes, pixels, all);
  }

  private static ImmutableList<String> names(DataSetIterator iterator, int classes) {
    @Nullable List<String> names = null;
    try {
      names = iterator.getLabels();
    } catch (UnsupportedOperationException e) {
      // an iterator need not have names
    }
    return names != null && names.size() == classes
        ? ImmutableList.copyOf(names)
        : CifarBinary.numbers(classes);
  }
}
