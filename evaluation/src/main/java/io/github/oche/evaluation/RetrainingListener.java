package io.github.oche.evaluation;

import io.github.oche.data.Batches;
import io.github.oche.evaluation.model.Model;
import io.github.oche.space.Cost;
import io.github.oche.space.Genotype;

/** Hears how a training goes, on the thread that trains: the training waits for it. */
public interface RetrainingListener {
  /** Hears nothing. */
  RetrainingListener NONE = new RetrainingListener() {};

  /**
   * All is checked, memory comes next.
   *
   * @param heapBytes what the training will need, about
   */
  default void planned(long heapBytes) {}

  /** All is checked, memory is taken, the first step comes next. */
  default void started(Genotype genotype, Cost cost) {}

  /**
   * The weights are drawn, the first step comes next. With these, another program can make the same
   * training.
   *
   * @param start the network before the first step
   * @param training whose batch of step s is trained on in step s
   */
  default void drawn(Model start, Batches training) {}

  /** A step is done. */
  default void step(TrainingProgress progress) {}

  /** An epoch is done, and its numbers are finite. */
  default void epoch(TrainingEpoch epoch) {}

  /** The training is done; the test images come next. */
  default void trained(Model model) {}

  /**
   * After {@link #trained}, where held-out images chose an epoch: what the network was then.
   *
   * @param epoch from 1
   */
  default void best(int epoch, Model model) {}

  /** Both of two listeners, one after the other. */
  default RetrainingListener and(RetrainingListener other) {
    RetrainingListener first = this;
    return new RetrainingListener() {
      @Override
      public void planned(long heapBytes) {
        first.planned(heapBytes);
        other.planned(heapBytes);
      }

      @Override
      public void started(Genotype genotype, Cost cost) {
        first.started(genotype, cost);
        other.started(genotype, cost);
      }

      @Override
      public void drawn(Model start, Batches training) {
        first.drawn(start, training);
        other.drawn(start, training);
      }

      @Override
      public void step(TrainingProgress progress) {
        first.step(progress);
        other.step(progress);
      }

      @Override
      public void epoch(TrainingEpoch epoch) {
        first.epoch(epoch);
        other.epoch(epoch);
      }

      @Override
      public void trained(Model model) {
        first.trained(model);
        other.trained(model);
      }

      @Override
      public void best(int epoch, Model model) {
        first.best(epoch, model);
        other.best(epoch, model);
      }
    };
  }
}
