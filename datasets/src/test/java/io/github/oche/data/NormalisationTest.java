package io.github.oche.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;

class NormalisationTest {
  @Test
  void measuredIsMeanAndPopulationDeviationOfEachChannel() {
    ImageData images = Fixtures.images(20, 3, 4, 8, 2, 3).range(3, 17);
    Normalisation measured = Normalisation.of(images);
    for (int c = 0; c < 3; c++) {
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < 14; i++) {
        for (int p = 0; p < 32; p++) {
          double value = images.pixel(i, c, p / 8, p % 8) / 255.0;
          sum += value;
          squares += value * value;
        }
      }
      double mean = sum / (14 * 32);
      double deviation = StrictMath.sqrt(squares / (14 * 32) - mean * mean);
      assertThat(measured.mean().get(c)).isCloseTo(mean, within(1e-12));
      assertThat(measured.deviation().get(c)).isCloseTo(deviation, within(1e-12));
    }
  }

  @Test
  void twoValuesByHand() {
    ImageData images = ImageData.of(1, 1, 2, 1, new byte[] {0, (byte) 255}, new int[] {0});
    assertThat(Normalisation.of(images))
        .isEqualTo(new Normalisation(ImmutableList.of(0.5), ImmutableList.of(0.5)));
  }

  @Test
  void aConstantChannelBecomesZero() {
    ImageData images = ImageData.of(1, 1, 3, 1, new byte[] {7, 7, 7}, new int[] {0});
    Normalisation measured = Normalisation.of(images);
    assertThat(measured.deviation()).containsExactly(1.0);
    assertThat(measured.table(0)[7]).isCloseTo(0f, within(1e-7f));
  }

  @Test
  void theScaleOfTheBytesDoesNotMatter() {
    byte[] narrow = Fixtures.random(64, 1);
    byte[] wide = new byte[64];
    for (int i = 0; i < 64; i++) {
      narrow[i] &= 15;
      wide[i] = (byte) (16 * narrow[i]);
    }
    Normalisation small = Normalisation.of(ImageData.of(1, 8, 8, 1, narrow, new int[] {0}));
    Normalisation large = Normalisation.of(ImageData.of(1, 8, 8, 1, wide, new int[] {0}));
    for (int v = 0; v < 16; v++) {
      assertThat(small.table(0)[v]).isCloseTo(large.table(0)[16 * v], within(1e-6f));
    }
  }

  @Test
  void publishedConstantsAreThoseOfTheReleasedCode() {
    assertThat(Normalisation.CIFAR.mean()).containsExactly(.49139968, .48215827, .44653124);
    assertThat(Normalisation.CIFAR.deviation()).containsExactly(.24703233, .24348505, .26158768);
  }

  @Test
  void whatCannotDivideIsRefused() {
    for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Normalisation(ImmutableList.of(0.0), ImmutableList.of(bad)));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Normalisation(ImmutableList.of(0.0), ImmutableList.of()));
  }
}
