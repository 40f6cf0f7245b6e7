package io.github.oche.space;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * An operation and the name by which genotypes call it.
 *
 * @param name letters, digits and {@code _ . + -}, at most 64, beginning with a letter or digit
 */
public record Candidate(String name, Operation operation) {
  /** What the published rule never chooses. */
  public static final String NONE = "none";

  /** Checks the name. */
  public Candidate {
    checkArgument(
        Gene.isName(name),
        "candidate name \"%s\" must be of letters, digits and _ . + -, and begin with a letter or digit",
        name);
  }
}
