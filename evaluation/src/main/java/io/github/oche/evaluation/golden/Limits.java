package io.github.oche.evaluation.golden;

/**
 * How far a quantity may be off.
 *
 * @param ok at most this is ok
 * @param tie at most this is a tie, if all forward quantities of the file are ok; below {@code ok}
 *     where there are no ties
 * @param forward whether it is such a quantity: smooth in its inputs
 */
record Limits(double ok, double tie, boolean forward) {
  /** Logits, losses, running statistics. */
  static final Limits FORWARD = new Limits(2e-5, 0, true);

  static final Limits WEIGHT_GRADIENT = new Limits(2e-4, 5e-2, false);
  static final Limits WEIGHT_GRADIENTS_AS_ONE = new Limits(5e-5, 1e-2, false);
  static final Limits ALPHA_GRADIENT = new Limits(1e-4, 5e-2, false);
  static final Limits FINITE_DIFFERENCE = new Limits(1e-2, 1e-1, false);
  static final Limits ALPHA_AFTER_STEP = new Limits(1e-3, 1e-2, false);
  static final Limits WEIGHT_AFTER_STEP = new Limits(1e-4, 1e-2, false);
  static final Limits NORM = new Limits(1e-4, 1e-2, false);
  static final Limits FIRST_LOSS = new Limits(1e-4, 0, true);
  static final Limits LATER_LOSS = new Limits(0.2, 0, false);
  static final Limits RATE = new Limits(1e-6, 0, false);
  static final Limits EXACT = new Limits(0, 0, false);

  /** Chaotic: shown, not judged. */
  static final Limits NONE = new Limits(Double.POSITIVE_INFINITY, 0, false);
}
