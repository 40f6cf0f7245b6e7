package io.github.oche.data;

import static io.github.oche.data.Fixtures.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitTest {
  private final ImageData images = Fixtures.images(11, 1, 4, 4, 11, 1); // image i has label i

  @Test
  void partsAreDisjointAndTogetherAll() {
    for (double portion : new double[] {0.1, 0.5, 0.9}) {
      for (long seed = 0; seed < 20; seed++) {
        Split split = Split.shuffled(images, portion, seed);
        List<Integer> all = labels(split.training());
        assertThat(all).hasSize((int) (portion * 11));
        all.addAll(labels(split.validation()));
        assertThat(all).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
      }
    }
  }

  @Test
  void halvesOfAnOddNumberGiveTheRestToTheArchitecture() {
    Split split = Split.shuffled(images, 0.5, 1);
    assertThat(split.training().count()).isEqualTo(5);
    assertThat(split.validation().count()).isEqualTo(6);
  }

  @Test
  void inOrderIsByPositionAsPublished() {
    Split split = Split.inOrder(images, 0.5);
    assertThat(labels(split.training())).containsExactly(0, 1, 2, 3, 4);
    assertThat(labels(split.validation())).containsExactly(5, 6, 7, 8, 9, 10);
  }

  @Test
  void theSeedDecidesAndNothingElse() {
    assertThat(labels(Split.shuffled(images, 0.5, 3).training()))
        .isEqualTo(labels(Split.shuffled(images, 0.5, 3).training()))
        .isNotEqualTo(labels(Split.shuffled(images, 0.5, 4).training()));
  }

  @Test
  void emptyPartsAreRefused() {
    for (double portion : new double[] {0, 1, -0.5, 1.5, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertRefused(() -> Split.inOrder(images, portion), "share of the weights", "" + portion);
      assertRefused(() -> Split.shuffled(images, portion, 1), "share of the weights");
    }
    assertRefused(() -> Split.inOrder(images, 0.01), "0 images for the weights", "11");
    assertRefused(() -> Split.inOrder(images.range(0, 1), 0.5), "at least one");
  }

  private static List<Integer> labels(ImageData images) {
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < images.count(); i++) {
      labels.add(images.label(i));
    }
    return labels;
  }
}
