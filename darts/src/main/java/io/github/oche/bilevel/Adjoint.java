package io.github.oche.bilevel;

import com.google.common.collect.ImmutableMap;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Where solvers keep v, their approximation of {@code H^-1 grad_y F}, between steps. */
final class Adjoint {
  static final String V = "v";

  private Adjoint() {}

  /** Zero, for the state before the first step. */
  static ImmutableMap<String, INDArray> start(INDArray y) {
    return ImmutableMap.of(V, y.dup('c').assign(0));
  }
}
