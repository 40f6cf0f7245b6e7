package io.github.oche.bilevel;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Counts what is asked of a problem's objectives, and notes whether every answer was exact: what an
 * {@link Estimate} reports of itself.
 */
public final class Meter {
  private long values;
  private long gradients;
  private long products;
  private boolean exact = true;
  private @Nullable BilevelProblem measured;
  private @Nullable BilevelProblem measuring;

  /** Creates a meter that stands at zero. */
  public Meter() {}

  /**
   * Starts from zero. The same problem as the last time costs no memory.
   *
   * @param problem what is measured
   * @return the problem, counted from now on
   */
  public BilevelProblem start(BilevelProblem problem) {
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

  /**
   * What was asked since the start.
   *
   * @return the counts
   */
  public Work work() {
    return new Work(values, gradients, products);
  }

  /**
   * Says whether every gradient and product since the start was exact.
   *
   * @return false if one was approximate
   */
  public boolean exact() {
    return exact;
  }

  /** An objective beside the problem's, such as a constraint, counted with it. */
  Objective counted(Objective objective) {
    return new Counted(objective);
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
