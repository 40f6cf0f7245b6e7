package io.github.oche.evaluation.correlation;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.stat.correlation.KendallsCorrelation;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;

/**
 * How far two scores of the same things put them into the same order, and how much of that chance
 * could have done: 1 is the same order, -1 the reverse, 0 what unrelated scores come to in the
 * mean.
 *
 * <p>With few things the interval is wide: ten that are ordered by chance reach a tau of 0.42 or
 * more, up or down, about once in ten times.
 *
 * @param pairs how many things there were
 * @param kendall Kendall's tau-b, which allows for ties; NaN if all of one score are equal, and
 *     then all others here too
 * @param low end of the 95% interval of tau-b: percentile bootstrap over the things
 * @param high the other end
 * @param chance share of random orders whose tau-b is at least as far from 0, with this order
 *     counted among them: a two-sided permutation test
 * @param spearman Spearman's rho, with mean ranks for ties
 * @see <a href="https://doi.org/10.1093/biomet/33.3.239">Kendall (1945), The treatment of ties in
 *     ranking problems</a>
 */
public record RankCorrelation(
    int pairs, double kendall, double low, double high, double chance, double spearman) {
  private static final int DRAWS = 9_999;
  private static final double TAIL = 0.025;
  private static final double ROUNDING = 1e-12;

  /**
   * Correlates two scores; both sorts of draws are 9,999. Cost: each draw sorts the scores.
   *
   * @param x one score a thing, no NaN
   * @param y the other, in the same order
   * @param seed of the draws
   * @throws IllegalArgumentException if the numbers differ, there are fewer than two, or one is NaN
   */
  public static RankCorrelation of(ImmutableDoubleArray x, ImmutableDoubleArray y, long seed) {
    checkArgument(
        x.length() == y.length(), "%s scores of one kind, %s of the other", x.length(), y.length());
    checkArgument(x.length() >= 2, "%s scores, expected at least 2", x.length());
    checkArgument(
        x.stream().noneMatch(Double::isNaN) && y.stream().noneMatch(Double::isNaN),
        "a score is NaN, expected numbers");
    double[] a = x.toArray();
    double[] b = y.toArray();
    double tau = kendall(a, b);
    if (Double.isNaN(tau)) {
      return new RankCorrelation(
          a.length, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
    RandomGenerator random = new SplittableRandom(seed);
    double[] taus = bootstrap(a, b, random);
    return new RankCorrelation(
        a.length,
        tau,
        taus[(int) Math.floor(TAIL * (taus.length - 1))],
        taus[(int) Math.ceil((1 - TAIL) * (taus.length - 1))],
        chance(a, b, tau, random),
        new SpearmansCorrelation().correlation(a, b));
  }

  private static double kendall(double[] x, double[] y) {
    return new KendallsCorrelation().correlation(x, y);
  }

  /**
   * Taus of resamples, sorted; those in which a score does not vary have none, and are left out.
   */
  private static double[] bootstrap(double[] x, double[] y, RandomGenerator random) {
    double[] taus = new double[DRAWS];
    int count = 0;
    double[] a = new double[x.length];
    double[] b = new double[y.length];
    for (int draw = 0; draw < DRAWS; draw++) {
      for (int i = 0; i < x.length; i++) {
        int drawn = random.nextInt(x.length);
        a[i] = x[drawn];
        b[i] = y[drawn];
      }
      double tau = kendall(a, b);
      if (!Double.isNaN(tau)) {
        taus[count++] = tau;
      }
    }
    double[] sorted = Arrays.copyOf(taus, count);
    Arrays.sort(sorted);
    return sorted;
  }

  private static double chance(double[] x, double[] y, double tau, RandomGenerator random) {
    double[] shuffled = y.clone();
    int asFar = 1;
    for (int draw = 0; draw < DRAWS; draw++) {
      for (int i = shuffled.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        double kept = shuffled[i];
        shuffled[i] = shuffled[j];
        shuffled[j] = kept;
      }
      if (Math.abs(kendall(x, shuffled)) >= Math.abs(tau) - ROUNDING) {
        asFar++;
      }
    }
    return asFar / (DRAWS + 1.0);
  }
}
