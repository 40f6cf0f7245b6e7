package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableMap;
import io.github.oche.bilevel.linear.Doubles;
import io.github.oche.bilevel.linear.Scratch;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The proxy family: a model of the best response is learned in place of the lower level, and x
 * descends through the model.
 *
 * <pre>{@code
 * theta steps, each at a fresh e ~ N(0, scale^2):  f(x + e, Psi_theta(x + e)) by theta
 * x step:                                          F(x, Psi_theta(x)) by x
 * }</pre>
 *
 * <p>Needs no second derivative: an upper step costs one gradient by y for each theta step and one
 * gradient of F. It finds the true hypergradient as far as Psi can follow the best response near x.
 * A perturbed x is projected as x is, an answer as y is.
 *
 * <p>The state holds {@code theta} and y = Psi_theta(x). The noise follows from the seed and the
 * number of the step alone, so a step from a copy of a state gives the same bits.
 *
 * @see "Lorraine and Duvenaud (2018), Stochastic hyperparameter optimization through hypernetworks"
 * @see "MacKay et al. (2019), Self-tuning networks"
 */
public final class ResponseNetwork extends SafeSolver {
  /** Name of the model's parameters in the state. */
  public static final String THETA = "theta";

  /** Name of the logarithms of the scales in the state, if they are learned. */
  public static final String LOG_SCALE = "log scale";

  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private final BestResponse response;
  private final int responseSteps;
  private final Perturbation perturbation;
  private final UpperStep upper;
  private final UpperStep model;
  private final @Nullable UpperStep scales; // null: fixed
  private final double entropy;
  private final long seed;
  private final Doubles noise = new Doubles();
  private final Scratch unit = new Scratch();
  private final Scratch spread = new Scratch();
  private final Scratch perturbed = new Scratch();
  private final Scratch unprojectedX = new Scratch();
  private final Scratch unprojectedY = new Scratch();
  private final Scratch answer = new Scratch();
  private final Scratch cotangent = new Scratch();
  private final Scratch byTheta = new Scratch();
  private final Scratch byX = new Scratch();

  /**
   * Creates the solver.
   *
   * @param response Psi
   * @param responseSteps theta steps an upper step, at least 1; self-tuning networks make 2
   * @param perturbation the noise around x
   * @param model how theta moves: any of ND4J's rules
   * @param upper how x moves: any of ND4J's rules
   * @param seed of the noise and of theta's start
   */
  public ResponseNetwork(
      BestResponse response,
      int responseSteps,
      Perturbation perturbation,
      IUpdater model,
      IUpdater upper,
      long seed) {
    Settings.atLeastOne("responseSteps", responseSteps);
    this.response = checkNotNull(response, "response");
    this.responseSteps = responseSteps;
    this.perturbation = checkNotNull(perturbation, "perturbation");
    this.model = new UpperStep(checkNotNull(model, "model"), THETA);
    this.upper = new UpperStep(checkNotNull(upper, "upper"));
    if (perturbation instanceof Perturbation.Learned learned) {
      scales = new UpperStep(learned.rule(), LOG_SCALE);
      entropy = learned.entropy();
    } else {
      scales = null;
      entropy = 0;
    }
    this.seed = seed;
  }

  @Override
  public SolverState start(INDArray x, INDArray y) {
    checkArgument(
        x.length() == response.upper() && y.length() == response.lower(),
        "x and y have %s and %s entries, expected %s and %s as the response has",
        x.length(),
        y.length(),
        response.upper(),
        response.lower());
    INDArray theta = Nd4j.create(y.dataType(), response.parameters());
    response.start(y, random(-1), theta);
    ImmutableMap.Builder<String, INDArray> more = ImmutableMap.builder();
    more.put(THETA, theta).putAll(model.memory(theta));
    if (scales != null) {
      INDArray logs = x.like().assign(Math.log(perturbation.scale()));
      more.put(LOG_SCALE, logs).putAll(scales.memory(logs));
    }
    return upper.start(x, y, more.buildOrThrow());
  }

  @Override
  Estimate attempt(BilevelProblem problem, SolverState state) {
    INDArray theta = state.vector(THETA);
    INDArray x = state.x();
    for (int j = 0; j < responseSteps; j++) {
      INDArray near = perturb(problem, state, j);
      INDArray y = answer(problem, state, near);
      Gradient inner = problem.lower().gradient(near, y, Partial.Y);
      INDArray d = byTheta.like(theta).assign(0);
      response.pullback(theta, near, differentiated(problem, inner.dy()), d, null);
      model.descend(state, d, state.steps() * responseSteps + j);
    }
    INDArray at = scales == null ? x : perturb(problem, state, responseSteps);
    INDArray y = answer(problem, state, at);
    Gradient outer = problem.upper().gradient(at, y, Partial.BOTH);
    double value = outer.value();
    INDArray h = byX.like(x).assign(outer.dx());
    response.pullback(theta, at, differentiated(problem, outer.dy()), null, h);
    if (scales != null) {
      problem.projectX().differentiate(unprojectedX.like(x), h);
      INDArray d = spread.like(x).muli(h).subi(entropy); // spread is scale * noise
      scales.descend(state, d, state.steps());
    }
    Estimate estimate = direction(value, h);
    upper.move(problem, state, h);
    state.y().assign(answer(problem, state, x));
    return estimate;
  }

  /** x with noise, projected; {@code spread} is the noise and {@code unprojectedX} both. */
  private INDArray perturb(BilevelProblem problem, SolverState state, int j) {
    INDArray x = state.x();
    Random random = random(state.steps() * (responseSteps + 1) + j);
    double[] normal = noise.zeros((int) x.length());
    for (int i = 0; i < normal.length; i++) {
      normal[i] = random.nextGaussian();
    }
    INDArray e = Doubles.write(normal, spread.like(x));
    if (scales == null) {
      e.muli(perturbation.scale());
    } else {
      e.muli(Transforms.exp(unit.like(x).assign(state.vector(LOG_SCALE)), false));
    }
    INDArray before = unprojectedX.like(x).assign(x).addi(e);
    INDArray near = perturbed.like(x).assign(before);
    problem.projectX().project(near);
    return near;
  }

  private INDArray answer(BilevelProblem problem, SolverState state, INDArray x) {
    INDArray y = state.y();
    INDArray before = unprojectedY.like(y);
    response.respond(state.vector(THETA), x, before);
    INDArray projected = answer.like(y).assign(before);
    problem.projectY().project(projected);
    return projected;
  }

  /** A cotangent of the answer, taken back through its projection. */
  private INDArray differentiated(BilevelProblem problem, INDArray dy) {
    INDArray p = cotangent.like(dy).assign(dy);
    problem.projectY().differentiate(unprojectedY.like(p), p);
    return p;
  }

  private Random random(long number) {
    return new Random(new SplittableRandom(seed + number * GOLDEN_RATIO).nextLong());
  }
}
