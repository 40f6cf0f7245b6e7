package io.github.oche.bilevel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A hypergradient and what it took. The array belongs to the estimator and holds until its next
 * call.
 *
 * @param value the upper objective where its gradient was taken; for an unrolled method that is at
 *     the unrolled y
 * @param gradient the hypergradient, [n]
 * @param finite false if the value or any entry of the gradient is NaN or infinite: take no step
 *     with it
 * @param exact false if a finite difference stands for a second derivative
 * @param gradients gradients evaluated, the two of each central difference among them
 * @param products exact derivatives of a gradient along a direction; each costs about two gradients
 */
public record Estimate(
    double value, INDArray gradient, boolean finite, boolean exact, int gradients, int products) {

  static Estimate of(double value, INDArray gradient, boolean exact, int gradients, int products) {
    boolean finite = Double.isFinite(value) && Vectors.isFinite(gradient);
    return new Estimate(value, gradient, finite, exact, gradients, products);
  }
}
