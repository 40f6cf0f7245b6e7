package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableMap;
import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.linear.Scratch;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * The nested scheme of the survey: T steps of the lower level, a hypergradient where it got to, a
 * step of x. Which dynamics, start and hypergradient makes it RHG, truncated RHG, BDA, IAPTT, AID
 * or Neumann; the table in this package's description lists them.
 */
public final class NestedSolver extends SafeSolver {
  /** Which variable moves first. */
  public enum Order {
    /** T steps of y, the hypergradient through them, then x: the survey's scheme. */
    LOWER_FIRST,
    /**
     * The hypergradient where y stands, x, then T steps of y with the new x: the order of DARTS,
     * whose {@link OneStage} looks ahead by itself.
     */
    UPPER_FIRST
  }

  private static final String START = "start";

  private final Start start;
  private final Hypergradient hypergradient;
  private final UpperStep upper;
  private final Order order;
  private final Trajectory lower;
  private final Scratch moved = new Scratch();

  /**
   * Creates the solver.
   *
   * @param dynamics what a lower step is
   * @param steps T, lower steps an upper step, at least 1
   * @param start where the lower level starts in each upper step
   * @param hypergradient reads the lower steps
   * @param upper how x moves: any of ND4J's rules
   * @param order which variable moves first; upper first goes with a warm start alone
   */
  public NestedSolver(
      Dynamics dynamics,
      int steps,
      Start start,
      Hypergradient hypergradient,
      IUpdater upper,
      Order order) {
    this(
        Trajectory.keeping(
            dynamics, steps, order == Order.LOWER_FIRST ? hypergradient.window() : 0),
        start,
        hypergradient,
        upper,
        order);
    Settings.atLeastOne("steps", steps);
  }

  /**
   * The same with the lower steps kept in another way, as by {@link Trajectory#checkpointed}.
   *
   * @param lower the lower steps; no other solver may use it
   * @param start where the lower level starts in each upper step
   * @param hypergradient reads the lower steps, which must be kept as far back as its window
   * @param upper how x moves: any of ND4J's rules
   * @param order which variable moves first; upper first goes with a warm start alone
   */
  public NestedSolver(
      Trajectory lower, Start start, Hypergradient hypergradient, IUpdater upper, Order order) {
    checkArgument(
        order == Order.LOWER_FIRST || start instanceof Start.Warm,
        "upper first needs a warm start, not %s",
        start);
    this.lower = checkNotNull(lower, "lower");
    this.start = checkNotNull(start, "start");
    this.hypergradient = checkNotNull(hypergradient, "hypergradient");
    this.upper = new UpperStep(checkNotNull(upper, "upper"));
    this.order = order;
  }

  /**
   * The survey's scheme, lower first.
   *
   * @param dynamics what a lower step is
   * @param steps T, lower steps an upper step, at least 1
   * @param start where the lower level starts in each upper step
   * @param hypergradient reads the lower steps
   * @param upper how x moves: any of ND4J's rules
   */
  public NestedSolver(
      Dynamics dynamics, int steps, Start start, Hypergradient hypergradient, IUpdater upper) {
    this(dynamics, steps, start, hypergradient, upper, Order.LOWER_FIRST);
  }

  @Override
  public SolverState start(INDArray x, INDArray y) {
    ImmutableMap.Builder<String, INDArray> more = ImmutableMap.builder();
    if (!(start instanceof Start.Warm)) {
      more.put(START, y.dup('c'));
    }
    more.putAll(Standing.memory(lower.dynamics(), y));
    return upper.start(x, y, more.buildOrThrow());
  }

  @Override
  Estimate attempt(BilevelProblem problem, SolverState state) {
    return order == Order.LOWER_FIRST ? lowerFirst(problem, state) : upperFirst(problem, state);
  }

  private Estimate lowerFirst(BilevelProblem problem, SolverState state) {
    State standing = Standing.of(state);
    if (!(start instanceof Start.Warm)) {
      standing.clear().y().assign(state.vector(START));
    }
    lower.run(problem, state.x(), standing);
    if (!lower.isFinite()) {
      return diverged(state.x());
    }
    Estimate estimate = hypergradient.estimate(problem, state.x(), lower);
    if (!estimate.isUsable()) {
      return estimate;
    }
    standing.assign(lower.last());
    upper.move(problem, state, estimate.gradient());
    if (start instanceof Start.Learned learned) {
      INDArray dz = estimate.startGradient();
      checkState(dz != null, "a learned start needs a hypergradient through all lower steps");
      INDArray z = state.vector(START);
      z.subi(moved.like(z).assign(dz).muli(learned.rate()));
      problem.projectY().project(z);
    }
    return estimate;
  }

  private Estimate upperFirst(BilevelProblem problem, SolverState state) {
    State standing = Standing.of(state);
    Estimate estimate = hypergradient.estimate(problem, state.x(), Trajectory.still(standing));
    if (!estimate.isUsable()) {
      return estimate;
    }
    upper.move(problem, state, estimate.gradient());
    lower.run(problem, state.x(), standing);
    standing.assign(lower.last());
    return lower.isFinite() ? estimate : estimate.with(Outcome.NOT_FINITE);
  }
}
