package io.github.oche.engine;

import org.jspecify.annotations.Nullable;

/** What a plan must have laid out before a step may ask for it. */
final class Present {
  private Present() {}

  static <T> T of(@Nullable T t) {
    if (t == null) {
      throw new IllegalStateException("the plan was not made for this pass");
    }
    return t;
  }
}
