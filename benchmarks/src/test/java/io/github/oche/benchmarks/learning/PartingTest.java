package io.github.oche.benchmarks.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartingTest {
  private static final ImmutableList<Double> FLAT =
      ImmutableList.copyOf(Collections.nCopies(20, 2.0));

  private static List<Double> with(int step, double value) {
    List<Double> curve = new ArrayList<>(FLAT);
    curve.set(step - 1, value);
    return curve;
  }

  @Test
  void equalCurvesNeverPart() {
    Parting parting = Parting.of(FLAT, FLAT);
    assertThat(parting.step()).isEmpty();
    assertThat(parting.earlyDifference()).isZero();
  }

  @Test
  void theFirstStepThatIsFurtherOffIsWhereTheyPart() {
    assertThat(Parting.of(with(12, 2.0021), FLAT).step()).hasValue(12);
    assertThat(Parting.of(with(12, 2.0019), FLAT).step()).isEmpty();
    assertThat(Parting.of(with(3, Double.NaN), FLAT).step()).hasValue(3);
  }

  @Test
  void onlyTheFirstTenStepsAreEarly() {
    assertThat(Parting.of(with(10, 2.5), FLAT).earlyDifference()).isEqualTo(0.25);
    assertThat(Parting.of(with(11, 2.5), FLAT).earlyDifference()).isZero();
  }

  @Test
  void curvesOfOtherLengthsAreRefused() {
    List<Double> shorter = FLAT.subList(0, 3);
    assertThatThrownBy(() -> Parting.of(shorter, FLAT)).hasMessageContaining("3 and 20 steps");
  }
}
