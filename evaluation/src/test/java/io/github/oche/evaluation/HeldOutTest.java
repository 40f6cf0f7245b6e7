package io.github.oche.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.oche.data.ImageData;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeldOutTest {
  /** Images of 1x1, each with its own number for a label. */
  private static ImageData numbered(int count) {
    return ImageData.of(1, 1, 1, count, new byte[count], IntStream.range(0, count).toArray());
  }

  private static List<Integer> numbers(ImageData images) {
    return IntStream.range(0, images.count()).mapToObj(images::label).toList();
  }

  private static List<Integer> held(int count, double share, long seed) {
    return numbers(HeldOut.of(numbered(count), share, seed).validation().orElseThrow());
  }

  @Test
  void everyImageIsInOnePartAndEachPartInTheOrderOfTheData() {
    for (double share : new double[] {0.02, 0.1, 0.3, 0.5, 0.9}) {
      HeldOut parts = HeldOut.of(numbered(50), share, 3);
      List<Integer> held = numbers(parts.validation().orElseThrow());
      List<Integer> left = numbers(parts.training());
      assertThat(held).hasSize((int) Math.round(50 * share)).isSorted();
      assertThat(left).isSorted();
      List<Integer> all = new ArrayList<>(held);
      all.addAll(left);
      assertThat(all).containsExactlyInAnyOrderElementsOf(numbers(numbered(50)));
    }
  }

  @Test
  void withoutAShareAllImagesTrain() {
    ImageData images = numbered(5);
    assertThat(HeldOut.of(images, 0, 1)).isEqualTo(new HeldOut(images, Optional.empty()));
  }

  @Test
  void theSeedAloneChooses() {
    assertThat(held(200, 0.2, 1)).isEqualTo(held(200, 0.2, 1)).isNotEqualTo(held(200, 0.2, 2));
  }

  @Test
  void everyImageIsAsLikelyHeldOut() {
    int[] times = new int[10];
    for (int seed = 0; seed < 10_000; seed++) {
      held(10, 0.3, seed).forEach(i -> times[i]++);
    }
    // binomial: 3000, deviation 46
    assertThat(times)
        .satisfies(t -> IntStream.of(t).forEach(n -> assertThat(n).isBetween(2800, 3200)));
  }

  @Test
  void anEmptyPartIsRefused() {
    assertThatThrownBy(() -> HeldOut.of(numbered(10), 0.04, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "validation 0.04 of 10 training images holds out 0 and leaves 10 to train on; both need"
                + " at least one");
    assertThatThrownBy(() -> HeldOut.of(numbered(10), 0.96, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds out 10 and leaves 0");
  }
}
