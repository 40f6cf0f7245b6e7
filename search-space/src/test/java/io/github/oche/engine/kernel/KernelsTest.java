package io.github.oche.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
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
    Kernels plain = new PlainKernels(VECTOR.lanes());
    for (KernelCase c : KernelCase.all()) {
      double[] truth = c.truth().get();
      double scale = Math.max(1, Arrays.stream(truth).map(Math::abs).max().orElse(0));
      float[] result = c.run().apply(plain);
      assertThat(result).as(c.name()).hasSameSizeAs(truth);
      double worst = 0;
      for (int i = 0; i < truth.length; i++) {
        worst = Math.max(worst, Math.abs(result[i] - truth[i])); // NaN if one is
      }
      assertThat(worst).as(c.name()).isLessThan(3e-6 * scale);
    }
  }

  @Test
  void plainAndVectorKernelsGiveTheSameBitsForAnyNumberOfLanes() {
    List<Kernels> others = List.of(new PlainKernels(4), new PlainKernels(8), new PlainKernels(16));
    for (KernelCase c : KernelCase.all()) {
      int[] expected = bits(c.run().apply(VECTOR));
      for (Kernels other : others) {
        int[] actual = bits(c.run().apply(other));
        assertThat(Arrays.mismatch(actual, expected))
            .as("first different number, %s, %s", c.name(), other.name())
            .isEqualTo(-1);
      }
    }
  }

  @Test
  void multiplyAddsInRegistersGiveTheirClosedForm() {
    for (Kernels kernels : List.of(VECTOR, new PlainKernels(VECTOR.lanes()))) {
      int v = kernels.lanes();
      float[] sums = new float[4 + (2 + Kernels.CHAINS) * v];
      for (int l = 0; l < v; l++) {
        sums[4 + l] = 0.5f;
        sums[4 + v + l] = l;
        for (int chain = 0; chain < Kernels.CHAINS; chain++) {
          sums[4 + (2 + chain) * v + l] = 2 * l + 1024 * chain;
        }
      }
      kernels.multiplyAdds(10, sums, 4);
      for (int chain = 0; chain < Kernels.CHAINS; chain++) {
        for (int l = 0; l < v; l++) {
          assertThat(sums[4 + (2 + chain) * v + l])
              .as("%s, chain %s, lane %s", kernels.name(), chain, l)
              .isEqualTo(2 * l + chain); // 2 l is the fixed point, what is above it halves
        }
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

  /** Numbers among which every other is a NaN, an infinity or a zero of either sign. */
  private static float[] special(int n, SplittableRandom random) {
    float[] special = {
      Float.NaN, 0f, -0f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, -1f
    };
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] =
          random.nextBoolean()
              ? special[random.nextInt(special.length)]
              : (float) random.nextDouble() - 0.5f;
    }
    return x;
  }

  @Test
  void rectifyTurnsMinusZeroIntoZeroAndKeepsNan() {
    for (Kernels kernels : List.of(VECTOR, new PlainKernels(VECTOR.lanes()))) {
      int v = kernels.lanes();
      for (int width : new int[] {1, 3, 4, 5, 8, 9, 33}) {
        float[] x = special(width * v, new SplittableRandom(width));
        float[] c = new float[2 * v];
        Arrays.fill(c, 0, v, 1f);
        Arrays.fill(c, v, 2 * v, -0f); // x * 1 + -0 is x, even for -0
        for (boolean rectify : new boolean[] {true, false}) {
          float[] y = new float[width * v];
          Plane to = new Plane().set(y, 0, width * v, v);
          kernels.combine(
              new Plane[] {new Plane().set(x, 0, width * v, v)}, 1, c, 0, rectify, to, 1, width);
          for (int i = 0; i < y.length; i++) {
            float expected = !rectify || Float.isNaN(x[i]) || x[i] > 0 ? x[i] : 0f;
            // compares the signs of zeros, and takes all NaNs for one
            assertThat(Float.compare(y[i], expected)).as("%s of %s", rectify, x[i]).isZero();
          }
        }
      }
    }
  }

  @Test
  void theGradientPassesWhereTheInputIsPositiveAlsoInPlace() {
    for (Kernels kernels : List.of(VECTOR, new PlainKernels(VECTOR.lanes()))) {
      int v = kernels.lanes();
      int width = 21;
      float[] x = special(width * v, new SplittableRandom(1));
      float[] g = special(width * v, new SplittableRandom(2));
      float[] y = g.clone();
      Plane to = new Plane().set(y, 0, width * v, v);
      kernels.rectified(new Plane().set(x, 0, width * v, v), to, false, to, 1, width);
      for (int i = 0; i < y.length; i++) {
        if (!Float.isNaN(x[i])) {
          assertThat(Float.compare(y[i], x[i] > 0 ? g[i] : 0f)).as("%s at %s", g[i], x[i]).isZero();
        }
      }
    }
  }

  @Test
  void theLargestIsThatOfMathMaxAlsoAmongZerosAndNans() {
    for (Kernels kernels : List.of(VECTOR, new PlainKernels(VECTOR.lanes()))) {
      int v = kernels.lanes();
      for (int[] shape :
          new int[][] {
            {5, 6, 3, 1, 1}, {5, 6, 3, 2, 1}, {1, 1, 3, 1, 1}, {4, 4, 2, 2, 0}, {7, 5, 5, 3, 2}
          }) {
        int height = shape[0];
        int width = shape[1];
        int size = shape[2];
        int stride = shape[3];
        int padding = shape[4];
        int rows = (height + 2 * padding - size) / stride + 1;
        int columns = (width + 2 * padding - size) / stride + 1;
        float[] x = special(height * width * v, new SplittableRandom(height));
        float[] y = new float[rows * columns * v];
        kernels.maxPool(
            new Plane().set(x, 0, width * v, v),
            height,
            width,
            size,
            stride,
            padding,
            new Plane().set(y, 0, columns * v, v),
            rows,
            columns);
        for (int i = 0; i < y.length; i++) {
          int top = i / v / columns * stride - padding;
          int left = i / v % columns * stride - padding;
          float largest = Float.NEGATIVE_INFINITY;
          for (int a = Math.max(0, top); a < Math.min(height, top + size); a++) {
            for (int b = Math.max(0, left); b < Math.min(width, left + size); b++) {
              largest = Math.max(largest, x[(a * width + b) * v + i % v]);
            }
          }
          assertThat(Float.compare(y[i], largest)).as("%s and not %s", y[i], largest).isZero();
        }
      }
    }
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
  void infiniteMaximaGetTheirGradientToo() {
    float[] values = {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE, 0f, -0f};
    for (Kernels kernels : List.of(VECTOR, new PlainKernels(VECTOR.lanes()))) {
      int v = kernels.lanes();
      for (int stride = 1; stride <= 2; stride++) {
        SplittableRandom random = new SplittableRandom(stride);
        int side = 9;
        int out = (side - 1) / stride + 1;
        float[] x = new float[side * side * v];
        for (int i = 0; i < x.length; i++) {
          // the upper half is minus infinity
          x[i] = i < x.length / 2 ? values[1] : values[random.nextInt(values.length)];
        }
        float[] g = new float[out * out * v];
        Arrays.fill(g, 1f);
        float[] gx = new float[x.length];
        kernels.maxPoolBackward(
            new Plane().set(x, 0, side * v, v),
            side,
            side,
            3,
            stride,
            1,
            new Plane().set(g, 0, out * v, v),
            out,
            out,
            new Plane().set(gx, 0, side * v, v));
        float[] expected = new float[x.length];
        for (int i = 0; i < g.length; i++) {
          int top = i / v / out * stride - 1;
          int left = i / v % out * stride - 1;
          int winner = -1;
          for (int a = Math.max(0, top); a < Math.min(side, top + 3); a++) {
            for (int b = Math.max(0, left); b < Math.min(side, left + 3); b++) {
              int p = (a * side + b) * v + i % v;
              if (winner < 0 || Float.compare(x[p], x[winner]) > 0) {
                winner = p;
              }
            }
          }
          expected[winner]++;
        }
        assertThat(gx).as("%s, stride %d", kernels.name(), stride).containsExactly(expected);
      }
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
