package io.github.oche.bilevel.problems;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The logits of all samples of one set as a function of the weights y, and exact derivatives. All
 * logits are [N, C] in column order ('f'), the layout in which ND4J multiplies tall matrices
 * fastest.
 *
 * <p>The methods go together: {@link #logits}, then {@link #pullback} or {@link #tangent}, then
 * {@link #pullbackTangent}, all at the same y.
 */
interface Classifier {
  /** Number of weights, m. */
  int parameters();

  /** Logits at y, valid until the next call. */
  INDArray logits(INDArray y);

  /** Writes the derivative of {@code <d, logits>} by y to {@code to}, [m]. */
  void pullback(INDArray y, INDArray d, INDArray to);

  /** Derivative of the logits along dy, valid until the next call. */
  INDArray tangent(INDArray y, INDArray dy);

  /**
   * Writes to {@code to} how {@link #pullback} changes along dy, where d changes by rd.
   *
   * @param dy the direction that {@link #tangent} was given; null is zero, and then no tangent is
   *     needed
   */
  void pullbackTangent(INDArray y, @Nullable INDArray dy, INDArray d, INDArray rd, INDArray to);
}
