package io.github.oche.darts;

import com.google.common.primitives.ImmutableDoubleArray;
import io.github.oche.bilevel.Estimate;
import io.github.oche.bilevel.Hypergradient;
import io.github.oche.bilevel.Partial;
import io.github.oche.bilevel.State;
import io.github.oche.bilevel.Trajectory;
import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.engine.Mixture;
import io.github.oche.engine.Network;
import io.github.oche.engine.Parameter;
import io.github.oche.space.Supernet;

/**
 * One step of a search, in the published order: α moves on a validation batch, then w on a training
 * batch with the new α.
 *
 * <p>Keeps its vectors; nothing of their length is allocated after the first step. One thread at a
 * time may use it.
 *
 * @see <a href="https://arxiv.org/abs/1806.09055">Liu, Simonyan and Yang (2019), DARTS, algorithm
 *     1</a>
 */
public final class SearchStep {
  private final SupernetProblem problem;
  private final SearchHypergradient choice;
  private final Sgd weights;
  private final Adam architecture;
  private final Mirror x = new Mirror();
  private final Mirror y = new Mirror();
  private final Mirror velocity = new Mirror();
  private final float[] alphaGradient;
  private boolean estimated; // in this step; false if there was no hypergradient
  private Hypergradient hypergradient;
  private double hypergradientRate; // of the lower steps that it looks ahead by

  /**
   * Creates the step.
   *
   * @param problem made for this choice
   * @param choice how the α step differentiates through the weights
   * @param weights the rule of w
   * @param architecture the rule of α
   */
  public SearchStep(
      SupernetProblem problem, SearchHypergradient choice, Sgd weights, Adam architecture) {
    this.problem = problem;
    this.choice = choice;
    this.weights = weights;
    this.architecture = architecture;
    hypergradientRate = weights.rate();
    hypergradient = choice.estimator(weights.unrolled(hypergradientRate));
    alphaGradient = new float[problem.relaxation().size()];
  }

  /**
   * Makes the step.
   *
   * @param state what the step changes
   * @param training images that move w, and through which second orders differentiate
   * @param validation images that move α
   * @param rate of w; the second orders' ξ as well
   * @return what it measured
   * @throws DivergedException if a loss, a gradient or an α is not finite; what it names was not
   *     used to change the state
   */
  public StepReport run(SearchState state, MiniBatch training, MiniBatch validation, double rate) {
    problem.training().hold(training);
    problem.validation().hold(validation);
    double validationLoss = moveAlphas(state, rate);
    StepReport report = moveWeights(state, rate);
    state.count(estimated);
    return new StepReport(
        validationLoss,
        estimated ? snapshot(alphaGradient) : ImmutableDoubleArray.of(),
        report.trainingLoss(),
        report.correct(),
        report.gradientNorm());
  }

  /**
   * Makes the second half of a step alone: moves w on a training batch, and leaves α as it is.
   *
   * @param state what the step changes
   * @param training images that move w
   * @param rate of w
   * @return what it measured; there is no validation loss and no gradient of α
   * @throws DivergedException if the loss or a gradient is not finite
   */
  public StepReport weights(SearchState state, MiniBatch training, double rate) {
    problem.training().hold(training);
    return moveWeights(state, rate);
  }

  private StepReport moveWeights(SearchState state, double rate) {
    SupernetObjective objective = problem.training();
    double loss = objective.forward(state.alphas(), state.weights());
    requireFinite(state, "training loss", loss);
    int correct = objective.correct();
    Network network = objective.backward(Partial.Y);
    double norm = weights.step(state.weights(), state.velocity(), network.weightGradient(), rate);
    if (!Double.isFinite(norm)) {
      throw divergedWeights(state, "gradient of ", network.weightGradient(), norm);
    }
    return new StepReport(Double.NaN, ImmutableDoubleArray.of(), loss, correct, norm);
  }

  private double moveAlphas(SearchState state, double rate) {
    if (rate != hypergradientRate) { // once an epoch
      hypergradient = choice.estimator(weights.unrolled(rate));
      hypergradientRate = rate;
    }
    State lower =
        choice.readsVelocity()
            ? State.of(y.of(state.weights()), velocity.of(state.velocity()))
            : State.atRest(y.of(state.weights()));
    Estimate estimate =
        hypergradient.estimate(problem.bilevel(), x.of(state.alphas()), Trajectory.still(lower));
    requireFinite(state, "validation loss", estimate.value());
    estimated = estimate.outcome() != Outcome.NOT_POSITIVE_DEFINITE;
    if (!estimated) {
      return estimate.value();
    }
    Mirror.read("alpha gradient", estimate.gradient(), alphaGradient);
    requireFiniteAlphas(state, "gradient of ", alphaGradient);
    architecture.step(
        state.alphas(),
        alphaGradient,
        state.alphaMeans(),
        state.alphaSquares(),
        state.alphaSteps() + 1);
    requireFiniteAlphas(state, "", state.alphas());
    return estimate.value();
  }

  /** Throws if a weight is not finite. */
  void requireFiniteWeights(SearchState state) {
    for (float w : state.weights()) {
      if (!Float.isFinite(w)) {
        throw divergedWeights(state, "", state.weights(), w);
      }
    }
  }

  private static void requireFinite(SearchState state, String name, double value) {
    if (!Double.isFinite(value)) {
      throw new DivergedException(state.steps(), name, value);
    }
  }

  private void requireFiniteAlphas(SearchState state, String prefix, float[] values) {
    Supernet supernet = problem.supernet();
    for (Mixture mixture : supernet.graph().mixtures()) {
      for (int i = 0; i < mixture.size(); i++) {
        float value = values[mixture.offset() + i];
        if (!Float.isFinite(
            value)) { // the name is made only now: nothing is allocated in a good step
          String place = "[" + i / mixture.columns() + ", " + i % mixture.columns() + "]";
          throw new DivergedException(state.steps(), prefix + mixture.name() + place, value);
        }
      }
    }
  }

  private DivergedException divergedWeights(
      SearchState state, String prefix, float[] values, double otherwise) {
    for (Parameter p : problem.supernet().graph().parameters().all()) {
      for (int i = p.offset(); i < p.end(); i++) {
        if (!Float.isFinite(values[i])) {
          return new DivergedException(state.steps(), prefix + p.name(), values[i]);
        }
      }
    }
    return new DivergedException(state.steps(), prefix + "the weights", otherwise);
  }

  private static ImmutableDoubleArray snapshot(float[] values) {
    ImmutableDoubleArray.Builder builder = ImmutableDoubleArray.builder(values.length);
    for (float value : values) {
      builder.add(value);
    }
    return builder.build();
  }
}
