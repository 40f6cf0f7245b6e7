package io.github.oche.evaluation.protocol;

import io.github.oche.darts.SearchProgress;
import io.github.oche.evaluation.TrainingProgress;

/** Hears how a reproduction goes, on the thread that does it: it waits for the listener. */
public interface ReproductionListener {
  /** Hears nothing. */
  ReproductionListener NONE = new ReproductionListener() {};

  /** A search or training starts, or is read back. */
  default void started(JobProgress job) {}

  /** A training goes on after so many epochs, for it was interrupted. */
  default void resumed(JobProgress job, int epochs) {}

  /** A step of a search is done. */
  default void step(JobProgress job, SearchProgress now) {}

  /** A step of a training is done. */
  default void step(JobProgress job, TrainingProgress now) {}

  /**
   * A search or training is done, and all its files are written.
   *
   * @param result in words
   */
  default void ended(JobProgress job, String result) {}
}
