package io.github.oche.bilevel.meta;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.base.Preconditions.checkState;

import io.github.oche.bilevel.BilevelProblem;
import io.github.oche.bilevel.Dynamics;
import io.github.oche.bilevel.Estimate;
import io.github.oche.bilevel.Hypergradient;
import io.github.oche.bilevel.Meter;
import io.github.oche.bilevel.Trajectory;
import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.linear.Scratch;
import io.github.oche.bilevel.linear.Vectors;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How one task is learned from the upper variable, and the derivative of what comes of it: {@code
 * y_0 = S(x)}, T steps of the dynamics, {@code F(x, y_T)}. In few-shot learning f is the loss on
 * the support set of the task, F that on its query set.
 *
 * <p>The derivative by x is what the hypergradient says, plus its {@linkplain
 * Estimate#startGradient() derivative by the start} pulled back through S. A hypergradient that
 * reads no step and gives none (an implicit one) takes y_T as independent of the start.
 *
 * <p>Keeps the trajectory and one vector of the length of x. One thread at a time may use it.
 */
public final class Adaptation {
  private final StartMap start;
  private final Dynamics dynamics;
  private final @Nullable Hypergradient hypergradient; // null: Reptile's displacement
  private final Trajectory lower;
  private final Meter meter = new Meter();
  private final Scratch total = new Scratch();
  private final Scratch moved = new Scratch();
  private @Nullable INDArray first;

  private Adaptation(
      StartMap start, Dynamics dynamics, int steps, @Nullable Hypergradient hypergradient) {
    checkArgument(steps >= 1, "steps is %s, expected at least 1", steps);
    this.start = checkNotNull(start, "start");
    this.dynamics = checkNotNull(dynamics, "dynamics");
    this.hypergradient = hypergradient;
    lower = Trajectory.keeping(dynamics, steps, hypergradient == null ? 0 : hypergradient.window());
  }

  /**
   * Creates an adaptation whose derivative a hypergradient computes.
   *
   * @param start S, where a task starts
   * @param dynamics what a step is
   * @param steps T, at least 1
   * @param hypergradient reads the steps
   * @return the adaptation
   */
  public static Adaptation of(
      StartMap start, Dynamics dynamics, int steps, Hypergradient hypergradient) {
    return new Adaptation(start, dynamics, steps, checkNotNull(hypergradient, "hypergradient"));
  }

  /**
   * Reptile: in place of the derivative by the start it takes the displacement {@code y_0 - y_T},
   * so that plain descent of rate e makes {@code x <- x + e (y_T - x)}. F is evaluated once, to
   * report its value, and never differentiated.
   *
   * @param start S, where a task starts
   * @param dynamics what a step is
   * @param steps T, at least 1
   * @return the adaptation
   * @see "Nichol, Achiam and Schulman (2018), On first-order meta-learning algorithms"
   */
  public static Adaptation reptile(StartMap start, Dynamics dynamics, int steps) {
    return new Adaptation(start, dynamics, steps, null);
  }

  /** {@return where a task starts} */
  StartMap start() {
    return start;
  }

  /** Where the last task got to. */
  INDArray last() {
    return lower.last().y();
  }

  /**
   * Learns a task.
   *
   * @param task f is what the steps lower
   * @param x upper variable, [n]; it must stay as it is until the trajectory was read
   * @return the steps, of which the last is kept, and as many as the hypergradient reads; valid
   *     until the next call
   */
  public Trajectory adapt(BilevelProblem task, INDArray x) {
    INDArray y = first;
    if (y == null || y.dataType() != x.dataType()) {
      y = Nd4j.create(x.dataType(), start.length());
      first = y;
    }
    start.start(task.lower(), x, y);
    return lower.run(task, x, dynamics.start(y));
  }

  /**
   * Learns a task and differentiates.
   *
   * @param task F and f
   * @param x upper variable, [n]; not changed
   * @return F after the last step and its derivative by x; {@code startGradient} is that by y_0 if
   *     there is one; valid until the next call
   */
  public Estimate estimate(BilevelProblem task, INDArray x) {
    BilevelProblem metered = meter.start(task);
    adapt(metered, x);
    INDArray h = total.like(x);
    if (!lower.isFinite()) {
      return measured(Double.NaN, h.assign(Double.NaN), null, Outcome.NOT_FINITE, Double.NaN);
    }
    Hypergradient method = hypergradient;
    if (method == null) {
      INDArray y0 = checkNotNull(first);
      INDArray p = moved.like(y0).assign(y0).subi(lower.last().y());
      start.pullback(metered.lower(), x, p, h.assign(0));
      double value = metered.upper().value(x, lower.last().y());
      return measured(value, h, p, Outcome.DONE, Double.NaN);
    }
    Estimate inner = method.estimate(metered, x, lower);
    h.assign(inner.gradient());
    INDArray p = inner.startGradient();
    if (inner.isUsable()) {
      checkState(
          p != null || method.window() == 0,
          "a start that x holds needs a hypergradient through all %s steps, not the last %s",
          lower.steps(),
          method.window());
      if (p != null) {
        start.pullback(metered.lower(), x, p, h);
      }
    }
    return measured(inner.value(), h, p, inner.outcome(), inner.residual());
  }

  private Estimate measured(
      double value, INDArray h, @Nullable INDArray p, Outcome outcome, double residual) {
    boolean finite = Double.isFinite(value) && Vectors.isFinite(h);
    Outcome seen = finite || !outcome.isUsable() ? outcome : Outcome.NOT_FINITE;
    return new Estimate(value, h, p, seen, residual, meter.exact(), meter.work());
  }
}
