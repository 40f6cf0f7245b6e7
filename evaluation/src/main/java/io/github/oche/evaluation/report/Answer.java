package io.github.oche.evaluation.report;

import com.google.common.base.Ascii;

/** What is known of something that is either so or not. */
public enum Answer {
  /** It is so. */
  YES,
  /** It is not so. */
  NO,
  /** The program cannot know. */
  UNKNOWN;

  @Override
  public String toString() {
    return Ascii.toLowerCase(name());
  }
}
