package io.github.oche.evaluation.trial;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * A search that evaluates architectures one after the other. It is a function: the same evaluator,
 * budget and seed give the same result. With a larger budget it begins with the same evaluations.
 *
 * @param <A> architectures
 */
@FunctionalInterface
public interface TrialSearch<A> {
  /**
   * Searches.
   *
   * @param evaluator is asked {@code budget} times, never at the same time
   * @param budget evaluations, at least 1
   * @param seed of everything that is drawn
   * @return the most accurate architecture that was evaluated, the first of equals
   * @throws IllegalArgumentException if the budget is less than 1, or an accuracy is not a number
   */
  Trial<A> search(Evaluator<? super A> evaluator, int budget, long seed);

  /**
   * Checks a budget.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  static void checkBudget(int budget) {
    checkArgument(budget >= 1, "budget is %s evaluations, expected at least 1", budget);
  }
}
