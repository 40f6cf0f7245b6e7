package io.github.oche.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void allDivideByTheirNumberASampleByOneLess() {
    assertThat(Spread.ofAll(2, 4, 4, 4, 5, 5, 7, 9))
        .isEqualTo(new Spread(5, OptionalDouble.of(2), 8));
    assertThat(Spread.of(2, 4, 4, 4, 5, 5, 7, 9).deviation().orElseThrow())
        .isCloseTo(Math.sqrt(32.0 / 7), within(1e-15));
  }

  @Test
  void aSampleOfOneHasNoDeviationAllOfOneHasNone() {
    assertThat(Spread.of(3.5)).isEqualTo(new Spread(3.5, OptionalDouble.empty(), 1));
    assertThat(Spread.ofAll(3.5)).isEqualTo(new Spread(3.5, OptionalDouble.of(0), 1));
  }

  @Test
  void largeMeansCostNoPrecision() {
    Spread spread = Spread.ofAll(1e9 + 1, 1e9 + 2, 1e9 + 3);
    assertThat(spread.mean()).isEqualTo(1e9 + 2);
    assertThat(spread.deviation().orElseThrow()).isCloseTo(Math.sqrt(2.0 / 3), within(1e-15));
  }

  @Test
  void nothingHasNoMeanAndNaNNeither() {
    assertThatThrownBy(() -> Spread.of()).hasMessage("no values, expected at least one");
    assertThatThrownBy(() -> Spread.of(1, Double.NaN))
        .hasMessage("mean is NaN, expected a finite number");
    assertThatThrownBy(() -> new Spread(1, OptionalDouble.of(-1), 2))
        .hasMessage("deviation is -1.0, expected a finite number, not negative");
  }
}
