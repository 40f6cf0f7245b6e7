package io.github.oche.bilevel.linear;

import static com.google.common.base.Preconditions.checkArgument;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The Neumann series {@code q = q0 + rate sum over j = 0..K of (I - rate A)^j (b - A q0)}, which is
 * K + 1 steps of gradient descent on {@code q'Aq/2 - b'q} from the start q0.
 *
 * <p>Converges if every eigenvalue of A is in (0, 2 / rate). From zero, at a converged y and with
 * the rate of the lower steps, it equals {@code ReverseMode} with a window of K + 1. Costs K
 * products, one more if the start is not zero; memory is two vectors. The residual is not known
 * without one more product.
 *
 * <p>For a symmetric A, terms that grow once grow for ever: if the last is longer than the one
 * before, by more than rounding, the outcome is {@link Outcome#DIVERGED}. Terms that stay, as from
 * the null space of a singular A, are summed. {@link #truncated} sums growing ones too: a few terms
 * are then what the same number of lower steps would give, and no solution.
 *
 * @see <a href="https://arxiv.org/abs/1911.02590">Lorraine, Vicol and Duvenaud (2020), Optimizing
 *     millions of hyperparameters by implicit differentiation</a>
 */
public final class NeumannSeries implements LinearSolver {
  private final int terms;
  private final double rate;
  private final boolean truncated;
  private final Scratch term = new Scratch();
  private final Scratch product = new Scratch();

  /**
   * Creates the solver.
   *
   * @param terms K, terms after the first, at least 0
   * @param rate eta, positive
   */
  public NeumannSeries(int terms, double rate) {
    this(terms, rate, false);
  }

  private NeumannSeries(int terms, double rate, boolean truncated) {
    checkArgument(terms >= 0, "terms is %s, expected at least 0", terms);
    checkArgument(
        rate > 0 && Double.isFinite(rate), "rate is %s, expected a positive number", rate);
    this.terms = terms;
    this.rate = rate;
    this.truncated = truncated;
  }

  /**
   * A series that is cut after K terms whether it converges or not. It stands for K + 1 unrolled
   * steps, where the Hessian may be indefinite, as that of a network is.
   *
   * @param terms K, terms after the first, at least 0
   * @param rate eta, positive
   * @return the solver
   */
  public static NeumannSeries truncated(int terms, double rate) {
    return new NeumannSeries(terms, rate, true);
  }

  @Override
  public LinearSolution solve(LinearOperator a, INDArray b, INDArray q) {
    if (Vectors.sumOfSquares(b) == 0) {
      q.assign(0);
      return LinearSolution.ZERO;
    }
    INDArray v = term.like(b);
    INDArray av = product.like(b);
    long products = Residual.start(a, b, q, v);
    v.muli(rate);
    q.addi(v);
    double before = Vectors.sumOfSquares(v);
    double after = before;
    for (int j = 1; j <= terms; j++) {
      a.apply(v, av);
      products++;
      v.subi(av.muli(rate));
      q.addi(v);
      before = after;
      after = Vectors.sumOfSquares(v);
    }
    if (!Double.isFinite(after)) {
      return LinearSolution.failed(Outcome.NOT_FINITE, products);
    }
    if (!truncated && after > before * (1 + 2 * Math.sqrt(Vectors.precision(b)))) {
      return LinearSolution.failed(Outcome.DIVERGED, products);
    }
    return new LinearSolution(truncated ? Outcome.STEP_LIMIT : Outcome.DONE, Double.NaN, products);
  }
}
