package io.github.oche.evaluation.report;

/** What {@link Practice}s ask of a comparison; {@link StudyFacts} holds what is known of each. */
public enum Fact {
  /** The code that trains the final networks is published. */
  TRAINING_CODE("whether the code of the trainings is published"),
  /** The code of all searches compared is published. */
  SEARCH_CODE("whether the code of the searches is published"),
  /** What is published is what ran, at a version that is told. */
  CODE_AS_RUN("whether the published code is the code that ran"),
  /** All rows choose from the same search space. */
  SAME_SPACE("whether all rows have one search space"),
  /** The final networks of all rows are trained in the same way. */
  SAME_TRAINING("whether the networks of all rows are trained alike"),
  /** All rows are trained and tested on the same images. */
  SAME_SPLIT("whether all rows have the same images to train and to test on"),
  /** Parts of the methods were left out or changed one at a time. */
  ABLATION("whether parts of the methods were changed one at a time"),
  /** All rows choose their final architecture in the same way. */
  SAME_SELECTION("whether all rows choose their architecture in the same way"),
  /** Test images chose nothing: no architecture, no epoch, no setting. */
  TEST_UNTOUCHED("whether test images chose something"),
  /** Results are given for several amounts of computing. */
  SEVERAL_BUDGETS("whether there are results for several budgets"),
  /** There is a row of architectures drawn at random, without choice. */
  RANDOM_SAMPLING("whether there is a row of architectures drawn at random"),
  /** There is a row of random search with the budget of the other searches. */
  RANDOM_SEARCH("whether there is a row of random search"),
  /** Searches were run from several seeds, all of which are in the numbers. */
  SEARCH_SEEDS("how many seeds the searches had"),
  /** Final networks were trained from several seeds. */
  TRAINING_SEEDS("how many seeds the trainings had"),
  /** The seeds are told. */
  SEEDS_TOLD("whether the seeds are told"),
  /** The comparison is made, or made as well, on a tabular or surrogate benchmark. */
  TABULAR("whether there is a comparison on a tabular benchmark"),
  /** All rows were computed on the same kind of machine. */
  SAME_MACHINE("whether all rows ran on the same kind of machine"),
  /** All rows were computed by the same versions of the software. */
  SAME_VERSIONS("whether all rows ran with the same versions"),
  /** The settings of the search methods are told. */
  SEARCH_SETTINGS("whether the settings of the searches are told"),
  /** How those settings were found is told. */
  TUNING_TOLD("how the settings of the searches were found"),
  /** What all searches took is told. */
  SEARCH_COST("what the searches took"),
  /** What the choice among their results took is told. */
  SELECTION_COST("what the choice among found architectures took"),
  /** The machine is told. */
  HARDWARE_TOLD("which machine it was"),
  /** The versions of the software are told. */
  VERSIONS_TOLD("which versions of the software"),
  /** All settings of the trainings are told. */
  TRAINING_SETTINGS("whether the settings of the trainings are told");

  private final String question;

  Fact(String question) {
    this.question = question;
  }

  /** What is asked, to follow "not known". */
  String question() {
    return question;
  }
}
