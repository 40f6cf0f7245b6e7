package io.github.oche.evaluation.trial;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * An architecture and what its evaluation came to.
 *
 * @param architecture that was evaluated
 * @param accuracy in the evaluator's unit, the larger the better
 * @param <A> architectures
 */
public record Trial<A>(A architecture, double accuracy) {
  /**
   * Checks the accuracy: with one that is no number, nothing could be compared.
   *
   * @throws IllegalArgumentException if the accuracy is not a number
   */
  public Trial {
    checkArgument(
        !Double.isNaN(accuracy), "accuracy of %s is NaN, expected a number", architecture);
  }

  static <A> Trial<A> of(A architecture, Evaluator<? super A> evaluator) {
    return new Trial<>(architecture, evaluator.evaluate(architecture));
  }

  /** The more accurate of the two; this one if they are equal. */
  Trial<A> orBetter(Trial<A> other) {
    return other.accuracy > accuracy ? other : this;
  }
}
