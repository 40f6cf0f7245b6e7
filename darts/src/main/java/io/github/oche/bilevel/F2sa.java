package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableMap;
import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.linear.Scratch;
import io.github.oche.bilevel.linear.Vectors;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * F2SA, the fully first-order method: the hypergradient is the derivative of {@code l(x, nu) = min
 * over y of nu F(x, y) + f(x, y)} by nu, and then by x, taken as a difference. Two lower variables
 * follow the two minima by T steps of descent each.
 *
 * <pre>{@code
 * difference:  y on nu F + f,    z on f          h = grad_x F(x, y) + (grad_x f(x, y) - grad_x f(x, z)) / nu
 * penalty:     y on F + c f,     z on f          h = grad_x F(x, y) + c (grad_x f(x, y) - grad_x f(x, z))
 * symmetric:   y on nu F + f,    z on -nu F + f  h = (grad_x F(x, y) + grad_x F(x, z)) / 2
 *                                                    + (grad_x f(x, y) - grad_x f(x, z)) / (2 nu)
 * }</pre>
 *
 * <p>The first two are one method with {@code c = 1 / nu}, whose steps of y differ in length by
 * that factor; published is the second, with a weight that grows. The error is O(nu), and O(nu^2)
 * if symmetric.
 *
 * <p>The symmetric form (F2SA-2) needs {@code f(x, .) - nu F(x, .)} strongly convex; otherwise z
 * runs away, which takes thousands of steps to overflow. Therefore each step compares the gradient
 * of that function at z before and after its T steps: {@code <g(z_T) - g(z_0), z_T - z_0> <= 0} is
 * impossible for a strongly convex function, whatever the step length, so it is reported as {@link
 * Outcome#NOT_POSITIVE_DEFINITE}. The comparison is left out where z moved by less than the square
 * root of the arrays' precision, relative to its length: there rounding decides the sign.
 *
 * <p>Needs no second derivative. A step costs 3 T + 3 gradients (three of them by x alone);
 * symmetric, 4 T + 4. Memory is six vectors of the length of y, eight if symmetric, and five of the
 * length of x, the state and its copy among them. Both variables start at the start of y and go on
 * from step to step. The estimate is h, and its value {@code F(x, y)}.
 *
 * @see "Kwon, Kwon, Wright and Nowak (2023), A fully first-order method for stochastic bilevel
 *     optimization"
 */
public final class F2sa extends SafeSolver {
  private enum Form {
    DIFFERENCE,
    PENALTY,
    SYMMETRIC
  }

  private static final String Z = "z";

  private final Form form;
  private final PenaltyRamp weight; // c, which is 1 / nu in the forms that have a nu
  private final PenaltyScale scale;
  private final int innerSteps;
  private final double rate;
  private final UpperStep upper;
  private final Descent descent = new Descent();
  private final Scratch direction = new Scratch();
  private final Scratch difference = new Scratch();
  private final Scratch before = new Scratch();
  private final Scratch gradientBefore = new Scratch();

  private F2sa(
      Form form,
      PenaltyRamp weight,
      PenaltyScale scale,
      int innerSteps,
      double rate,
      IUpdater upper) {
    this.form = form;
    this.weight = checkNotNull(weight, "weight");
    this.scale = checkNotNull(scale, "scale");
    this.innerSteps = Settings.atLeastOne("innerSteps", innerSteps);
    this.rate = Settings.positive("rate", rate);
    this.upper = new UpperStep(checkNotNull(upper, "upper"));
  }

  /**
   * The forward difference.
   *
   * @param nu width of the difference, positive
   * @param innerSteps T, steps of y and of z in each step, at least 1
   * @param rate step length of both, positive
   * @param upper how x moves: any of ND4J's rules
   * @return the solver
   */
  public static F2sa difference(double nu, int innerSteps, double rate, IUpdater upper) {
    PenaltyRamp weight = PenaltyRamp.constant(1 / Settings.positive("nu", nu));
    return new F2sa(Form.DIFFERENCE, weight, PenaltyScale.NONE, innerSteps, rate, upper);
  }

  /**
   * The form that was published.
   *
   * @param weight c, positive from the first step on; published is {@code new PenaltyRamp(1, 0.1,
   *     Double.POSITIVE_INFINITY)}
   * @param scale of the steps of y, which would grow with c
   * @param innerSteps T, steps of y and of z in each step, at least 1
   * @param rate step length of both, positive
   * @param upper how x moves: any of ND4J's rules
   * @return the solver
   */
  public static F2sa penalty(
      PenaltyRamp weight, PenaltyScale scale, int innerSteps, double rate, IUpdater upper) {
    checkArgument(
        weight.first() > 0, "first weight is %s, expected a positive number", weight.first());
    return new F2sa(Form.PENALTY, weight, scale, innerSteps, rate, upper);
  }

  /**
   * The symmetric difference, F2SA-2, for strongly convex lower levels alone.
   *
   * @param nu half the width of the difference, positive
   * @param innerSteps T, steps of y and of z in each step, at least 1
   * @param rate step length of both, positive
   * @param upper how x moves: any of ND4J's rules
   * @return the solver
   */
  public static F2sa symmetric(double nu, int innerSteps, double rate, IUpdater upper) {
    PenaltyRamp weight = PenaltyRamp.constant(1 / Settings.positive("nu", nu));
    return new F2sa(Form.SYMMETRIC, weight, PenaltyScale.NONE, innerSteps, rate, upper);
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
    double c = weight.at(state.steps());
    boolean finite =
        form == Form.PENALTY
            ? descent.steps(problem, x, y, 1, c, rate * scale.of(c), innerSteps)
            : descent.steps(problem, x, y, 1 / c, 1, rate, innerSteps);
    double minus = form == Form.SYMMETRIC ? -1 / c : 0;
    INDArray start = null;
    INDArray startGradient = null;
    INDArray first = descent.gradient(problem, x, z, minus, 1);
    if (form == Form.SYMMETRIC) {
      start = before.like(z).assign(z);
      startGradient = gradientBefore.like(z).assign(first);
    }
    finite &= Descent.move(problem, z, first, rate);
    finite &= descent.steps(problem, x, z, minus, 1, rate, innerSteps - 1);
    if (!finite) {
      return diverged(x);
    }
    Gradient outer = problem.upper().gradient(x, y, Partial.X);
    double value = outer.value();
    INDArray h = direction.like(x).assign(outer.dx());
    INDArray gap = difference.like(x).assign(problem.lower().gradient(x, y, Partial.X).dx());
    if (start == null || startGradient == null) {
      gap.subi(problem.lower().gradient(x, z, Partial.X).dx());
      h.addi(gap.muli(c));
      return upper.follow(problem, state, direction(value, h));
    }
    Gradient lower = problem.lower().gradient(x, z, Partial.BOTH);
    gap.subi(lower.dx());
    startGradient.subi(lower.dy());
    Gradient other = problem.upper().gradient(x, z, Partial.BOTH);
    h.addi(other.dx()).addi(gap.muli(c)).muli(0.5);
    startGradient.subi(descent.scaled(other.dy(), minus));
    Estimate estimate = direction(value, h);
    return estimate.isUsable() && runsAway(start, z, startGradient)
        ? estimate.with(Outcome.NOT_POSITIVE_DEFINITE)
        : upper.follow(problem, state, estimate);
  }

  /**
   * Says whether a function is seen not to be strongly convex between two points.
   *
   * @param start changed
   * @param drop gradient at the start minus gradient at the end
   */
  private static boolean runsAway(INDArray start, INDArray end, INDArray drop) {
    double scale = Vectors.sumOfSquares(start) + Vectors.sumOfSquares(end);
    INDArray back = start.subi(end);
    double squares = Vectors.sumOfSquares(back);
    double epsilon = Vectors.precision(end);
    return squares > epsilon * scale && Vectors.dot(drop, back) <= 0;
  }
}
