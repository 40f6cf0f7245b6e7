package io.github.oche.evaluation.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void theDeviationDividesByTheNumberOfValues() {
    assertThat(Spread.of(2, 4, 4, 4, 5, 5, 7, 9)).isEqualTo(new Spread(5, 2));
    assertThat(Spread.of(3.5)).isEqualTo(new Spread(3.5, 0));
  }

  @Test
  void largeMeansCostNoPrecision() {
    Spread spread = Spread.of(1e9 + 1, 1e9 + 2, 1e9 + 3);
    assertThat(spread.mean()).isEqualTo(1e9 + 2);
    assertThat(spread.deviation()).isCloseTo(Math.sqrt(2.0 / 3), within(1e-15));
  }

  @Test
  void nothingHasNoMean() {
    assertThatThrownBy(() -> Spread.of()).hasMessage("no values, expected at least one");
  }
}
