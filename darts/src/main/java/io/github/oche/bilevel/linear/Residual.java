package io.github.oche.bilevel.linear;

import org.nd4j.linalg.api.ndarray.INDArray;

/** What the linear solvers share. */
final class Residual {
  private Residual() {}

  /** r = b - A q; needs no product where q is zero. Returns how many it needed. */
  static long start(LinearOperator a, INDArray b, INDArray q, INDArray r) {
    if (Vectors.sumOfSquares(q) == 0) {
      q.assign(0);
      r.assign(b);
      return 0;
    }
    a.apply(q, r);
    r.rsubi(b);
    return 1;
  }
}
