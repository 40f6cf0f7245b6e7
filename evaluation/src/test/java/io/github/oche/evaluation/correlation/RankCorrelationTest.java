package io.github.oche.evaluation.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RankCorrelationTest {
  private static RankCorrelation of(double[] x, double[] y) {
    return RankCorrelation.of(ImmutableDoubleArray.copyOf(x), ImmutableDoubleArray.copyOf(y), 1);
  }

  /** Tau-b by its definition, over all pairs. */
  private static double tauB(double[] x, double[] y) {
    double agreement = 0;
    double ofX = 0;
    double ofY = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < i; j++) {
        double a = Math.signum(x[i] - x[j]);
        double b = Math.signum(y[i] - y[j]);
        agreement += a * b;
        ofX += a * a;
        ofY += b * b;
      }
    }
    return agreement / Math.sqrt(ofX * ofY);
  }

  @Test
  void itIsTauBByItsDefinitionWithAndWithoutTies() {
    RandomGenerator random = new SplittableRandom(3);
    for (int values : new int[] {3, 6, 1000}) {
      for (int n : new int[] {4, 9, 25}) {
        double[] x = random.ints(n, 0, values).asDoubleStream().toArray();
        double[] y = random.ints(n, 0, values).asDoubleStream().toArray();
        x[0] = -1; // so that neither is constant
        y[1] = -1;
        assertThat(of(x, y).kendall()).isCloseTo(tauB(x, y), within(1e-12));
      }
    }
  }

  /** Of the 120 orders of five things, only the same and the reverse are as far from 0 as tau 1. */
  @Test
  void chanceIsTheShareOfOrdersThatAreAsFar() {
    double[] x = {1, 2, 3, 4, 5};
    RankCorrelation same = of(x, new double[] {10, 20, 30, 40, 50});
    assertThat(same.kendall()).isEqualTo(1);
    assertThat(same.spearman()).isCloseTo(1, within(1e-12));
    assertThat(same.chance()).isCloseTo(2 / 120.0, within(0.004)); // three deviations
    RankCorrelation reverse = of(x, new double[] {5, 4, 3, 2, 1});
    assertThat(reverse.kendall()).isEqualTo(-1);
    assertThat(reverse.chance()).isCloseTo(2 / 120.0, within(0.004));
    // one neighbouring pair swapped: tau 0.8; 1 + 4 orders reach it, and as many reversed
    RankCorrelation swapped = of(x, new double[] {2, 1, 3, 4, 5});
    assertThat(swapped.kendall()).isCloseTo(0.8, within(1e-12));
    assertThat(swapped.chance()).isCloseTo(10 / 120.0, within(0.009));
  }

  /** With normal scores of correlation r, tau is 2 / pi * asin(r): 1 / 3 for r = 1 / 2. */
  @Test
  void theIntervalCoversTheTruthAboutAsOftenAsItSays() {
    java.util.Random random = new java.util.Random(4);
    int covered = 0;
    int studies = 40;
    for (int study = 0; study < studies; study++) {
      double[] x = new double[20];
      double[] y = new double[20];
      for (int i = 0; i < x.length; i++) {
        x[i] = random.nextGaussian();
        y[i] = 0.5 * x[i] + Math.sqrt(0.75) * random.nextGaussian();
      }
      RankCorrelation c = of(x, y);
      assertThat(c.kendall()).isBetween(c.low(), c.high());
      covered += c.low() <= 1 / 3.0 && 1 / 3.0 <= c.high() ? 1 : 0;
    }
    assertThat(covered).isBetween(33, 40);
  }

  @Test
  void onlyTheOrderCountsAndASeedIsEverything() {
    double[] x = {3, 1, 4, 1.5, 9, 2.6};
    double[] y = {2, 7, 1, 8, 2.8, 18};
    double[] stretched = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      stretched[i] = Math.exp(x[i]);
    }
    assertThat(of(stretched, y)).isEqualTo(of(x, y)); // interval and p too
    ImmutableDoubleArray a = ImmutableDoubleArray.copyOf(x);
    ImmutableDoubleArray b = ImmutableDoubleArray.copyOf(y);
    assertThat(RankCorrelation.of(a, b, 2)).isNotEqualTo(RankCorrelation.of(a, b, 1));
  }

  @Test
  void whatDoesNotVaryHasNone() {
    RankCorrelation none = of(new double[] {1, 2, 3}, new double[] {5, 5, 5});
    assertThat(none.kendall()).isNaN();
    assertThat(none.chance()).isNaN();
    assertThat(none.pairs()).isEqualTo(3);
  }

  @Test
  void scoresThatCannotBeOrderedAreRefused() {
    assertThatThrownBy(() -> of(new double[] {1, 2}, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 scores of one kind, 1 of the other");
    assertThatThrownBy(() -> of(new double[] {1}, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 scores, expected at least 2");
    assertThatThrownBy(() -> of(new double[] {1, Double.NaN}, new double[] {1, 2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a score is NaN, expected numbers");
  }
}
