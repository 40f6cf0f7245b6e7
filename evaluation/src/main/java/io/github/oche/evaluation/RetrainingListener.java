package io.github.oche.evaluation;

import com.google.common.collect.ImmutableList;
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

  /**
   * In place of {@link #drawn}, where a training goes on from a checkpoint; the step after these
   * epochs comes next.
   */
  default void resumed(ImmutableList<TrainingEpoch> epochs) {}

  /** A step is done. */
  default void step(TrainingProgress progress) {}

  /** An epoch is done, and its numbers are finite. */
  default void epoch(TrainingEpoch epoch) {}

  /**
   * Right before {@link #epoch}: the training as it stands. Its arrays change with the next step,
   * so it is written now or not at all.
   */
  default void checkpoint(Checkpoint now) {}

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
      public void resumed(ImmutableList<TrainingEpoch> epochs) {
        first.resumed(epochs);
        other.resumed(epochs);
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
      public void checkpoint(Checkpoint now) {
        first.checkpoint(now);
        other.checkpoint(now);
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
