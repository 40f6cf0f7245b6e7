package io.github.oche.evaluation.golden;

/** What a comparison with a golden value came to. */
public enum Verdict {
  /** Within the limit. */
  OK("ok"),
  /**
   * Beyond it, but no further than two correct engines may be apart where the input of a ReLU or
   * two values under a maximum lie within rounding of each other.
   */
  TIE("tie"),
  /** Wrong, or compared with nothing. */
  OFF("OFF");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
