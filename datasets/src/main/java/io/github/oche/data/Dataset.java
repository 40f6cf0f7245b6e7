package io.github.oche.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Training images, test images and what is known about them.
 *
 * @param name for people
 * @param train training images
 * @param test test images, if the data have any; see {@link #withTest()}
 * @param classNames one a class
 * @param normalisation the published one for CIFAR, otherwise measured on the training images
 * @param nearestNeighbourPercent accuracy on the test images of one nearest neighbour on raw
 *     pixels, where it is known: a floor for anything learned
 * @param notes what a user should know about how the data were read, one line each
 */
public record Dataset(
    String name,
    ImageData train,
    Optional<ImageData> test,
    ImmutableList<String> classNames,
    Normalisation normalisation,
    OptionalDouble nearestNeighbourPercent,
    ImmutableList<String> notes) {

  /** Of each class, one image in this many is held out where the data have no test images. */
  private static final int HELD_OUT = 5;

  /**
   * Checks that the parts fit together, that there are at least two classes, and that the sides are
   * multiples of 4 up to 1,024.
   */
  public Dataset {
    Limits.requireSides(name, train.height(), train.width());
    if (train.classes() < 2) {
      throw DataException.of("%s has one class only; at least two are needed", name);
    }
    if (train.count() < 2) {
      throw DataException.of(
          "%s has %d training images; at least 2 are needed", name, train.count());
    }
    checkArgument(
        classNames.size() == train.classes(),
        "%s class names for %s classes",
        classNames.size(),
        train.classes());
    if (test.isPresent() && !sameShape(train, test.get())) {
      throw DataException.of(
          "%s: training data are %s, test data are %s; shapes must be equal",
          name, train, test.get());
    }
  }

  /** Makes data whose normalisation is measured on the training images. */
  static Dataset measured(
      String name, ImageData train, Optional<ImageData> test, ImmutableList<String> classNames) {
    Limits.requireSides(name, train.height(), train.width());
    return new Dataset(
        name,
        train,
        test,
        classNames,
        Normalisation.of(train),
        OptionalDouble.empty(),
        ImmutableList.of());
  }

  /**
   * Reads a file, an archive or a folder into memory. Nothing is written.
   *
   * @throws DataException if it cannot be read as that format; the message says why
   */
  public static Dataset read(Path path, Format format) {
    return Readers.read(path, format);
  }

  /**
   * {@return the sample that comes with the library: the first 5,000 training and the first 1,000
   * test images of Fashion-MNIST (Xiao, Rasul and Vollgraf 2017, arXiv:1708.07747; MIT licence)}
   */
  public static Dataset embedded() {
    return EmbeddedSample.read();
  }

  /**
   * {@return data that have test images: these if they do, otherwise the last fifth of each class,
   * in the order of the data, becomes the test set and is no longer trained on; a note says so}
   *
   * <p>A search should call this too, so that no architecture is chosen on images it is scored on.
   *
   * @throws DataException if no class has five images
   */
  public Dataset withTest() {
    if (test.isPresent()) {
      return this;
    }
    int[] left = train.classCounts().toArray(); // images of a class still to come
    int[] total = left.clone();
    ImmutableList.Builder<Integer> kept = ImmutableList.builder();
    ImmutableList.Builder<Integer> held = ImmutableList.builder();
    for (int i = 0; i < train.count(); i++) {
      int label = train.label(i);
      (left[label]-- > total[label] / HELD_OUT ? kept : held).add(i);
    }
    ImageData training = train.select(toArray(kept.build()));
    ImageData testing = train.select(toArray(held.build()));
    if (testing.count() == 0) {
      throw DataException.of(
          "%s has no test images, and no class has %d images to hold one out", name, HELD_OUT);
    }
    String note =
        String.format(
            Locale.ROOT,
            "%s has no test images: the last fifth of each class (%,d images) is held out as test"
                + " set, %,d are left for training",
            name,
            testing.count(),
            training.count());
    boolean published = normalisation.equals(Normalisation.CIFAR);
    return new Dataset(
        name,
        training,
        Optional.of(testing),
        classNames,
        published ? normalisation : Normalisation.of(training),
        nearestNeighbourPercent,
        ImmutableList.<String>builder().addAll(notes).add(note).build());
  }

  /** {@return the data with black borders around images smaller than {@code side}} */
  public Dataset padTo(int side) {
    return with(train.padTo(side), test.map(images -> images.padTo(side)), nearestNeighbourPercent);
  }

  /**
   * {@return the data with only {@code images} training images, the first of a seeded permutation}
   *
   * <p>The normalisation stays that of all training images. What one nearest neighbour gets is no
   * longer known.
   *
   * @throws DataException if there are not that many
   */
  public Dataset limitTrain(int images, long seed) {
    return with(train.sample(images, seed), test, OptionalDouble.empty());
  }

  /**
   * {@return the data with two parts of its training images in the place of training and test
   * images: what is chosen by the second is chosen without the test images}
   *
   * @param name of what comes out
   */
  public Dataset inParts(String name, Split parts) {
    return new Dataset(
        name,
        parts.training(),
        Optional.of(parts.validation()),
        classNames,
        normalisation,
        OptionalDouble.empty(),
        notes);
  }

  /**
   * {@return the SHA-256 of shapes, labels and pixels of training and test images, in hexadecimal}
   *
   * <p>It does not depend on the format or the compression they were read from. Reads all bytes:
   * about half a second for CIFAR-10.
   */
  public String sha256() {
    return Digest.of(train, test);
  }

  /** {@return one line: name, images, shape, classes} */
  public String describe() {
    return String.format(
        Locale.ROOT,
        "%s: %,d training and %,d test images, %dx%dx%d, %d classes",
        name,
        train.count(),
        test.map(ImageData::count).orElse(0),
        train.channels(),
        train.height(),
        train.width(),
        train.classes());
  }

  Dataset withNotes(ImmutableList<String> more) {
    return new Dataset(
        name,
        train,
        test,
        classNames,
        normalisation,
        nearestNeighbourPercent,
        ImmutableList.<String>builder().addAll(notes).addAll(more).build());
  }

  private Dataset with(
      ImageData newTrain, Optional<ImageData> newTest, OptionalDouble nearestNeighbour) {
    return new Dataset(name, newTrain, newTest, classNames, normalisation, nearestNeighbour, notes);
  }

  private static boolean sameShape(ImageData a, ImageData b) {
    return a.channels() == b.channels()
        && a.height() == b.height()
        && a.width() == b.width()
        && a.classes() == b.classes();
  }

  private static int[] toArray(ImmutableList<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }
}
