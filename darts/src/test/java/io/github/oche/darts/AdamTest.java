package io.github.oche.darts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;

class AdamTest {
  @Test
  void twoStepsByHand() {
    Adam adam = new Adam(0.1, 0.5, 0.999, 1e-8, 0.1);
    float[] x = {1};
    float[] m = {0};
    float[] v = {0};
    adam.step(x, new float[] {0.5f}, m, v, 1); // g = 0.5 + 0.1 * 1: the first step is a sign
    assertThat(m[0]).isCloseTo(0.3f, offset(1e-7f));
    assertThat(v[0]).isCloseTo(0.00036f, offset(1e-9f));
    assertThat(x[0]).isCloseTo(0.9f, offset(1e-6f));
    adam.step(x, new float[] {0.2f}, m, v, 2); // g = 0.29
    assertThat(m[0]).isCloseTo(0.295f, offset(1e-7f));
    assertThat(v[0]).isCloseTo(0.00044374f, offset(1e-9f));
    assertThat(x[0])
        .isCloseTo(0.816516f, offset(2e-6f)); // 0.9 - 0.1 (0.295/0.75) / sqrt(0.00044374/0.001999)
  }

  @Test
  void epsilonIsAddedAfterTheCorrection() {
    float[] x = {1};
    new Adam(0.1, 0.5, 0.999, 1, 0).step(x, new float[] {0.6f}, new float[1], new float[1], 1);
    assertThat(x[0]).isCloseTo((float) (1 - 0.1 * 0.6 / (0.6 + 1)), offset(1e-7f));
  }

  @Test
  void zeroGradientsMoveNothing() {
    float[] x = {1, -3};
    new Adam(0.1, 0.5, 0.999, 1e-8, 0).step(x, new float[2], new float[2], new float[2], 1);
    assertThat(x).containsExactly(1, -3);
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertThatThrownBy(() -> new Adam(0, 0, 0, 1e-8, 0))
        .hasMessageContaining("learning rate of alpha is 0.0");
    assertThatThrownBy(() -> new Adam(0.1, 1, 0, 1e-8, 0)).hasMessageContaining("beta1 is 1.0");
    assertThatThrownBy(() -> new Adam(0.1, 0, -1, 1e-8, 0)).hasMessageContaining("beta2 is -1.0");
    assertThatThrownBy(() -> new Adam(0.1, 0, 0, 0, 0)).hasMessageContaining("epsilon is 0.0");
    assertThatThrownBy(() -> new Adam(0.1, 0, 0, 1e-8, Double.NaN))
        .hasMessageContaining("weight decay of alpha is NaN");
    Adam adam = Adam.published();
    assertThatThrownBy(() -> adam.step(new float[1], new float[1], new float[1], new float[1], 0))
        .hasMessageContaining("step 0");
  }
}
