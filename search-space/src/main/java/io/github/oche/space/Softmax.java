package io.github.oche.space;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.Mixture;
import java.util.List;

/**
 * The relaxation of the DARTS paper: in each row {@code m_k = exp(a_k) / sum_j exp(a_j)}.
 *
 * <p>With p = m, {@code J v = p * (v - <p, v>)}, and J is its own transpose. Computed in double by
 * {@link StrictMath}, so that the bits are the same everywhere; the largest entry of a row is
 * subtracted first, so that no finite row overflows.
 *
 * @see <a href="https://arxiv.org/abs/1806.09055">Liu, Simonyan, Yang (2019), equation (2)</a>
 */
public final class Softmax implements Relaxation {
  private final int[] starts; // of each row; the last is the size

  private Softmax(int[] starts) {
    this.starts = starts;
  }

  /** The softmax of each row of these matrices, which lie one after the other. */
  public static Softmax of(List<Mixture> mixtures) {
    ImmutableList.Builder<Integer> starts = ImmutableList.builder();
    int at = 0;
    for (Mixture mixture : mixtures) {
      checkArgument(
          mixture.offset() == at,
          "%s begins at %s, expected %s",
          mixture.name(),
          mixture.offset(),
          at);
      for (int row = 0; row < mixture.rows(); row++) {
        starts.add(at);
        at += mixture.columns();
      }
    }
    return new Softmax(starts.add(at).build().stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  public int size() {
    return starts[starts.length - 1];
  }

  @Override
  public void weights(double[] alpha, double[] out) {
    check(alpha, out);
    for (int row = 0; row + 1 < starts.length; row++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int i = starts[row]; i < starts[row + 1]; i++) {
        largest = Math.max(largest, alpha[i]);
      }
      double sum = 0;
      for (int i = starts[row]; i < starts[row + 1]; i++) {
        out[i] = StrictMath.exp(alpha[i] - largest);
        sum += out[i];
      }
      for (int i = starts[row]; i < starts[row + 1]; i++) {
        out[i] /= sum;
      }
    }
  }

  @Override
  public void pushforward(double[] alpha, double[] dalpha, double[] out) {
    check(alpha, dalpha, out);
    weights(alpha, out);
    for (int row = 0; row + 1 < starts.length; row++) {
      double mean = dot(row, out, dalpha);
      for (int i = starts[row]; i < starts[row + 1]; i++) {
        out[i] *= dalpha[i] - mean;
      }
    }
  }

  @Override
  public void pullback(double[] alpha, double[] g, double[] out) {
    pushforward(alpha, g, out); // J is symmetric
  }

  /** With dp = J da: {@code dp * (g - <p, g>) + p * (dg - <p, dg> - <dp, g>)}. */
  @Override
  public void pullbackAlong(
      double[] alpha, double[] dalpha, double[] g, double[] dg, double[] out) {
    check(alpha, dalpha, g, dg, out);
    double[] p = weights(alpha);
    double[] dp = new double[size()];
    pushforward(alpha, dalpha, dp);
    for (int row = 0; row + 1 < starts.length; row++) {
      double mean = dot(row, p, g);
      double change = dot(row, p, dg) + dot(row, dp, g);
      for (int i = starts[row]; i < starts[row + 1]; i++) {
        out[i] = dp[i] * (g[i] - mean) + p[i] * (dg[i] - change);
      }
    }
  }

  private double dot(int row, double[] x, double[] y) {
    double sum = 0;
    for (int i = starts[row]; i < starts[row + 1]; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  private void check(double[]... vectors) {
    for (double[] vector : vectors) {
      checkArgument(
          vector.length == size(), "a vector has %s entries, expected %s", vector.length, size());
    }
  }
}
