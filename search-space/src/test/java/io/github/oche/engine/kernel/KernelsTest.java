package io.github.oche.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelsTest {
  private static final Kernels VECTOR = Kernels.provider();

  @Test
  void theSurefireJvmRunsTheVectorKernels() {
    assertThat(VECTOR).isInstanceOf(VectorKernels.class);
    assertThat(VECTOR.name()).startsWith("vector, " + VECTOR.lanes() + " lanes");
  }

  @Test
  void eachKernelIsCloseToItsTruthInDouble() {
    for (KernelCase c : KernelCase.all()) {
      double[] truth = c.truth().get();
      double scale = Math.max(1, Arrays.stream(truth).map(Math::abs).max().orElse(0));
      float[] result = c.run().apply(VECTOR);
      assertThat(result).as(c.name()).hasSameSizeAs(truth);
      for (int i = 0; i < truth.length; i++) {
        assertThat((double) result[i]).as(c.name()).isCloseTo(truth[i], within(3e-6 * scale));
      }
    }
  }

  @Test
  void plainAndVectorKernelsGiveTheSameBitsForAnyNumberOfLanes() {
    List<Kernels> others = List.of(new PlainKernels(4), new PlainKernels(8), new PlainKernels(16));
    for (KernelCase c : KernelCase.all()) {
      int[] expected = bits(c.run().apply(VECTOR));
      for (Kernels other : others) {
        assertThat(bits(c.run().apply(other)))
            .as("%s, %s", c.name(), other.name())
            .isEqualTo(expected);
      }
    }
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  @Test
  void aNanStaysWhereItIs() {
    for (Kernels kernels : List.of(VECTOR, new PlainKernels(VECTOR.lanes()))) {
      int v = kernels.lanes();
      int n = 25;
      float[] x = new float[n * v];
      x[12 * v + 1] = Float.NaN; // the middle pixel
      Plane from = new Plane().set(x, 0, 5 * v, v);
      float[] y = new float[n * v];
      Plane to = new Plane().set(y, 0, 5 * v, v);
      float[] c = new float[2 * v];
      Arrays.fill(c, 0, v, -1f);
      kernels.combine(new Plane[] {from}, 1, c, 0, true, to, 5, 5);
      assertThat(nans(y, v)).as("rectified").isEqualTo(1);
      kernels.maxPool(from, 5, 5, 3, 1, 1, to, 5, 5);
      assertThat(nans(y, v)).as("max pool").isEqualTo(9);
      kernels.averagePool(from, 5, 5, 3, 1, 1, to, 5, 5);
      assertThat(nans(y, v)).as("average pool").isEqualTo(9);
    }
  }

  private static int nans(float[] y, int v) {
    int count = 0;
    for (int i = 0; i < y.length; i++) {
      if (Float.isNaN(y[i])) {
        assertThat(i % v).as("lane").isEqualTo(1);
        count++;
      }
    }
    return count;
  }

  @Test
  void ofEqualMaximaTheFirstGetsTheGradient() {
    for (Kernels kernels : List.of(VECTOR, new PlainKernels(VECTOR.lanes()))) {
      int v = kernels.lanes();
      float[] gx = new float[4 * v];
      Plane x = new Plane().set(new float[4 * v], 0, 2 * v, v);
      float[] g = new float[v];
      Arrays.fill(g, 3f);
      kernels.maxPoolBackward(
          x, 2, 2, 2, 2, 0, new Plane().set(g, 0, v, v), 1, 1, new Plane().set(gx, 0, 2 * v, v));
      assertThat(Arrays.copyOf(gx, v)).containsOnly(3f);
      assertThat(Arrays.copyOfRange(gx, v, 4 * v)).containsOnly(0f);
    }
  }

  @Test
  void longSumsKeepTheirPrecision() {
    int v = VECTOR.lanes();
    int n = 1 << 14;
    float[] x = new float[n * v];
    Arrays.fill(x, 0.1f);
    double[] sums = new double[2 * v];
    Plane plane = new Plane().set(x, 0, n * v, v);
    VECTOR.moments(plane, plane, 1, n, sums, 0);
    // one float sum of as many would be off by 1e-4 and more
    assertThat(sums[0] / (n * (double) 0.1f)).isCloseTo(1, within(1e-6));
    assertThat(sums[v] / (n * (double) 0.1f * 0.1f)).isCloseTo(1, within(1e-6));
  }

  @Test
  void tapsMustBePositive() {
    assertThatThrownBy(() -> new Taps(3, 3, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("taps 3 x 3, dilation 0, stride 1: each must be at least 1");
  }
}
