package io.github.oche.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DropPathMasksTest {
  private static final int SLOTS = 20;
  private static final int BATCH = 16;

  private static float[] masks(long seed, long step, double p) {
    return new DropPathMasks(seed, SLOTS, BATCH).of(step, BATCH, p).clone();
  }

  @Test
  void aShareIsDroppedAndTheRestScaledSoThatTheMeanStays() {
    int kept = 0;
    for (int step = 0; step < 100; step++) {
      for (float mask : masks(3, step, 0.2)) {
        assertThat(mask == 0 || mask == 1.25f).isTrue();
        kept += mask > 0 ? 1 : 0;
      }
    }
    double n = 100.0 * SLOTS * BATCH;
    assertThat(kept / n).isCloseTo(0.8, within(4 * Math.sqrt(0.8 * 0.2 / n)));
  }

  @Test
  void withoutDroppingAllAreOne() {
    assertThat(masks(3, 7, 0)).containsOnly(1f);
  }

  @Test
  void seedAndStepDecide() {
    assertThat(masks(3, 7, 0.5)).isEqualTo(masks(3, 7, 0.5)).isNotEqualTo(masks(4, 7, 0.5));
    DropPathMasks one = new DropPathMasks(3, SLOTS, BATCH);
    one.of(6, BATCH, 0.5);
    assertThat(one.of(7, BATCH, 0.5)).isEqualTo(masks(3, 7, 0.5));
  }

  /** Masks of a step must tell nothing of the next step's, moved by a few places or not. */
  @Test
  void stepsAreIndependentAtAnyLag() {
    int n = SLOTS * BATCH;
    for (int other = 1; other <= 3; other++) {
      float[] a = masks(3, 7, 0.5);
      float[] b = masks(3, 7 + other, 0.5);
      for (int lag = -3; lag <= 3; lag++) {
        int equal = 0;
        int pairs = 0;
        for (int i = Math.max(0, -lag); i < n - Math.max(0, lag); i++) {
          equal += a[i + lag] == b[i] ? 1 : 0;
          pairs++;
        }
        assertThat((double) equal / pairs)
            .as("steps 7 and %s, lag %s", 7 + other, lag)
            .isCloseTo(0.5, within(4.5 * Math.sqrt(0.25 / pairs)));
      }
    }
  }

  @Test
  void slotsAndImagesAreIndependent() {
    int n = 400;
    float[] values = new DropPathMasks(5, 2, n).of(0, n, 0.5);
    float[] first = Arrays.copyOf(values, n);
    float[] second = Arrays.copyOfRange(values, n, 2 * n);
    int equal = 0;
    for (int i = 0; i < n; i++) {
      equal += first[i] == second[i] ? 1 : 0;
    }
    assertThat(equal / (double) n).isCloseTo(0.5, within(4 * Math.sqrt(0.25 / n)));
  }

  @Test
  void aShortBatchHasMasksForItsOwnImages() {
    DropPathMasks masks = new DropPathMasks(3, SLOTS, BATCH);
    float[] expected = new DropPathMasks(3, SLOTS, 5).of(9, 5, 0.5);
    float[] actual = masks.of(9, 5, 0.5);
    assertThat(Arrays.copyOf(actual, SLOTS * 5)).isEqualTo(expected);
  }
}
