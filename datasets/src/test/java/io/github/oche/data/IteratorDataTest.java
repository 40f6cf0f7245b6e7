package io.github.oche.data;

import static io.github.oche.data.Fixtures.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.TestDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

class IteratorDataTest {
  private final ImageData images = Fixtures.images(10, 3, 8, 12, 4, 5);

  @Test
  void wholeNumbersArriveByteForByte() {
    Dataset data = IteratorData.read("x", iterator(1.0, 4), Optional.of(iterator(1.0, 5)));
    assertThat(data.train().classes()).isEqualTo(4);
    CifarBinaryTest.assertSame(data.train(), images);
    CifarBinaryTest.assertSame(data.test().orElseThrow(), images);
    assertThat(data.normalisation()).isEqualTo(Normalisation.of(images));
  }

  @Test
  void valuesUpToOneAreStretchedTo255() {
    Dataset data = IteratorData.read("x", iterator(255.0, 3), Optional.empty());
    CifarBinaryTest.assertSame(data.train(), images);
    assertThat(data.test()).isEmpty();
  }

  @Test
  void flatFeaturesNeedAShape() {
    DataSet flat = features(1.0);
    flat.setFeatures(flat.getFeatures().reshape('c', 10, 3 * 8 * 12));
    Dataset data = IteratorData.read("x", of(flat), Optional.empty(), 3, 8, 12);
    CifarBinaryTest.assertSame(data.train(), images);
    assertRefused(
        () -> IteratorData.read("x", of(flat), Optional.empty()),
        "[10, 288]",
        "channels, rows and columns");
    assertRefused(() -> IteratorData.read("x", of(flat), Optional.empty(), 1, 8, 12), "[10, 288]");
  }

  @Test
  void readingStartsAtTheBeginning() {
    DataSetIterator begun = iterator(1.0, 4);
    begun.next();
    CifarBinaryTest.assertSame(IteratorData.read("x", begun, Optional.empty()).train(), images);
  }

  @Test
  void whatIsNormalisedAlreadyIsRefused() {
    DataSet shifted = features(128.0);
    shifted.getFeatures().subi(1);
    assertRefused(
        () -> IteratorData.read("x", of(shifted), Optional.empty()), "pixels run", "preprocessor");
    DataSet broken = features(1.0);
    broken.getFeatures().putScalar(7, Double.NaN);
    assertRefused(() -> IteratorData.read("x", of(broken), Optional.empty()), "NaN");
  }

  @Test
  void otherShapesAreRefused() {
    DataSet last = features(1.0);
    last.setFeatures(last.getFeatures().permute(0, 2, 3, 1));
    assertRefused(
        () -> IteratorData.read("x", of(last), Optional.empty()),
        "[10, 8, 12, 3]",
        "channels last");
    DataSet rank3 = features(1.0);
    rank3.setFeatures(rank3.getFeatures().reshape('c', 10, 24, 12));
    assertRefused(() -> IteratorData.read("x", of(rank3), Optional.empty()), "[10, 24, 12]");
    DataSet soft = features(1.0);
    soft.getLabels().putScalar(new int[] {2, 0}, 0.5);
    assertRefused(() -> IteratorData.read("x", of(soft), Optional.empty()), "image 3", "single 1");
    DataSet twice = features(1.0);
    twice.getLabels().assign(1);
    assertRefused(() -> IteratorData.read("x", of(twice), Optional.empty()), "image 1");
    DataSet none = features(1.0);
    none.getLabels().assign(0);
    assertRefused(() -> IteratorData.read("x", of(none), Optional.empty()), "image 1");
  }

  private DataSetIterator iterator(double divisor, int batch) {
    return new TestDataSetIterator(features(divisor), batch);
  }

  private static DataSetIterator of(DataSet data) {
    return new TestDataSetIterator(data, 10);
  }

  private DataSet features(double divisor) {
    INDArray x = Nd4j.create(DataType.FLOAT, 10, 3, 8, 12);
    INDArray y = Nd4j.zeros(DataType.FLOAT, 10, 4);
    for (int i = 0; i < 10; i++) {
      y.putScalar(new int[] {i, images.label(i)}, 1);
      for (int p = 0; p < 3 * 8 * 12; p++) {
        int value = images.pixel(i, p / 96, p % 96 / 12, p % 12);
        x.putScalar(new int[] {i, p / 96, p % 96 / 12, p % 12}, value / divisor);
      }
    }
    return new DataSet(x, y);
  }
}
