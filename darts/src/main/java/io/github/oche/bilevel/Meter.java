package io.github.oche.bilevel;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Counts what is asked of a problem's objectives, and notes whether every answer was exact. */
final class Meter {
  private long values;
  private long gradients;
  private long products;
  private boolean exact = true;
  private @Nullable BilevelProblem measured;
  private @Nullable BilevelProblem measuring;

  /** Starts from zero; returns the problem, counted from now on. The same problem costs nothing. */
  BilevelProblem start(BilevelProblem problem) {
    values = 0;
    gradients = 0;
    products = 0;
    exact = true;
    BilevelProblem ready = measuring;
    if (ready == null || !problem.equals(measured)) {
      ready = problem.with(new Counted(problem.upper()), new Counted(problem.lower()));
      measured = problem;
      measuring = ready;
    }
    return ready;
  }

  Work work() {
    return new Work(values, gradients, products);
  }

  /** False if any gradient or product since the start was approximate. */
  boolean exact() {
    return exact;
  }

  /** Notes that a finite difference was taken whose gradients are counted already. */
  void approximate() {
    exact = false;
  }

  private Gradient note(Gradient gradient) {
    exact &= gradient.isExact();
    return gradient;
  }

  private final class Counted implements Objective {
    private final Objective objective;

    Counted(Objective objective) {
      this.objective = objective;
    }

    @Override
    public double value(INDArray x, INDArray y) {
      values++;
      return objective.value(x, y);
    }

    @Override
    public Gradient gradient(INDArray x, INDArray y, Partial wanted) {
      gradients++;
      return note(objective.gradient(x, y, wanted));
    }

    @Override
    public Gradient along(
        INDArray x, INDArray y, @Nullable INDArray dx, @Nullable INDArray dy, Partial wanted) {
      Gradient product = note(objective.along(x, y, dx, dy, wanted));
      if (product.isExact()) {
        products++;
      } else {
        gradients += 2;
      }
      return product;
    }
  }
}
