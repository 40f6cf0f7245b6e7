package io.github.oche.benchmarks.learning;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Locale;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Two samples whose numbers belong together two by two, as the ends of two programs from the same
 * seed do. Deviations are those of samples (divided by n - 1).
 *
 * @param ours the first sample
 * @param theirs the second, as long
 */
record PairedSamples(ImmutableDoubleArray ours, ImmutableDoubleArray theirs) {
  private static final double UPPER = 0.975;

  PairedSamples {
    checkArgument(
        ours.length() == theirs.length() && ours.length() >= 2,
        "%s and %s numbers, expected as many, and two at least",
        ours.length(),
        theirs.length());
  }

  int size() {
    return ours.length();
  }

  double meanDifference() {
    return StatUtils.mean(differences());
  }

  /** The deviation of the differences, divided by the root of their number. */
  double standardError() {
    return deviation(differences()) / Math.sqrt(size());
  }

  /** Student's t of the mean difference, with n - 1 degrees of freedom; 0 if all are 0. */
  double t() {
    double mean = meanDifference();
    return mean == 0 ? 0 : mean / standardError();
  }

  /** How often two samples of equal means differ so much or more, by a paired t-test. */
  double pValue() {
    return 2 * student().cumulativeProbability(-Math.abs(t()));
  }

  /** Half the width of the 95 % confidence interval of the mean difference. */
  double halfWidth() {
    return student().inverseCumulativeProbability(UPPER) * standardError();
  }

  private TDistribution student() {
    return new TDistribution(size() - 1);
  }

  private double[] differences() {
    double[] differences = new double[size()];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = ours.get(i) - theirs.get(i);
    }
    return differences;
  }

  private static double deviation(double[] values) {
    return Math.sqrt(StatUtils.variance(values));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "Oche %.4f ± %.4f, PyTorch %.4f ± %.4f; difference %.4f ± %.4f (standard error), 95 %% in"
            + " %.4f to %.4f; paired t = %.2f, p = %.2f, n = %d",
        StatUtils.mean(ours.toArray()),
        deviation(ours.toArray()),
        StatUtils.mean(theirs.toArray()),
        deviation(theirs.toArray()),
        meanDifference(),
        standardError(),
        meanDifference() - halfWidth(),
        meanDifference() + halfWidth(),
        t(),
        pValue(),
        size());
  }
}
