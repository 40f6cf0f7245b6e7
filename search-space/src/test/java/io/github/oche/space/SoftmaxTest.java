package io.github.oche.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.Mixture;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;

class SoftmaxTest {
  // two matrices of different widths, as in a space whose cells have different candidates
  private final Softmax softmax =
      Softmax.of(ImmutableList.of(new Mixture("a", 3, 4, 0), new Mixture("b", 2, 2, 12)));
  private final int n = 16;
  private final double[] alpha = random(1);
  private final double[] dalpha = random(2);
  private final double[] g = random(3);
  private final double[] dg = random(4);

  private double[] random(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.nextDouble(-2, 2);
    }
    return x;
  }

  private static double[] plus(double[] x, double t, double[] y) {
    double[] sum = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      sum[i] = x[i] + t * y[i];
    }
    return sum;
  }

  /** Fourth-order central difference at 0. */
  private static double[] slope(DoubleFunction<double[]> f) {
    double h = 1e-3;
    double[] near = plus(f.apply(h), -1, f.apply(-h));
    double[] far = plus(f.apply(2 * h), -1, f.apply(-2 * h));
    double[] slope = new double[near.length];
    for (int i = 0; i < slope.length; i++) {
      slope[i] = (8 * near[i] - far[i]) / (12 * h);
    }
    return slope;
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  private double[] pullback(double[] at, double[] of) {
    double[] out = new double[n];
    softmax.pullback(at, of, out);
    return out;
  }

  @Test
  void rowsSumToOne() {
    double[] m = softmax.weights(alpha);
    assertThat(m[0] + m[1] + m[2] + m[3]).isCloseTo(1, within(1e-15));
    assertThat(m[12] + m[13]).isCloseTo(1, within(1e-15));
    assertThat(m[13] / m[12]).isCloseTo(Math.exp(alpha[13] - alpha[12]), within(1e-13));
  }

  @Test
  void adding1000ToARowChangesNothing() {
    double[] shifted = alpha.clone();
    for (int i = 0; i < 4; i++) {
      shifted[i] += 1024;
    }
    double[] m = softmax.weights(alpha);
    double[] far = softmax.weights(shifted);
    for (int i = 0; i < n; i++) {
      assertThat(far[i]).isCloseTo(m[i], within(1e-12));
    }
  }

  @Test
  void pushforwardIsTheSlopeAlongADirection() {
    double[] expected = slope(t -> softmax.weights(plus(alpha, t, dalpha)));
    double[] out = new double[n];
    softmax.pushforward(alpha, dalpha, out);
    assertThat(out).containsExactly(expected, within(1e-11));
  }

  @Test
  void pullbackIsTheTransposeOfThePushforward() {
    double[] forward = new double[n];
    softmax.pushforward(alpha, dalpha, forward);
    assertThat(dot(pullback(alpha, g), dalpha)).isCloseTo(dot(g, forward), within(1e-14));
  }

  @Test
  void pullbackAlongIsTheSlopeOfThePullback() {
    double[] expected = slope(t -> pullback(plus(alpha, t, dalpha), plus(g, t, dg)));
    double[] out = new double[n];
    softmax.pullbackAlong(alpha, dalpha, g, dg, out);
    assertThat(out).containsExactly(expected, within(1e-10));
  }

  @Test
  void withoutAChangeOfAlphaPullbackAlongIsThePullbackOfTheChange() {
    double[] out = new double[n];
    softmax.pullbackAlong(alpha, new double[n], g, dg, out);
    assertThat(out).containsExactly(pullback(alpha, dg), within(1e-15));
  }

  @Test
  void argumentsStayAsTheyWere() {
    double[] a = alpha.clone();
    double[] d = dalpha.clone();
    double[] x = g.clone();
    double[] dx = dg.clone();
    softmax.pullbackAlong(a, d, x, dx, new double[n]);
    assertThat(a).isEqualTo(alpha);
    assertThat(d).isEqualTo(dalpha);
    assertThat(x).isEqualTo(g);
    assertThat(dx).isEqualTo(dg);
  }

  @Test
  void theEngineGetsTheNearestFloats() {
    float[] floats = new float[n];
    softmax.mixing(alpha, floats);
    double[] m = softmax.weights(alpha);
    for (int i = 0; i < n; i++) {
      assertThat(floats[i]).isEqualTo((float) m[i]);
    }
  }

  @Test
  void wrongLengthsAreRefused() {
    assertThatThrownBy(() -> softmax.weights(new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a vector has 3 entries, expected 16");
  }
}
