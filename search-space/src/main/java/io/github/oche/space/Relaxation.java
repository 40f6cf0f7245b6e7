package io.github.oche.space;

/**
 * A differentiable map from architecture weights to the mixing weights by which a supernet adds its
 * candidates. Both are flat vectors of {@link #size} numbers in the order of the graph's mixing
 * weights.
 *
 * <p>The engine knows mixing weights m only; with m = m(a), J = dm/da and L the loss, the chain
 * rule is the three methods after {@link #weights}. One that draws samples is made anew from each
 * sample, and is then as deterministic as any other.
 *
 * <p>Methods do not change their arguments but for {@code out}, which may not be one of the others.
 */
public interface Relaxation {
  /** Number of architecture weights, and of mixing weights. */
  int size();

  /** Writes the mixing weights m(a). */
  void weights(double[] alpha, double[] out);

  /** Writes J(a) da, the change of the mixing weights along {@code dalpha}. */
  void pushforward(double[] alpha, double[] dalpha, double[] out);

  /**
   * Writes J(a)' g, the gradient with respect to the architecture weights where {@code g} is the
   * one with respect to the mixing weights.
   */
  void pullback(double[] alpha, double[] g, double[] out);

  /**
   * Writes the derivative of the pullback: d/dt of {@code J(a + t da)' (g + t dg)} at t = 0. With
   * {@code dg} the derivative of the mixing weights' gradient along the direction that {@link
   * #pushforward} gives, this is a product with the exact second derivative.
   */
  void pullbackAlong(double[] alpha, double[] dalpha, double[] g, double[] dg, double[] out);

  /** Returns the mixing weights, new. */
  default double[] weights(double[] alpha) {
    double[] out = new double[size()];
    weights(alpha, out);
    return out;
  }

  /** Writes the mixing weights rounded to floats, as the engine takes them. */
  default void mixing(double[] alpha, float[] out) {
    double[] weights = weights(alpha);
    for (int i = 0; i < weights.length; i++) {
      out[i] = (float) weights[i];
    }
  }
}
