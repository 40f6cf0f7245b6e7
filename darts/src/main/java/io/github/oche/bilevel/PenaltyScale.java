package io.github.oche.bilevel;

/** How a penalty method scales the step of a loss whose penalty weighs gamma. */
public enum PenaltyScale {
  /** Not at all: the steps are those of {@code F + gamma p}. */
  NONE,
  /** By {@code min(1 / gamma, 1)}, so that a heavy penalty needs no shorter rates. */
  DIVIDED;

  double of(double gamma) {
    return this == NONE ? 1 : 1 / Math.max(gamma, 1);
  }
}
