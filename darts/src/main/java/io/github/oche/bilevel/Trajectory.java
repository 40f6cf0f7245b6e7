package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import io.github.oche.bilevel.linear.Vectors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The states {@code s_0, ..., s_T} through which the lower level went, of which it keeps as many as
 * the hypergradient reads:
 *
 * <table>
 * <caption>Memory and work of T steps</caption>
 * <tr><th>made by</th><th>states kept</th><th>steps made</th></tr>
 * <tr><td>{@link #still}</td><td>1</td><td>none</td></tr>
 * <tr><td>{@link #keeping}, window K</td><td>min(K, T) + 2</td><td>T</td></tr>
 * <tr><td>{@link #checkpointed}</td><td>about 2 sqrt(T)</td><td>up to 2 T, the second half as the
 *     states are read</td></tr>
 * </table>
 *
 * <p>A trajectory is run again and again in the same memory. One thread at a time may use it.
 */
public final class Trajectory {
  private final @Nullable Dynamics dynamics;
  private final int limit; // T at most
  private final int window; // states before the last that are kept; without meaning if checkpointed
  private final int stride; // 0 if not checkpointed: else every such state is kept
  private final List<State> kept = new ArrayList<>(); // a ring, or the checkpoints
  private final List<State> segment = new ArrayList<>(); // the states after one checkpoint
  private final List<State> ends = new ArrayList<>(); // s_T, if checkpointed
  private int segmentStart = -1;
  private int steps;
  private boolean finite = true;
  private @Nullable State start; // the caller's
  private @Nullable State last;
  private @Nullable BilevelProblem problem;
  private @Nullable INDArray x;

  private Trajectory(@Nullable Dynamics dynamics, int limit, int window, int stride) {
    this.dynamics = dynamics;
    this.limit = limit;
    this.window = window;
    this.stride = stride;
  }

  /**
   * The trajectory of a lower level that made no step.
   *
   * @param state where it stands; kept, so the trajectory follows when its arrays change
   * @return a trajectory of one state
   */
  public static Trajectory still(State state) {
    Trajectory trajectory = new Trajectory(null, 0, 0, 0);
    trajectory.start = checkNotNull(state, "state");
    trajectory.last = state;
    return trajectory;
  }

  /**
   * Steps of which the last ones are kept.
   *
   * @param dynamics what a step is
   * @param steps T, at least 0
   * @param window how many states before the last are kept, as {@link Hypergradient#window} says
   * @return a trajectory that has not run
   */
  public static Trajectory keeping(Dynamics dynamics, int steps, int window) {
    checkArgument(steps >= 0, "steps is %s, expected at least 0", steps);
    checkArgument(window >= 0, "window is %s, expected at least 0", window);
    return new Trajectory(checkNotNull(dynamics), steps, Math.min(window, steps), 0);
  }

  /**
   * Steps of which every sqrt(T)-th state is kept; the others are made again, to the same bits,
   * when they are read. Read it backwards: each state is then made again once.
   *
   * @param dynamics what a step is
   * @param steps T, at least 0
   * @return a trajectory that has not run
   */
  public static Trajectory checkpointed(Dynamics dynamics, int steps) {
    checkArgument(steps >= 0, "steps is %s, expected at least 0", steps);
    int stride = Math.max(1, (int) Math.ceil(Math.sqrt(steps)));
    return new Trajectory(checkNotNull(dynamics), steps, steps, stride);
  }

  /**
   * Makes all steps. A step that gives a value or a state that is not finite is the last: see
   * {@link #isFinite}.
   *
   * @param problem the two objectives, each on the batch that it holds until the trajectory was
   *     read
   * @param x upper variable, [n]; it must stay as it is until the trajectory was read
   * @param start where to start; it must stay as it is until the trajectory was read. One that
   *     remembers nothing is taken as one whose memory is zero
   * @return this
   */
  public Trajectory run(BilevelProblem problem, INDArray x, State start) {
    Dynamics phi = checkNotNull(dynamics, "a still trajectory does not run");
    this.problem = problem;
    this.x = x;
    this.start = start;
    segmentStart = -1;
    steps = 0;
    finite = start.isFinite();
    boolean fresh = start.memory().isEmpty();
    State model = fresh ? rest(phi, start.y()) : start;
    State at = slot(0, model);
    if (fresh) {
      at.clear().y().assign(start.y());
    } else {
      at.assign(start);
    }
    while (finite && steps < limit) {
      State to = slot(steps + 1, model);
      double value = phi.step(problem, x, steps, at, to);
      finite = Double.isFinite(value) && Vectors.isFinite(to.y());
      at = to;
      steps++;
    }
    if (stride > 0) { // at may lie in the segment, which is written over
      at = slot(ends, 0, at).assign(at);
      segmentStart = steps - steps % stride;
    }
    last = at;
    return this;
  }

  /** The first slot, which shows what states look like where none is remembered. */
  private State rest(Dynamics phi, INDArray y) {
    if (kept.isEmpty() || !Vectors.alike(kept.get(0).y(), y)) {
      kept.clear();
      kept.add(phi.start(y));
    }
    return kept.get(0);
  }

  /** Where state t is written as it is made. */
  private State slot(int t, State model) {
    if (stride == 0) {
      return slot(kept, t % (window + 2), model);
    }
    return t % stride == 0 ? slot(kept, t / stride, model) : slot(segment, t % stride, model);
  }

  private static State slot(List<State> slots, int i, State model) {
    while (slots.size() <= i) {
      slots.add(model.copy());
    }
    State slot = slots.get(i);
    if (slot.fits(model)) {
      return slot;
    }
    State fresh = model.copy();
    slots.set(i, fresh);
    return fresh;
  }

  /**
   * State t.
   *
   * @param t from {@code steps() - window} to {@code steps()}
   * @return the state, valid until the next call of this method or {@link #run}; not to be changed
   * @throws IllegalArgumentException if it was not kept
   */
  public State at(int t) {
    checkArgument(t >= 0 && t <= steps, "state is %s, expected 0 to %s", t, steps);
    if (t == steps) {
      return last();
    }
    if (stride == 0) {
      checkArgument(
          t >= steps - window, "state %s of %s is not kept: the window is %s", t, steps, window);
      return kept.get(t % (window + 2));
    }
    if (t % stride == 0) {
      return kept.get(t / stride);
    }
    remake(t / stride);
    return segment.get(t % stride);
  }

  /** Makes the states between checkpoint c and the next one again. */
  private void remake(int c) {
    int first = c * stride;
    if (segmentStart == first) {
      return;
    }
    Dynamics phi = checkNotNull(dynamics);
    State at = kept.get(c);
    for (int t = first; t + 1 < Math.min(first + stride, steps); t++) {
      State to = slot(segment, t + 1 - first, at);
      phi.step(checkNotNull(problem), checkNotNull(x), t, at, to);
      at = to;
    }
    segmentStart = first;
  }

  /**
   * Where the lower level started, whatever the window: the very state that {@link #run} was given.
   *
   * @return the first state; not to be changed
   */
  public State start() {
    return checkNotNull(start, "the trajectory has not run");
  }

  /**
   * Where the lower level got to.
   *
   * @return the last state; not to be changed
   */
  public State last() {
    return checkNotNull(last, "the trajectory has not run");
  }

  /**
   * How many steps were made: T, or fewer if one was not finite.
   *
   * @return the number of the last state
   */
  public int steps() {
    return steps;
  }

  /**
   * Says whether every value and every y was finite.
   *
   * @return false if the lower level diverged
   */
  public boolean isFinite() {
    return finite;
  }

  /** The map that made the states. */
  Dynamics dynamics() {
    Dynamics phi = dynamics;
    checkArgument(
        phi != null, "a hypergradient that goes back through steps needs a trajectory of some");
    return phi;
  }
}
