package io.github.oche.bilevel.meta;

import io.github.oche.bilevel.Objective;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where the lower level of a task starts, as a function of the upper variable: {@code y_0 = S(x)}.
 * An implementation may keep vectors between calls; one thread at a time may use it.
 */
public interface StartMap {
  /** {@return m, how many entries y has} */
  int length();

  /**
   * Computes the start.
   *
   * @param task the lower objective f of the task
   * @param x upper variable, [n]
   * @param start y_0, [m]; overwritten
   */
  void start(Objective task, INDArray x, INDArray start);

  /**
   * Adds {@code (dS/dx)' p} to the derivative by x.
   *
   * @param task the lower objective f of the task
   * @param x upper variable, [n]
   * @param p cotangent of y_0, [m]; not changed
   * @param addToX the result is added here, [n]
   */
  void pullback(Objective task, INDArray x, INDArray p, INDArray addToX);

  /**
   * The first m entries of x: MAML's learned start. Costs no gradient.
   *
   * @param length m, at least 1
   * @return the map
   */
  static StartMap first(int length) {
    return new FirstEntries(length);
  }
}
