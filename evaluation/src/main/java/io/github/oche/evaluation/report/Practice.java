package io.github.oche.evaluation.report;

import com.google.common.collect.ImmutableList;

/**
 * The practices of the checklist for architecture search, in its order.
 *
 * @see <a href="https://arxiv.org/abs/1909.02453">Lindauer and Hutter (2020), Best practices for
 *     scientific research on neural architecture search, JMLR 21(243)</a>
 */
public enum Practice {
  /** Best practice 1. */
  TRAINING_CODE(1, "release the code of the training pipeline", Fact.TRAINING_CODE),
  /** Best practice 2. */
  SEARCH_CODE(2, "release the code of the search method", Fact.SEARCH_CODE),
  /** Best practice 3. */
  CODE_AS_IT_IS(3, "do not wait until the code is cleaned up", Fact.CODE_AS_RUN),
  /** Best practice 4: a benchmark is data with its split, a space, and a training pipeline. */
  SAME_BENCHMARK(
      4,
      "same benchmark, not just the same data",
      Fact.SAME_SPACE,
      Fact.SAME_TRAINING,
      Fact.SAME_SPLIT),
  /** Best practice 5. */
  ABLATION(5, "run ablation studies", Fact.ABLATION),
  /** Best practice 6. */
  SAME_PROTOCOL(
      6, "same evaluation protocol for all methods", Fact.SAME_SELECTION, Fact.TEST_UNTOUCHED),
  /** Best practice 7. */
  OVER_BUDGETS(7, "performance as a function of compute", Fact.SEVERAL_BUDGETS),
  /** Best practice 8. */
  RANDOM_BASELINES(
      8,
      "compare with random sampling and random search",
      Fact.RANDOM_SAMPLING,
      Fact.RANDOM_SEARCH),
  /** Best practice 9. */
  SEVERAL_SEEDS(
      9,
      "several runs with different seeds",
      Fact.SEARCH_SEEDS,
      Fact.TRAINING_SEEDS,
      Fact.SEEDS_TOLD),
  /** Best practice 10. */
  TABULAR_BENCHMARKS(10, "use tabular or surrogate benchmarks if possible", Fact.TABULAR),
  /** Best practice 11. */
  CONFOUNDERS(11, "control confounding factors", Fact.SAME_MACHINE, Fact.SAME_VERSIONS),
  /** Best practice 12. */
  TUNING(12, "report the tuning of the method's settings", Fact.SEARCH_SETTINGS, Fact.TUNING_TOLD),
  /** Best practice 13: all searches, and the choice among what they found. */
  END_TO_END(13, "report end-to-end cost", Fact.SEARCH_COST, Fact.SELECTION_COST),
  /** Best practice 14. */
  SETUP(
      14,
      "report all details of the set-up",
      Fact.HARDWARE_TOLD,
      Fact.VERSIONS_TOLD,
      Fact.TRAINING_SETTINGS);

  private final int number;
  private final String text;
  private final ImmutableList<Fact> facts;

  Practice(int number, String text, Fact... facts) {
    this.number = number;
    this.text = text;
    this.facts = ImmutableList.copyOf(facts);
  }

  /** Its place in the checklist, 1 to 14. */
  public int number() {
    return number;
  }

  /** What is to be done. */
  public String text() {
    return text;
  }

  /** What must be so for it to be kept. */
  ImmutableList<Fact> facts() {
    return facts;
  }
}
