package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.oche.bilevel.linear.Scratch;
import io.github.oche.bilevel.linear.Vectors;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * BVFSM (BVFIM without constraints): the lower level is replaced by {@code f(x, y) < psi(x)}, where
 * psi is its regularised value function raised by a slack, and that inequality by a logarithmic
 * barrier. The parameters go to zero as the steps go on.
 *
 * <pre>{@code
 * z <- argmin f(x, z) + mu ||z||^2,   psi = that value + slack                    T_z steps
 * y <- argmin F(x, y) + theta ||y||^2 - tau ln(psi - f(x, y))                     T_y steps
 * h = grad_x F(x, y) + tau / (psi - f(x, y)) (grad_x f(x, y) - grad_x f(x, z)),   x moves along h
 * }</pre>
 *
 * <p>Pessimistic, y minimises {@code -F} under the same barrier, and the last term of h changes its
 * sign. Neither a unique lower solution nor convexity is needed, and no second derivative.
 *
 * <p>The gap {@code psi - f} is a true one. y is moved along f until it is positive (at most T_y
 * steps); only if that is not enough is psi raised to {@code f(x, y) + slack}. All steps are halved
 * until they descend (Armijo), so that none leaves the barrier. Descent finds the nearest lower
 * solution: with {@link Steps#search} above 0, y first makes so many steps on F alone in each upper
 * step, and then falls to the solution next to where F would have it; that is what lets it pass
 * from one valley of a non-convex f to another.
 *
 * <p>Constraints {@code g(x, y) <= 0} of the lower level join f with a barrier {@code -tau ln(-g)}
 * wherever f stands above; within tau of the border the logarithm is continued by a parabola.
 *
 * <p>A step costs at most T_z + 3 T_y + search + 3 gradients, and at least as many values; each
 * counts for f and every constraint, and the {@link Work} has them all. Memory is eight vectors of
 * the length of y and six of the length of x, the state and its copy among them. z starts at the
 * start of y; both go on from step to step. The estimate is h, and its value {@code F(x, y)}.
 *
 * @see "Liu, Liu, Yuan, Zeng and Zhang (2021), A value-function-based interior-point method for
 *     non-convex bi-level optimization"
 * @see "Liu, Liu, Zeng, Zhang and Zhang (2021), Value-function-based sequential minimization for
 *     bi-level optimization"
 */
public final class Bvfsm extends SafeSolver {
  /**
   * The parameters of the first step; all are multiplied with the decay of each step.
   *
   * @param mu regularisation of z, at least 0; 0.01 in the published code
   * @param theta regularisation of y, at least 0; 0.01 in the published code
   * @param tau weight of the barriers, positive; 0.001 in the published code
   * @param slack by which psi is raised, positive
   * @param decay what becomes of them
   */
  public record Parameters(double mu, double theta, double tau, double slack, Decay decay) {
    /**
     * Creates parameters.
     *
     * @param mu regularisation of z, at least 0; 0.01 in the published code
     * @param theta regularisation of y, at least 0; 0.01 in the published code
     * @param tau weight of the barriers, positive; 0.001 in the published code
     * @param slack by which psi is raised, positive
     * @param decay what becomes of them
     */
    public Parameters {
      Settings.notNegative("mu", mu);
      Settings.notNegative("theta", theta);
      Settings.positive("tau", tau);
      Settings.positive("slack", slack);
      checkNotNull(decay, "decay");
    }
  }

  /**
   * The steps of the inner problems.
   *
   * @param z T_z, at least 1; 50 in the published code
   * @param zRate longest step of z, and of y on f, positive
   * @param y T_y, at least 1; 25 in the published code
   * @param yRate longest step of y, positive
   * @param search steps of y on F alone before the others, at least 0
   */
  public record Steps(int z, double zRate, int y, double yRate, int search) {
    /**
     * Creates settings.
     *
     * @param z T_z, at least 1; 50 in the published code
     * @param zRate longest step of z, and of y on f, positive
     * @param y T_y, at least 1; 25 in the published code
     * @param yRate longest step of y, positive
     * @param search steps of y on F alone before the others, at least 0
     */
    public Steps {
      Settings.atLeastOne("steps of z", z);
      Settings.positive("zRate", zRate);
      Settings.atLeastOne("steps of y", y);
      Settings.positive("yRate", yRate);
      Settings.notNegative("search", search);
    }
  }

  private static final String Z = "z";
  private static final double NO_BARRIER = Double.POSITIVE_INFINITY;

  private final Attitude attitude;
  private final Parameters parameters;
  private final Steps steps;
  private final Barriered barriered;
  private final UpperStep upper;
  private final BacktrackedDescent descent = new BacktrackedDescent();
  private final Scratch direction = new Scratch();
  private final Scratch difference = new Scratch();
  private final Scratch term = new Scratch();

  /**
   * Creates the solver.
   *
   * @param attitude which lower solution counts
   * @param parameters regularisation and barrier
   * @param steps of the inner problems
   * @param constraints each a g with {@code g(x, y) <= 0} in the lower level
   * @param upper how x moves: any of ND4J's rules
   */
  public Bvfsm(
      Attitude attitude,
      Parameters parameters,
      Steps steps,
      ImmutableList<Objective> constraints,
      IUpdater upper) {
    this.attitude = checkNotNull(attitude, "attitude");
    this.parameters = checkNotNull(parameters, "parameters");
    this.steps = checkNotNull(steps, "steps");
    barriered =
        new Barriered(
            checkNotNull(constraints, "constraints").stream()
                .map(this::counted)
                .collect(toImmutableList()));
    this.upper = new UpperStep(checkNotNull(upper, "upper"));
  }

  /**
   * Creates the solver of a problem whose lower level has no constraints.
   *
   * @param attitude which lower solution counts
   * @param parameters regularisation and barrier
   * @param steps of the inner problems
   * @param upper how x moves: any of ND4J's rules
   */
  public Bvfsm(Attitude attitude, Parameters parameters, Steps steps, IUpdater upper) {
    this(attitude, parameters, steps, ImmutableList.of(), upper);
  }

  @Override
  public SolverState start(INDArray x, INDArray y) {
    return upper.start(x, y, ImmutableMap.of(Z, y.dup('c')));
  }

  @Override
  Estimate attempt(BilevelProblem problem, SolverState state) {
    INDArray x = state.x();
    INDArray y = state.y();
    INDArray z = state.vector(Z);
    double d = parameters.decay().at(state.steps() + 1);
    double tau = parameters.tau() * d;
    double theta = parameters.theta() * d;
    double slack = parameters.slack() * d;
    double sign = attitude.sign();

    Inner regularised = new Inner(problem, x, tau, 0, 1, parameters.mu() * d, NO_BARRIER);
    boolean finite = descent.run(problem, regularised, z, steps.zRate(), steps.z());
    double psi = regularised.value(z) + slack;
    if (steps.search() > 0) {
      Inner free = new Inner(problem, x, tau, sign, 0, theta, NO_BARRIER);
      finite &= descent.run(problem, free, y, steps.yRate(), steps.search());
    }
    Inner plain = new Inner(problem, x, tau, 0, 1, 0, NO_BARRIER);
    double reached = plain.value(y);
    for (int t = 0; t < steps.y() && finite && reached >= psi; t++) {
      finite = descent.run(problem, plain, y, steps.zRate(), 1);
      reached = plain.value(y);
    }
    psi = reached >= psi ? reached + slack : psi;
    Inner behind = new Inner(problem, x, tau, sign, 0, theta, psi);
    if (!finite || !descent.run(problem, behind, y, steps.yRate(), steps.y())) {
      return diverged(x);
    }

    Gradient outer = problem.upper().gradient(x, y, Partial.X);
    double value = outer.value();
    INDArray h = direction.like(x).assign(outer.dx());
    INDArray gap = difference.like(x).assign(barriered.byX(problem.lower(), tau, x, y));
    gap.subi(barriered.byX(problem.lower(), tau, x, z));
    h.addi(gap.muli(sign * tau / (psi - plain.value(y))));
    return upper.follow(problem, state, direction(value, h));
  }

  /**
   * {@code a F + b f + r ||v||^2 - tau ln(psi - f)} at fixed x, f with its constraints' barriers.
   */
  private final class Inner implements BacktrackedDescent.Function {
    private final BilevelProblem problem;
    private final INDArray x;
    private final double tau;
    private final double a;
    private final double b;
    private final double r;
    private final double psi;

    Inner(
        BilevelProblem problem, INDArray x, double tau, double a, double b, double r, double psi) {
      this.problem = problem;
      this.x = x;
      this.tau = tau;
      this.a = a;
      this.b = b;
      this.r = r;
      this.psi = psi;
    }

    @Override
    public double value(INDArray v) {
      double value = r == 0 ? 0 : r * Vectors.sumOfSquares(v);
      if (readsLower()) {
        double f = barriered.value(problem.lower(), tau, x, v);
        if (f >= psi) {
          return Double.POSITIVE_INFINITY;
        }
        value += b * f - (psi == NO_BARRIER ? 0 : tau * StrictMath.log(psi - f));
      }
      return a == 0 ? value : value + a * problem.upper().value(x, v);
    }

    @Override
    public void gradient(INDArray v, INDArray into) {
      into.assign(v).muli(2 * r);
      if (readsLower()) {
        double weight =
            psi == NO_BARRIER ? b : b + tau / (psi - barriered.value(problem.lower(), tau, x, v));
        into.addi(barriered.byY(problem.lower(), tau, x, v).muli(weight));
      }
      if (a != 0) {
        into.addi(term.like(v).assign(problem.upper().gradient(x, v, Partial.Y).dy()).muli(a));
      }
    }

    private boolean readsLower() {
      return b != 0 || psi != NO_BARRIER;
    }
  }
}
