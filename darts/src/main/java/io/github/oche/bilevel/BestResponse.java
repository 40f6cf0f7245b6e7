package io.github.oche.bilevel;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model of the best response: what y the lower level answers x with, {@code y = Psi_theta(x)}, as
 * a function that {@link ResponseNetwork} learns. An implementation may keep vectors between calls;
 * one thread at a time may use it.
 */
public interface BestResponse {
  /** {@return n, how many entries x has} */
  int upper();

  /** {@return m, how many entries y has} */
  int lower();

  /** {@return how many entries theta has} */
  int parameters();

  /**
   * Parameters to start from, with which the answer to every x is y.
   *
   * @param y the answer, [m]
   * @param random where chance is needed
   * @param theta overwritten
   */
  void start(INDArray y, RandomGenerator random, INDArray theta);

  /**
   * Computes {@code Psi_theta(x)}.
   *
   * @param theta the parameters
   * @param x upper variable, [n]
   * @param y the answer, [m]; overwritten
   */
  void respond(INDArray theta, INDArray x, INDArray y);

  /**
   * Adds the derivatives of {@code p' Psi_theta(x)}.
   *
   * @param theta the parameters
   * @param x upper variable, [n]
   * @param p cotangent of y, [m]; not changed
   * @param addToTheta that by theta is added here; null if not wanted
   * @param addToX that by x is added here, [n]; null if not wanted
   */
  void pullback(
      INDArray theta,
      INDArray x,
      INDArray p,
      @Nullable INDArray addToTheta,
      @Nullable INDArray addToX);
}
