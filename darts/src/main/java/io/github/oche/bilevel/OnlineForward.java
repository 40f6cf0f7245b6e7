package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.oche.bilevel.linear.Scratch;
import io.github.oche.bilevel.linear.Vectors;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Real-time hyper-parameter optimisation: forward mode that carries its tangents Z along with y and
 * steps x after every lower step.
 *
 * <pre>{@code
 * Z <- dPhi/ds Z + dPhi/dx,  s <- Phi(x, s),  x <- x - rule(grad_x F(x, y) + Z' grad_y F(x, y))
 * }</pre>
 *
 * <p>x changes while Z is carried, so the direction is that of no fixed objective; it is near the
 * hypergradient when x moves slowly against the memory of the lower level. An upper step costs two
 * gradients and n products; memory is n lower states, for a handful of hyper-parameters. The
 * dynamics sees as t the number of the upper step. For many upper variables, {@link NestedSolver}
 * with a warm start and {@link ReverseMode} of a short window is the online form in reverse.
 *
 * @see <a href="https://arxiv.org/abs/1703.01785">Franceschi et al. (2017), Forward and reverse
 *     gradient-based hyperparameter optimization, section 3.3</a>
 */
public final class OnlineForward extends SafeSolver {
  private static final String TANGENT = "tangent"; // [n, m]
  private static final String TANGENT_MEMORY = "tangent.memory.";

  private final Dynamics dynamics;
  private final UpperStep upper;
  private final Scratch direction = new Scratch();
  private final Scratch unit = new Scratch();
  private final Scratch outerGradient = new Scratch();
  private @Nullable State tangent;
  private @Nullable State next;

  /**
   * Creates the solver.
   *
   * @param dynamics what a lower step is
   * @param upper how x moves: any of ND4J's rules
   */
  public OnlineForward(Dynamics dynamics, IUpdater upper) {
    this.dynamics = checkNotNull(dynamics, "dynamics");
    this.upper = new UpperStep(checkNotNull(upper, "upper"));
  }

  @Override
  public SolverState start(INDArray x, INDArray y) {
    ImmutableMap.Builder<String, INDArray> more = ImmutableMap.builder();
    more.put(TANGENT, Nd4j.zeros(y.dataType(), x.length(), y.length()));
    more.putAll(Standing.memory(dynamics, y));
    ImmutableList<INDArray> memory = dynamics.start(y).memory();
    for (int i = 0; i < memory.size(); i++) {
      INDArray vector = memory.get(i);
      more.put(TANGENT_MEMORY + i, Nd4j.zeros(vector.dataType(), x.length(), vector.length()));
    }
    return upper.start(x, y, more.buildOrThrow());
  }

  @Override
  Estimate attempt(BilevelProblem problem, SolverState state) {
    INDArray x = state.x();
    int t = (int) state.steps();
    State at = Standing.of(state);
    State z = tangent;
    State to = next;
    if (z == null || to == null || !z.fits(at)) {
      z = at.copy();
      tangent = z;
      to = at.copy();
      next = to;
    }
    INDArray dx = unit.like(x).assign(0);
    for (long i = 0; i < x.length(); i++) {
      dx.putScalar(i, 1);
      load(state, i, z);
      dynamics.pushforward(problem, x, t, at, z, dx);
      store(z, state, i);
      dx.putScalar(i, 0);
    }
    double lower = dynamics.step(problem, x, t, at, to);
    if (!Double.isFinite(lower) || !to.isFinite()) {
      return diverged(x);
    }
    at.assign(to);
    Gradient outer = problem.upper().gradient(x, at.y(), Partial.BOTH);
    double value = outer.value();
    INDArray h = direction.like(x).assign(outer.dx());
    INDArray v = outerGradient.like(at.y()).assign(outer.dy());
    for (long i = 0; i < x.length(); i++) {
      load(state, i, z);
      h.putScalar(i, h.getDouble(i) + Vectors.dot(z.y(), v));
    }
    return upper.follow(problem, state, direction(value, h));
  }

  /** Copies tangent i, for a dynamics or an objective need not take views of rows. */
  private static void load(SolverState state, long i, State z) {
    z.y().assign(row(state.vector(TANGENT), i, z.y()));
    for (int k = 0; k < z.memory().size(); k++) {
      INDArray vector = z.memory().get(k);
      vector.assign(row(state.vector(TANGENT_MEMORY + k), i, vector));
    }
  }

  private static void store(State z, SolverState state, long i) {
    row(state.vector(TANGENT), i, z.y()).assign(z.y());
    for (int k = 0; k < z.memory().size(); k++) {
      INDArray vector = z.memory().get(k);
      row(state.vector(TANGENT_MEMORY + k), i, vector).assign(vector);
    }
  }

  private static INDArray row(INDArray all, long i, INDArray model) {
    return all.getRow(i).reshape(model.shape());
  }
}
