package io.github.oche.darts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SgdTest {
  private static final Sgd PLAIN = new Sgd(0.1, 0.1, 0.9, 0.1, Double.POSITIVE_INFINITY);

  @Test
  void twoStepsByHand() {
    float[] w = {1, -2};
    float[] v = {0.5f, 0.25f};
    assertThat(PLAIN.step(w, v, new float[] {3, 4}, 0.1)).isEqualTo(5);
    // v = 0.9 * 0.5 + 3 + 0.1 * 1, and so on
    assertThat(v).containsExactly(new float[] {3.55f, 4.025f}, offset(1e-6f));
    assertThat(w).containsExactly(new float[] {0.645f, -2.4025f}, offset(1e-6f));
    assertThat(PLAIN.step(w, v, new float[] {0, 0}, 0.01)).isZero();
    assertThat(v).containsExactly(new float[] {3.2595f, 3.38225f}, offset(1e-6f));
    assertThat(w).containsExactly(new float[] {0.612405f, -2.4363225f}, offset(1e-6f));
  }

  @Test
  void theWholeGradientIsClippedBeforeDecayJoins() {
    Sgd clipped = new Sgd(0.1, 0.1, 0, 0.1, 2.5);
    float[] w = {1, -2};
    float[] v = new float[2];
    assertThat(clipped.step(w, v, new float[] {3, 4}, 0.1)).as("norm before clipping").isEqualTo(5);
    assertThat(v).containsExactly(new float[] {1.5f + 0.1f, 2 - 0.2f}, offset(1e-6f));
  }

  @Test
  void smallGradientsAreNotStretched() {
    float[] v = new float[2];
    new Sgd(0.1, 0.1, 0, 0, 100).step(new float[2], v, new float[] {3, 4}, 0.1);
    assertThat(v).containsExactly(3, 4);
  }

  @Test
  void aGradientThatIsNotFiniteChangesNothing() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      float[] w = {1, -2};
      float[] v = {0.5f, 0.25f};
      assertThat(PLAIN.step(w, v, new float[] {bad, 4}, 0.1)).isNotFinite();
      assertThat(w).containsExactly(1, -2);
      assertThat(v).containsExactly(0.5f, 0.25f);
    }
  }

  @Test
  void theNormHoldsForEveryLength() {
    Random random = new Random(5);
    for (int length : new int[] {0, 1, 15, 16, 17, 31, 32, 1000}) {
      float[] g = new float[length];
      double squares = 0;
      for (int i = 0; i < length; i++) {
        g[i] = random.nextFloat() - 0.5f;
        squares += (double) g[i] * g[i];
      }
      assertThat(Norms.of(g)).isCloseTo(Math.sqrt(squares), offset(1e-13));
    }
    assertThat(Norms.of(new float[] {1e30f, 1e30f}))
        .as("no overflow")
        .isCloseTo(1.4142136e30, offset(1e24));
  }

  @Test
  void theRateFallsAlongACosine() {
    Sgd published = Sgd.published();
    assertThat(published.rate(0, 50)).isEqualTo(0.025);
    assertThat(published.rate(25, 50)).isCloseTo(0.013, offset(1e-15));
    assertThat(published.rate(49, 50))
        .isCloseTo(0.001 + 0.012 * (1 + Math.cos(0.98 * Math.PI)), offset(1e-15));
    assertThat(published.rate(50, 50)).isEqualTo(0.001);
    assertThat(published.rate(0, 1)).isEqualTo(0.025);
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertThatThrownBy(() -> new Sgd(Double.NaN, 0, 0, 0, 5))
        .hasMessageContaining("learning rate is NaN");
    assertThatThrownBy(() -> new Sgd(-1, 0, 0, 0, 5)).hasMessageContaining("learning rate is -1.0");
    assertThatThrownBy(() -> new Sgd(1e30, 0, 0, 0, 5))
        .hasMessageContaining("learning rate is 1.0E30");
    assertThatThrownBy(() -> new Sgd(0.1, 0.2, 0, 0, 5))
        .hasMessageContaining("final learning rate is 0.2");
    assertThatThrownBy(() -> new Sgd(0.1, 0, 1, 0, 5)).hasMessageContaining("momentum is 1.0");
    assertThatThrownBy(() -> new Sgd(0.1, 0, 0, -1, 5))
        .hasMessageContaining("weight decay is -1.0");
    assertThatThrownBy(() -> new Sgd(0.1, 0, 0, 0, 0))
        .hasMessageContaining("gradient clipping is 0.0");
  }
}
