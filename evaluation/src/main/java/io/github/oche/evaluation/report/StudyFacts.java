package io.github.oche.evaluation.report;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.util.Objects;

/**
 * What a program knows of the comparison that it made. What is not said is unknown.
 *
 * <pre>{@code
 * StudyFacts facts = StudyFacts.none()
 *     .yes(Fact.RANDOM_SEARCH, "24 cells, trained and chosen as those of the searches")
 *     .no(Fact.ABLATION, "none")
 *     .runs(Fact.TRAINING_SEEDS, 10, "trainings of each chosen cell");
 * }</pre>
 *
 * @param findings answers with their reasons
 */
public record StudyFacts(ImmutableMap<Fact, Finding> findings) {
  /**
   * An answer and why.
   *
   * @param answer to whether the fact is so
   * @param reason what makes it so or not, or why that is not known; in a few words
   */
  public record Finding(Answer answer, String reason) {
    /**
     * Checks that there is a reason.
     *
     * @throws IllegalArgumentException if it is blank or more than a line
     */
    public Finding {
      checkArgument(!reason.isBlank(), "the answer %s has no reason", answer);
      Cell.requireLine("reason", reason);
    }
  }

  /** Knows nothing. */
  public static StudyFacts none() {
    return new StudyFacts(ImmutableMap.of());
  }

  /** The same, and that this is so. */
  public StudyFacts yes(Fact fact, String reason) {
    return with(fact, new Finding(Answer.YES, reason));
  }

  /** The same, and that this is not so. */
  public StudyFacts no(Fact fact, String reason) {
    return with(fact, new Finding(Answer.NO, reason));
  }

  /** The same, and why this cannot be known. */
  public StudyFacts unknown(Fact fact, String reason) {
    return with(fact, new Finding(Answer.UNKNOWN, reason));
  }

  /** The same, and how many there were: two or more are yes, fewer no. */
  public StudyFacts runs(Fact fact, int count, String what) {
    String reason = count + " " + what;
    return count >= 2 ? yes(fact, reason) : no(fact, reason);
  }

  /** The same with another finding. */
  public StudyFacts with(Fact fact, Finding finding) {
    return new StudyFacts(
        ImmutableMap.<Fact, Finding>builder()
            .putAll(findings)
            .put(fact, finding)
            .buildKeepingLast());
  }

  /** What is known of a fact. */
  public Finding finding(Fact fact) {
    return Objects.requireNonNullElseGet(
        findings.get(fact), () -> new Finding(Answer.UNKNOWN, "not known " + fact.question()));
  }
}
