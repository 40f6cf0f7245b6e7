package io.github.oche.bilevel.problems;

import io.github.oche.bilevel.BilevelProblem;
import io.github.oche.bilevel.HeavyBall;
import io.github.oche.bilevel.Trajectory;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What training comes to whose sample weights are given: what a method should beat. */
public enum CleaningBaseline {
  /** All training samples, corrupted ones too. */
  ALL_SAMPLES("train on all"),
  /** The samples that were not replaced alone: somebody told which. */
  CLEAN_SAMPLES("train on the clean"),
  /** The validation samples alone, whose labels every method sees. */
  VALIDATION("train on validation");

  private static final int STEPS = 300; // the lower steps that "reverse" makes
  private static final double CERTAIN = 40; // sigmoid(40) is 1, and sigmoid(-40) is 4e-18

  private final String title;

  CleaningBaseline(String title) {
    this.title = title;
  }

  /** {@return its name in tables} */
  public String title() {
    return title;
  }

  /**
   * Trains once: 300 steps with momentum.
   *
   * @param cleaning the problem
   * @param seed of the start of y
   * @return share of the test samples that y gets right
   */
  public double accuracy(HyperCleaning cleaning, long seed) {
    INDArray x = cleaning.startX();
    for (int i = 0; i < x.length(); i++) {
      x.putScalar(i, weight(cleaning, i));
    }
    BilevelProblem problem = cleaning.problem();
    if (this == VALIDATION) {
      problem = new BilevelProblem(problem.upper(), problem.upper());
    }
    HeavyBall step = new HeavyBall(CleaningMethods.rate(cleaning.model()), 0.9, 0);
    return cleaning.accuracy(
        Trajectory.keeping(step, STEPS, 0)
            .run(problem, x, step.start(cleaning.startY(seed)))
            .last()
            .y());
  }

  private double weight(HyperCleaning cleaning, int sample) {
    if (this != CLEAN_SAMPLES) {
      return 0; // where every method starts
    }
    return cleaning.train().isReplaced(sample) ? -CERTAIN : CERTAIN;
  }
}
