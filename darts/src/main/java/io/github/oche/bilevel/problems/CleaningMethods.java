package io.github.oche.bilevel.problems;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.Aggregated;
import io.github.oche.bilevel.Attitude;
import io.github.oche.bilevel.Bvfsm;
import io.github.oche.bilevel.Bvfsm.Parameters;
import io.github.oche.bilevel.Bvfsm.Steps;
import io.github.oche.bilevel.Decay;
import io.github.oche.bilevel.Dynamics;
import io.github.oche.bilevel.F2sa;
import io.github.oche.bilevel.HeavyBall;
import io.github.oche.bilevel.Hypergradient;
import io.github.oche.bilevel.ImplicitGradient;
import io.github.oche.bilevel.Mixing;
import io.github.oche.bilevel.NestedSolver;
import io.github.oche.bilevel.PenaltyRamp;
import io.github.oche.bilevel.PenaltyScale;
import io.github.oche.bilevel.ReverseMode;
import io.github.oche.bilevel.Solver;
import io.github.oche.bilevel.Start;
import io.github.oche.bilevel.Vpbgd;
import io.github.oche.bilevel.linear.ConjugateGradient;
import io.github.oche.bilevel.linear.NeumannSeries;
import io.github.oche.bilevel.problems.CleaningMethod.Maker;
import io.github.oche.bilevel.problems.HyperCleaning.Model;
import java.util.function.DoubleFunction;
import org.nd4j.linalg.learning.config.Adam;

/**
 * The methods that are compared on {@link HyperCleaning}.
 *
 * <p>No test sample took part in the choice of settings. The rates are what {@link CleaningTuning}
 * chose ({@code oche bilevel cleaning --tune}) of twelve pairs on parts of the Fashion-MNIST sample
 * that were {@linkplain HyperCleaning#heldOut held out}: for the linear model on three splits with
 * 2,000 training images, for the perceptron, which takes longer, on two splits with 200. All else
 * (steps, penalties, barriers, damping) was set by hand and not tuned.
 */
public final class CleaningMethods {
  private static final int PENALTY_STEPS = 300; // of V-PBGD, as long as its penalty grows
  private static final double UPPER_SHARE = 0.3; // of F in the steps of BDA
  private static final Parameters BARRIER =
      new Parameters(0.001, 0.001, 0.1, 0.1, new Decay.Power(0.5));

  private CleaningMethods() {}

  /**
   * The methods with the rates that were chosen for them. One more line adds a method.
   *
   * @param model what the lower variable is
   * @return the methods in the order of the table
   */
  public static ImmutableList<CleaningMethod> of(Model model) {
    Choice of = new Choice(model);
    return ImmutableList.of(
        of.method("reverse", 30, 0.05, 0.3, 0.2, 1, unrolled(r -> ReverseMode.full())),
        of.method("truncated", 30, 0.025, 0.3, 0.05, 0.3, unrolled(r -> new ReverseMode(3))),
        of.method("CG", 30, 0.05, 0.3, 0.05, 1, unrolled(r -> new ImplicitGradient(cg(model)))),
        of.method("Neumann", 30, 0.05, 1, 0.1, 0.3, unrolled(r -> neumann(model, r))),
        of.method("BDA", 30, 0.1, 0.1, 0.4, 0.3, CleaningMethods::aggregated),
        of.method("IAPTT", 100, 0.1, 1, 0.2, 1, CleaningMethods::learnedStart),
        of.method("BVFIM", 30, 0.025, 0.1, 0.05, 0.1, CleaningMethods::barrier),
        of.method("V-PBGD", PENALTY_STEPS, 0.05, 0.3, 0.1, 0.1, CleaningMethods::penalty),
        of.method("F2SA", 60, 0.05, 0.1, 0.2, 0.3, CleaningMethods::difference));
  }

  /**
   * A rate of y's steps that suits a model: {@link CleaningTuning} tries multiples of it, and
   * {@link CleaningBaseline} trains with it.
   */
  static double rate(Model model) {
    return model == Model.LINEAR ? 0.05 : 0.2;
  }

  /** The rates of a model among those of both. */
  private record Choice(Model model) {
    CleaningMethod method(
        String name,
        int steps,
        double linear,
        double linearUpper,
        double mlp,
        double mlpUpper,
        Maker maker) {
      return model == Model.LINEAR
          ? new CleaningMethod(name, steps, linear, linearUpper, maker)
          : new CleaningMethod(name, steps, mlp, mlpUpper, maker);
    }
  }

  private static Maker unrolled(DoubleFunction<Hypergradient> hypergradient) {
    return (rate, upperRate) ->
        new NestedSolver(
            momentum(rate), 10, Start.WARM, hypergradient.apply(rate), new Adam(upperRate));
  }

  private static Solver aggregated(double rate, double upperRate) {
    Dynamics both = new Aggregated(2 * rate, 3 * rate, Mixing.constant(UPPER_SHARE));
    return new NestedSolver(both, 10, Start.WARM, ReverseMode.full(), new Adam(upperRate));
  }

  /** Without momentum, with which a learned start oscillates to the end. */
  private static Solver learnedStart(double rate, double upperRate) {
    return new NestedSolver(
        HeavyBall.gradientDescent(rate),
        5,
        new Start.Learned(2 * rate),
        new ReverseMode(Hypergradient.ALL, ReverseMode.Cut.WORST_UPPER),
        new Adam(upperRate));
  }

  private static Solver barrier(double rate, double upperRate) {
    Steps inner = new Steps(10, 6 * rate, 10, 6 * rate, 0);
    return new Bvfsm(Attitude.OPTIMISTIC, BARRIER, inner, ImmutableList.of(), new Adam(upperRate));
  }

  private static Solver penalty(double rate, double upperRate) {
    return new Vpbgd(
        PenaltyRamp.linear(0, 1, PENALTY_STEPS),
        PenaltyScale.DIVIDED,
        1,
        2 * rate,
        2 * rate,
        new Adam(upperRate));
  }

  private static Solver difference(double rate, double upperRate) {
    return F2sa.difference(1, 5, 2 * rate, new Adam(upperRate));
  }

  /** Damped: f of the linear model has flat directions, that of the perceptron descending ones. */
  private static ConjugateGradient cg(Model model) {
    return new ConjugateGradient(10, 1e-6, model == Model.LINEAR ? 0.01 : 1);
  }

  /**
   * Cut whether it converges or not, which it does not where f is not convex. The perceptron's
   * curvature is larger: with a rate of 0.4 a residual grew to 43 times the right-hand side.
   */
  private static Hypergradient neumann(Model model, double rate) {
    double eta = model == Model.LINEAR ? 2 * rate : rate / 2;
    return new ImplicitGradient(NeumannSeries.truncated(10, eta));
  }

  private static HeavyBall momentum(double rate) {
    return new HeavyBall(rate, 0.9, 0);
  }
}
