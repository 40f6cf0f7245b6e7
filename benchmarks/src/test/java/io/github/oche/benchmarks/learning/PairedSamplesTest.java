package io.github.oche.benchmarks.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.ImmutableDoubleArray;
import org.junit.jupiter.api.Test;

class PairedSamplesTest {
  private static PairedSamples of(ImmutableDoubleArray ours, double... theirs) {
    return new PairedSamples(ours, ImmutableDoubleArray.copyOf(theirs));
  }

  /** Differences 1, 2, 3; with two degrees of freedom the distribution has a closed form. */
  @Test
  void threePairsAreAsByHand() {
    PairedSamples pairs = of(ImmutableDoubleArray.of(11, 22, 33), 10, 20, 30);
    assertThat(pairs.meanDifference()).isEqualTo(2);
    assertThat(pairs.standardError()).isCloseTo(1 / Math.sqrt(3), within(1e-12));
    assertThat(pairs.t()).isCloseTo(2 * Math.sqrt(3), within(1e-12));
    assertThat(pairs.pValue()).isCloseTo(1 - Math.sqrt(12.0 / 14), within(1e-12));
    assertThat(pairs.halfWidth()).isCloseTo(4.302652729911275 / Math.sqrt(3), within(1e-9));
    assertThat(pairs.toString())
        .contains("Oche 22.0000 ± 11.0000, PyTorch 20.0000 ± 10.0000", "p = 0.07, n = 3");
  }

  @Test
  void equalSamplesDoNotDiffer() {
    PairedSamples pairs = of(ImmutableDoubleArray.of(1, 5), 1, 5);
    assertThat(pairs.t()).isZero();
    assertThat(pairs.pValue()).isEqualTo(1);
  }

  @Test
  void exchangingTheSidesTurnsTheSign() {
    ImmutableDoubleArray a = ImmutableDoubleArray.of(3, 1, 4, 1);
    ImmutableDoubleArray b = ImmutableDoubleArray.of(2, 7, 1, 8);
    PairedSamples one = new PairedSamples(a, b);
    PairedSamples other = new PairedSamples(b, a);
    assertThat(one.t()).isEqualTo(-other.t());
    assertThat(one.pValue()).isEqualTo(other.pValue());
  }

  @Test
  void aSingleOrUnpairedNumberIsRefused() {
    assertThatThrownBy(() -> of(ImmutableDoubleArray.of(1), 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> of(ImmutableDoubleArray.of(1, 2), 1, 2, 3))
        .hasMessageContaining("2 and 3 numbers");
  }
}
