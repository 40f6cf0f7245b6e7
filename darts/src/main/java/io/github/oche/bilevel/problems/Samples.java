package io.github.oche.bilevel.problems;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkPositionIndexes;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Labelled vectors: what a classifier is trained, validated or tested on. The features are never
 * changed; samples with other labels share them.
 */
public final class Samples {
  private final INDArray features;
  private final ImmutableIntArray labels;
  private final int classes;

  private Samples(INDArray features, ImmutableIntArray labels, int classes) {
    this.features = features;
    this.labels = labels;
    this.classes = classes;
  }

  /**
   * Copies features and labels.
   *
   * @param features one sample a row, [N, d]; {@code FLOAT} or {@code DOUBLE}
   * @param labels N numbers from 0 to {@code classes - 1}
   * @param classes at least 2
   * @return the samples
   */
  public static Samples of(INDArray features, int[] labels, int classes) {
    checkArgument(
        features.rank() == 2 && features.size(0) == labels.length && labels.length > 0,
        "features have shape %s, expected [%s, d] for %s labels",
        Arrays.toString(features.shape()),
        labels.length,
        labels.length);
    checkArgument(
        features.dataType() == DataType.FLOAT || features.dataType() == DataType.DOUBLE,
        "features are %s, expected FLOAT or DOUBLE",
        features.dataType());
    checkArgument(classes >= 2, "classes is %s, expected at least 2", classes);
    for (int i = 0; i < labels.length; i++) {
      checkArgument(
          0 <= labels[i] && labels[i] < classes,
          "label %s of sample %s is not in [0, %s)",
          labels[i],
          i,
          classes);
    }
    return new Samples(features.dup('c'), ImmutableIntArray.copyOf(labels), classes);
  }

  /** {@return N, the number of samples} */
  public int count() {
    return labels.length();
  }

  /** {@return d, the number of features} */
  public int dimension() {
    return (int) features.size(1);
  }

  /** {@return the number of classes} */
  public int classes() {
    return classes;
  }

  /** {@return one sample a row, [N, d]; not to be changed} */
  public INDArray features() {
    return features;
  }

  /** {@return the N labels} */
  public ImmutableIntArray labels() {
    return labels;
  }

  /**
   * Some neighbouring samples.
   *
   * @param from the first
   * @param to one after the last
   * @return a copy of them
   */
  public Samples range(int from, int to) {
    checkPositionIndexes(from, to, count());
    return new Samples(
        features.get(NDArrayIndex.interval(from, to), NDArrayIndex.all()).dup('c'),
        labels.subArray(from, to),
        classes);
  }

  /**
   * The same samples in another order.
   *
   * @param seed of the order
   * @return a copy
   */
  public Samples shuffled(long seed) {
    return drawn(count(), seed);
  }

  /** The first {@code size} samples of {@link #shuffled}, without copying the others. */
  Samples drawn(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = new int[count()];
    for (int i = 0; i < order.length; i++) { // the inside-out form of Fisher and Yates
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    int[] first = Arrays.copyOf(order, size);
    return new Samples(
        features.get(NDArrayIndex.indices(Arrays.stream(first).asLongStream().toArray())).dup('c'),
        ImmutableIntArray.copyOf(Arrays.stream(first).map(labels::get)),
        classes);
  }

  /**
   * Shifts and scales each feature as another set needs it for mean 0 and deviation 1 (a feature
   * that is constant there is only shifted), and adds a feature that is 1.
   *
   * @param model the set, usually that which is trained on
   * @return a copy in {@code DOUBLE}, with one feature more
   */
  public Samples standardised(Samples model) {
    checkArgument(
        dimension() == model.dimension(),
        "features are %s, expected %s",
        dimension(),
        model.dimension());
    INDArray all = model.features.castTo(DataType.DOUBLE);
    INDArray mean = all.mean(0);
    INDArray deviation = all.subRowVector(mean).norm2(0).divi(Math.sqrt(model.count()));
    for (int j = 0; j < dimension(); j++) {
      if (deviation.getDouble(j) == 0) {
        deviation.putScalar(j, 1);
      }
    }
    INDArray scaled = features.castTo(DataType.DOUBLE).subRowVector(mean).diviRowVector(deviation);
    return new Samples(
        Nd4j.concat(1, scaled, Nd4j.ones(DataType.DOUBLE, count(), 1)).dup('c'), labels, classes);
  }

  /** The same features under other labels. */
  Samples withLabels(int[] others) {
    return new Samples(features, ImmutableIntArray.copyOf(others), classes);
  }
}
