package io.github.oche.darts;

import io.github.oche.bilevel.HeavyBall;
import io.github.oche.bilevel.Hypergradient;
import io.github.oche.bilevel.OneStage;

/** How the architecture step differentiates through the weights. */
public enum SearchOrder {
  /** Not at all: the weights are taken as they are. One pass by α a step. */
  FIRST,
  /**
   * Through one step of the weights, second derivative by the published finite difference. Four
   * passes a step.
   */
  SECOND,
  /**
   * The same with the exact second derivative. Two passes and a product, about as dear as two more.
   */
  EXACT;

  /** The estimator for weights that move by such steps. */
  Hypergradient hypergradient(HeavyBall step) {
    return switch (this) {
      case FIRST -> OneStage.firstOrder();
      case SECOND -> new OneStage(step, OneStage.Product.FINITE_DIFFERENCE);
      case EXACT -> new OneStage(step, OneStage.Product.EXACT);
    };
  }
}
