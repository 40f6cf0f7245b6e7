package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.linear.Scratch;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Adam on the lower level, as published, with the corrections for its start:
 *
 * <pre>{@code
 * m' = beta1 m + (1 - beta1) g,  v' = beta2 v + (1 - beta2) g^2,  k' = k + 1      g = grad_y f(x, y)
 * y' = y - rate (m' / (1 - beta1^k')) / (sqrt(v' / (1 - beta2^k')) + epsilon)
 * }</pre>
 *
 * <p>The state is y and the memory (m, v, k), k of one entry: the number of steps is remembered
 * with the rest, so a warm start goes on where it was. It is a constant to the derivatives, whose
 * entry for it is zero. {@link #start} makes such a state; one without memory is refused.
 *
 * <p>A step costs one gradient by y; a pullback or pushforward one gradient by y and one product of
 * f. Keeps five vectors of the length of y. Where v' is zero the root has no derivative; m' is zero
 * there too, unless numbers underflow, and the root is taken as constant.
 *
 * @see "Kingma and Ba (2015), Adam, algorithm 1"
 */
public final class AdamDescent implements Dynamics {
  private static final double LEAST_ROOT = 1e-30; // so that 0 / root is 0, not NaN

  private final double rate;
  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final Scratch gradient = new Scratch();
  private final Scratch first = new Scratch();
  private final Scratch second = new Scratch();
  private final Scratch perMean = new Scratch();
  private final Scratch perSquare = new Scratch();

  /**
   * Creates a step.
   *
   * @param rate step length, at least 0
   * @param beta1 share of the mean that is kept, in [0, 1)
   * @param beta2 share of the mean square that is kept, in [0, 1)
   * @param epsilon added to the root, positive
   * @throws IllegalArgumentException if one of them lies outside its range
   */
  public AdamDescent(double rate, double beta1, double beta2, double epsilon) {
    checkArgument(
        rate >= 0 && Double.isFinite(rate), "rate is %s, expected a finite number >= 0", rate);
    checkArgument(beta1 >= 0 && beta1 < 1, "beta1 is %s, expected a number in [0, 1)", beta1);
    checkArgument(beta2 >= 0 && beta2 < 1, "beta2 is %s, expected a number in [0, 1)", beta2);
    checkArgument(
        epsilon > 0 && Double.isFinite(epsilon),
        "epsilon is %s, expected a positive number",
        epsilon);
    this.rate = rate;
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
  }

  /**
   * A step with the published settings 0.9, 0.999 and 1e-8.
   *
   * @param rate step length, at least 0
   */
  public AdamDescent(double rate) {
    this(rate, 0.9, 0.999, 1e-8);
  }

  @Override
  public State start(INDArray y) {
    return new State(
        y.dup(),
        ImmutableList.of(y.like().assign(0), y.like().assign(0), Nd4j.zeros(y.dataType(), 1)));
  }

  @Override
  public double step(BilevelProblem problem, INDArray x, int t, State at, State to) {
    requireMemory(at);
    requireMemory(to);
    Gradient inner = problem.lower().gradient(x, at.y(), Partial.Y);
    INDArray g = gradient.like(at.y()).assign(inner.dy());
    average(at, g, mean(to), square(to));
    double k = count(at).getDouble(0) + 1;
    count(to).assign(k);
    INDArray root = rooted(square(to), k).addi(epsilon);
    to.y().assign(mean(to)).divi(root).muli(-rate / (1 - Math.pow(beta1, k))).addi(at.y());
    return inner.value();
  }

  @Override
  public void pullback(
      BilevelProblem problem, INDArray x, int t, State at, State p, INDArray addToX) {
    requireMemory(p);
    INDArray g = linearise(problem, x, at);
    INDArray m = mean(p).addi(first.like(g).assign(p.y()).muli(perMean.like(g))); // of m'
    INDArray v = square(p).addi(first.like(g).assign(p.y()).muli(perSquare.like(g))); // of v'
    INDArray u = first.like(g).assign(v).muli(g).muli(2 * (1 - beta2));
    u.addi(second.like(g).assign(m).muli(1 - beta1)); // cotangent of g
    m.muli(beta1);
    v.muli(beta2);
    count(p).assign(0);
    Gradient product = problem.lower().along(x, at.y(), null, u, Partial.BOTH);
    addToX.addi(product.dx());
    p.y().addi(product.dy());
  }

  @Override
  public void pushforward(
      BilevelProblem problem, INDArray x, int t, State at, State z, @Nullable INDArray dx) {
    requireMemory(z);
    INDArray g = linearise(problem, x, at);
    Gradient product = problem.lower().along(x, at.y(), dx, z.y(), Partial.Y);
    INDArray dg = first.like(g).assign(product.dy());
    mean(z).muli(beta1).addi(second.like(g).assign(dg).muli(1 - beta1));
    square(z).muli(beta2).addi(dg.muli(g).muli(2 * (1 - beta2)));
    count(z).assign(0);
    z.y().addi(first.like(g).assign(mean(z)).muli(perMean.like(g)));
    z.y().addi(first.like(g).assign(square(z)).muli(perSquare.like(g)));
  }

  /** Fills in dy'/dm' and dy'/dv', which are diagonal; returns the gradient at y. */
  private INDArray linearise(BilevelProblem problem, INDArray x, State at) {
    requireMemory(at);
    INDArray g = gradient.like(at.y()).assign(problem.lower().gradient(x, at.y(), Partial.Y).dy());
    double k = count(at).getDouble(0) + 1;
    INDArray m = perMean.like(g);
    INDArray v = perSquare.like(g);
    average(at, g, m, v);
    double scale = rate / (1 - Math.pow(beta1, k));
    INDArray root = rooted(v, k);
    INDArray below = second.like(g).assign(root).addi(epsilon);
    // y' = y - scale m' / (root + epsilon),  d root / d v' = 1 / (2 (1 - beta2^k) root)
    v.assign(m).divi(below).divi(below).divi(Transforms.max(root, LEAST_ROOT, false));
    v.muli(scale / (2 * (1 - Math.pow(beta2, k))));
    m.assign(-scale).divi(below);
    return g;
  }

  /** Writes m' and v'. */
  private void average(State at, INDArray g, INDArray m, INDArray v) {
    m.assign(mean(at)).muli(beta1).addi(first.like(g).assign(g).muli(1 - beta1));
    v.assign(square(at)).muli(beta2).addi(first.like(g).assign(g).muli(g).muli(1 - beta2));
  }

  /** The corrected root of v', in {@link #first}. */
  private INDArray rooted(INDArray v, double k) {
    return Transforms.sqrt(first.like(v).assign(v).divi(1 - Math.pow(beta2, k)), false);
  }

  private static INDArray mean(State state) {
    return state.memory().get(0);
  }

  private static INDArray square(State state) {
    return state.memory().get(1);
  }

  private static INDArray count(State state) {
    return state.memory().get(2);
  }

  private static void requireMemory(State state) {
    checkArgument(
        state.memory().size() == 3,
        "a state of AdamDescent remembers three vectors, not %s; AdamDescent.start makes one",
        state.memory().size());
  }
}
