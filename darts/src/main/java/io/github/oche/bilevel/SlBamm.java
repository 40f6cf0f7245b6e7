package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.linear.Scratch;
import io.github.oche.bilevel.linear.Vectors;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Single-loop bilevel averaged method of multipliers, sl-BAMM: one loop like {@link Soba}'s, on the
 * aggregate of both objectives, which needs no unique lower solution:
 *
 * <pre>{@code
 * psi = a F + (1 - a) f,   a = aggregation (k + 1)^(-1/power)
 * y <- y - rate grad_y psi
 * v <- v - eta ((grad²_yy psi) v - grad_y F)
 * x <- x - s (grad_x F - (grad²_xy psi) v)
 * }</pre>
 *
 * <p>All three directions are taken at the old point. The steps eta and s follow from rate, a and
 * the {@link Schedule}; s is part of the method, so x takes no other rule. A step costs two
 * gradients and two products, two more with {@link Multiplier#LINE_SEARCH}; memory is seven vectors
 * of the length of y and four of the length of x, the state and its copy among them. {@link
 * Estimate#residual} is that of {@code (grad²_yy psi) v = grad_y F} at the old v.
 *
 * <p>The aggregate must be strongly convex in y, as for a convex f and a strongly convex F. With
 * the line search, a curvature that is not positive gives {@link Outcome#NOT_POSITIVE_DEFINITE}.
 *
 * @see "Liu et al. (2023), Averaged method of multipliers for bi-level optimization without
 *     lower-level strong convexity"
 */
public final class SlBamm extends SafeSolver {
  /** How the steps of v and x depend on the aggregation a: the published strategies. */
  public enum Schedule {
    /** {@code a^2} for v, {@code a^7} for x. */
    S1(2, 7),
    /** {@code a} for v, {@code a^5} for x. */
    S2(1, 5),
    /** 1 for v, {@code a^3} for x: the longest steps. */
    S3(0, 3);

    private final int multiplierPower;
    private final int upperPower;

    Schedule(int multiplierPower, int upperPower) {
      this.multiplierPower = multiplierPower;
      this.upperPower = upperPower;
    }
  }

  /** How long the step of v is. */
  public enum Multiplier {
    /** {@code eta = (k + 1)^(-decay/2) a^j rate}, j from the schedule. */
    SCHEDULED,
    /** {@code eta = ||r||^2 / (r' (grad²_yy psi) r)}, the least quadratic along the residual r. */
    LINE_SEARCH
  }

  private final double rate;
  private final double aggregation;
  private final double power;
  private final double decay;
  private final Schedule schedule;
  private final Multiplier multiplier;
  private final Scratch direction = new Scratch();
  private final Scratch left = new Scratch();
  private final Scratch descent = new Scratch();
  private final Scratch scaledX = new Scratch();
  private final Scratch scaledY = new Scratch();
  private final Scratch curved = new Scratch();

  /**
   * Creates the solver.
   *
   * @param rate step length of y, positive
   * @param aggregation share of F before the first step, in (0, 1]
   * @param power p, how slowly that share goes to zero, positive
   * @param decay tau, of the steps of v (half of it) and x (one and a half), at least 0
   * @param schedule of the steps of v and x
   * @param multiplier how long the step of v is
   */
  public SlBamm(
      double rate,
      double aggregation,
      double power,
      double decay,
      Schedule schedule,
      Multiplier multiplier) {
    Settings.positive("rate", rate);
    checkArgument(
        aggregation > 0 && aggregation <= 1,
        "aggregation is %s, expected a number in (0, 1]",
        aggregation);
    Settings.positive("power", power);
    checkArgument(
        decay >= 0 && Double.isFinite(decay), "decay is %s, expected a finite number >= 0", decay);
    this.rate = rate;
    this.aggregation = aggregation;
    this.power = power;
    this.decay = decay;
    this.schedule = checkNotNull(schedule, "schedule");
    this.multiplier = checkNotNull(multiplier, "multiplier");
  }

  /**
   * With an aggregation of {@code 0.9 (k + 1)^-0.1}, the decay 1/40 and schedule S3.
   *
   * @param rate step length of y, positive
   * @param multiplier how long the step of v is
   */
  public SlBamm(double rate, Multiplier multiplier) {
    this(rate, 0.9, 10, 1.0 / 40, Schedule.S3, multiplier);
  }

  @Override
  public SolverState start(INDArray x, INDArray y) {
    return SolverState.start(x, y, Adjoint.start(y));
  }

  @Override
  Estimate attempt(BilevelProblem problem, SolverState state) {
    double k = state.steps() + 1.0;
    double a = aggregation * Math.pow(k, -1 / power);
    double eta = Math.pow(k, -0.5 * decay) * Math.pow(a, schedule.multiplierPower) * rate;
    double s = Math.pow(k, -1.5 * decay) * Math.pow(a, schedule.upperPower) * rate;
    INDArray x = state.x();
    INDArray y = state.y();
    INDArray v = state.vector(Adjoint.V);

    Gradient outer = problem.upper().gradient(x, y, Partial.BOTH);
    double value = outer.value();
    INDArray h = direction.like(x).assign(outer.dx());
    INDArray r = left.like(y).assign(outer.dy());
    INDArray dy = descent.like(y).assign(r).muli(a);
    dy.addi(scaledY.like(y).assign(problem.lower().gradient(x, y, Partial.Y).dy()).muli(1 - a));
    double size = Vectors.sumOfSquares(r);
    Gradient product = problem.upper().along(x, y, null, v, Partial.BOTH);
    h.subi(scaledX.like(x).assign(product.dx()).muli(a));
    r.subi(scaledY.like(y).assign(product.dy()).muli(a));
    product = problem.lower().along(x, y, null, v, Partial.BOTH);
    h.subi(scaledX.like(x).assign(product.dx()).muli(1 - a));
    r.subi(scaledY.like(y).assign(product.dy()).muli(1 - a));

    double squares = Vectors.sumOfSquares(r);
    double residual = size == 0 ? 0 : Math.sqrt(squares / size);
    if (multiplier == Multiplier.LINE_SEARCH && squares > 0) {
      double curvature = curvature(problem, x, y, r, a);
      if (curvature <= 0) {
        return Estimate.of(
            value, h.assign(Double.NaN), null, Outcome.NOT_POSITIVE_DEFINITE, residual);
      }
      eta = squares / curvature;
    }
    v.addi(r.muli(eta));
    y.subi(dy.muli(rate));
    problem.projectY().project(y);
    x.subi(scaledX.like(x).assign(h).muli(s));
    problem.projectX().project(x);
    return direction(value, h, residual);
  }

  /** {@code r' (a grad²_yy F + (1 - a) grad²_yy f) r}. */
  private double curvature(BilevelProblem problem, INDArray x, INDArray y, INDArray r, double a) {
    INDArray product = curved.like(y);
    product.assign(problem.upper().along(x, y, null, r, Partial.Y).dy());
    double upper = Vectors.dot(r, product);
    product.assign(problem.lower().along(x, y, null, r, Partial.Y).dy());
    return a * upper + (1 - a) * Vectors.dot(r, product);
  }
}
