package io.github.oche.bilevel;

/** Which of several lower solutions counts. */
public enum Attitude {
  /** The one with the least F: the lower level obliges. */
  OPTIMISTIC(1),
  /** The one with the largest F: the worst case. */
  PESSIMISTIC(-1);

  private final double sign;

  Attitude(double sign) {
    this.sign = sign;
  }

  /** Of F in the problem that y minimises. */
  double sign() {
    return sign;
  }
}
