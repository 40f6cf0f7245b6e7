package io.github.oche.cli;

import io.github.oche.bilevel.Gradient;
import io.github.oche.bilevel.Objective;
import io.github.oche.bilevel.Partial;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An objective that adds up the time spent in it. */
final class TimedObjective implements Objective {
  private final Objective objective;
  private long nanos;

  TimedObjective(Objective objective) {
    this.objective = objective;
  }

  /** Seconds since the last call of this. */
  double seconds() {
    double seconds = nanos / 1e9;
    nanos = 0;
    return seconds;
  }

  @Override
  public double value(INDArray x, INDArray y) {
    long start = System.nanoTime();
    double value = objective.value(x, y);
    nanos += System.nanoTime() - start;
    return value;
  }

  @Override
  public Gradient gradient(INDArray x, INDArray y, Partial wanted) {
    long start = System.nanoTime();
    Gradient gradient = objective.gradient(x, y, wanted);
    nanos += System.nanoTime() - start;
    return gradient;
  }

  @Override
  public Gradient along(
      INDArray x, INDArray y, @Nullable INDArray dx, @Nullable INDArray dy, Partial wanted) {
    long start = System.nanoTime();
    Gradient product = objective.along(x, y, dx, dy, wanted);
    nanos += System.nanoTime() - start;
    return product;
  }
}
