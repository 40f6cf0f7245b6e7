package io.github.oche.bilevel;

import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.linear.Vectors;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A hypergradient and what it took. The arrays belong to the estimator and hold until its next
 * call.
 *
 * @param value the upper objective where its gradient was taken; for an unrolled method that is at
 *     the last unrolled y
 * @param gradient the hypergradient, [n]
 * @param startGradient derivative of the same by the y that the lower level started from, [m]; null
 *     from methods that do not go back to the start
 * @param outcome what became of it; take no step unless it {@linkplain Outcome#isUsable() is
 *     usable}
 * @param residual of an implicit method's linear system, relative to its right-hand side; 0 where
 *     that is zero, NaN for methods without one
 * @param exact false if a finite difference stands for a derivative
 * @param work what was asked of the objectives
 */
public record Estimate(
    double value,
    INDArray gradient,
    @Nullable INDArray startGradient,
    Outcome outcome,
    double residual,
    boolean exact,
    Work work) {

  /** An estimate that was computed; it looks for itself whether it is finite. */
  static Estimate of(
      double value, INDArray gradient, @Nullable INDArray startGradient, Meter meter) {
    return of(value, gradient, startGradient, Outcome.DONE, Double.NaN).measured(meter);
  }

  /** The same before its work is known. */
  static Estimate of(
      double value,
      INDArray gradient,
      @Nullable INDArray startGradient,
      Outcome outcome,
      double residual) {
    boolean finite =
        Double.isFinite(value)
            && Vectors.isFinite(gradient)
            && (startGradient == null || Vectors.isFinite(startGradient));
    Outcome seen = finite || !outcome.isUsable() ? outcome : Outcome.NOT_FINITE;
    return new Estimate(value, gradient, startGradient, seen, residual, true, Work.NONE);
  }

  /** This with the work of a meter, exact only if both say so. */
  Estimate measured(Meter meter) {
    return new Estimate(
        value, gradient, startGradient, outcome, residual, exact && meter.exact(), meter.work());
  }

  /** This with another outcome. */
  Estimate with(Outcome other) {
    return new Estimate(value, gradient, startGradient, other, residual, exact, work);
  }

  /**
   * Says whether a step may be taken with this.
   *
   * @return true if it is finite and its computation did not fail
   */
  public boolean isUsable() {
    return outcome.isUsable();
  }
}
