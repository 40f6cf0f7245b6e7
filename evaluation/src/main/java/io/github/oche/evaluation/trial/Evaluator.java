package io.github.oche.evaluation.trial;

/**
 * Says how accurate an architecture is: by a table, or by training it. One call is one evaluation
 * of a search's budget, even of an architecture that was evaluated before.
 *
 * @param <A> architectures
 */
@FunctionalInterface
public interface Evaluator<A> {
  /**
   * Evaluates.
   *
   * @param architecture what to evaluate
   * @return an accuracy, the larger the better, in the evaluator's own unit (percent in tables); a
   *     number, but it may be infinite: a training that diverged may count as {@link
   *     Double#NEGATIVE_INFINITY}
   */
  double evaluate(A architecture);
}
