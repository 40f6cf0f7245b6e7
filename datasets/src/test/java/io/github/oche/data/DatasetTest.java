package io.github.oche.data;

import static io.github.oche.data.Fixtures.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DatasetTest {
  private static Dataset of(ImageData train, Optional<ImageData> test) {
    return Dataset.measured("x", train, test, CifarBinary.numbers(train.classes()));
  }

  private static ImageData labelled(int... labels) {
    int classes = Arrays.stream(labels).max().orElseThrow() + 1;
    return ImageData.of(1, 4, 4, classes, Fixtures.random(16 * labels.length, 1), labels);
  }

  @Test
  void theLastFifthOfEachClassIsHeldOutAndSaid() {
    // ten of class 0, six of class 1, four of class 2
    ImageData all = labelled(0, 0, 1, 2, 0, 0, 1, 2, 0, 0, 1, 2, 0, 0, 1, 2, 0, 0, 1, 1);
    Dataset data = of(all, Optional.empty()).withTest();
    ImageData test = data.test().orElseThrow();
    assertThat(test.classCounts().asList()).containsExactly(2, 1, 0);
    assertThat(data.train().classCounts().asList()).containsExactly(8, 5, 4);
    for (int p = 0; p < 16; p++) {
      assertThat(test.pixel(0, 0, p / 4, p % 4)).isEqualTo(all.pixel(16, 0, p / 4, p % 4));
      assertThat(test.pixel(1, 0, p / 4, p % 4)).isEqualTo(all.pixel(17, 0, p / 4, p % 4));
      assertThat(test.pixel(2, 0, p / 4, p % 4)).isEqualTo(all.pixel(19, 0, p / 4, p % 4));
    }
    assertThat(data.notes()).hasSize(1);
    assertThat(data.notes().get(0)).contains("last fifth", "3 images", "17");
    assertThat(data.normalisation()).isEqualTo(Normalisation.of(data.train()));
  }

  @Test
  void testImagesThatAreThereStay() {
    Dataset data = of(labelled(0, 1, 0, 1), Optional.of(labelled(0, 1)));
    assertThat(data.withTest()).isSameAs(data);
    assertThat(data.notes()).isEmpty();
  }

  @Test
  void tooFewToHoldOutIsRefused() {
    assertRefused(of(labelled(0, 1, 0, 1), Optional.empty())::withTest, "no test images");
  }

  @Test
  void theChecksumKnowsEveryByteAndLabel() {
    byte[] pixels = Fixtures.random(64, 1);
    Set<String> sums = new HashSet<>();
    Dataset base = of(ImageData.of(1, 4, 4, 2, pixels, new int[] {0, 1, 0, 1}), Optional.empty());
    sums.add(base.sha256());
    assertThat(sums).contains(base.sha256());
    assertThat(base.sha256()).matches("[0-9a-f]{64}");
    sums.add(
        of(ImageData.of(1, 4, 4, 2, pixels, new int[] {0, 1, 1, 1}), Optional.empty()).sha256());
    sums.add(of(base.train(), Optional.of(base.train())).sha256());
    sums.add(of(base.train().select(1, 0, 2, 3), Optional.empty()).sha256());
    sums.add(of(base.train().range(0, 3), Optional.empty()).sha256());
    pixels[63] ^= 1;
    sums.add(
        of(ImageData.of(1, 4, 4, 2, pixels, new int[] {0, 1, 0, 1}), Optional.empty()).sha256());
    assertThat(sums).hasSize(6);
  }

  @Test
  void limitAndPaddingLeaveTheNormalisation() {
    Dataset data = of(Fixtures.images(20, 1, 8, 8, 2, 1), Optional.of(labelled8()));
    Dataset small = data.limitTrain(10, 1).padTo(32);
    assertThat(small.train().count()).isEqualTo(10);
    assertThat(small.train().height()).isEqualTo(32);
    assertThat(small.test().orElseThrow().width()).isEqualTo(32);
    assertThat(small.normalisation()).isEqualTo(data.normalisation());
    assertThat(data.describe()).isEqualTo("x: 20 training and 4 test images, 1x8x8, 2 classes");
  }

  @Test
  void whatOneNearestNeighbourGetsIsKnownOfAllTrainingImagesAlone() {
    Dataset data = Dataset.embedded();
    assertThat(data.nearestNeighbourPercent()).isPresent();
    assertThat(data.limitTrain(10, 1).nearestNeighbourPercent()).isEmpty();
    assertThat(data.limitTrain(10, 1).padTo(32).test()).isPresent();
  }

  private static ImageData labelled8() {
    return Fixtures.images(4, 1, 8, 8, 2, 2);
  }

  @Test
  void unequalShapesAndBadSidesAreRefused() {
    assertRefused(
        () -> of(labelled(0, 1), Optional.of(labelled8())),
        "1x4x4",
        "1x8x8",
        "shapes must be equal");
    assertRefused(
        () -> of(Fixtures.images(4, 3, 32, 31, 2, 1), Optional.empty()), "32x31", "32x32");
    assertRefused(() -> of(labelled(0, 0), Optional.empty()), "one class");
    assertRefused(() -> of(labelled(1), Optional.empty()), "1 training images");
  }

  @Test
  void nonSquareImagesAreFine() {
    assertThat(of(Fixtures.images(4, 3, 4, 1024, 2, 1), Optional.empty()).train().width())
        .isEqualTo(1024);
  }

  @Test
  void theNearestValidSideIsNamed() {
    int[][] pairs = {{1, 4}, {3, 4}, {5, 4}, {6, 8}, {30, 32}, {33, 32}, {1025, 1024}};
    for (int[] pair : pairs) {
      assertThat(Limits.valid(pair[0])).isFalse();
      assertThat(Limits.nearest(pair[0])).isEqualTo(pair[1]);
    }
    assertThat(Limits.nearest(Integer.MAX_VALUE)).isEqualTo(1024);
  }

  @Test
  void dataOfOnesOwnMakeADataset() {
    ImageData mine = labelled(0, 1, 2);
    Dataset data =
        new Dataset(
            "mine",
            mine,
            Optional.empty(),
            ImmutableList.of("a", "b", "c"),
            Normalisation.of(mine),
            OptionalDouble.empty(),
            ImmutableList.of());
    assertThat(data.classNames()).hasSize(mine.classes());
  }
}
