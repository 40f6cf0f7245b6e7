package io.github.oche.cli;

import com.google.common.collect.ImmutableMap;
import io.github.oche.bilevel.Aggregated;
import io.github.oche.bilevel.Amigo;
import io.github.oche.bilevel.Bome;
import io.github.oche.bilevel.F2sa;
import io.github.oche.bilevel.HeavyBall;
import io.github.oche.bilevel.Hypergradient;
import io.github.oche.bilevel.ImplicitGradient;
import io.github.oche.bilevel.Meha;
import io.github.oche.bilevel.Mixing;
import io.github.oche.bilevel.NestedSolver;
import io.github.oche.bilevel.NestedSolver.Order;
import io.github.oche.bilevel.OneStage;
import io.github.oche.bilevel.PenaltyRamp;
import io.github.oche.bilevel.PenaltyScale;
import io.github.oche.bilevel.ReverseMode;
import io.github.oche.bilevel.Soba;
import io.github.oche.bilevel.Solver;
import io.github.oche.bilevel.Start;
import io.github.oche.bilevel.Vpbgd;
import io.github.oche.bilevel.linear.ConjugateGradient;
import io.github.oche.bilevel.linear.Identity;
import io.github.oche.bilevel.linear.LinearSolver;
import io.github.oche.bilevel.linear.NeumannSeries;
import java.util.function.Supplier;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * The methods that {@code oche bilevel ridge} compares, each a composition of parts: plain descent
 * of rate 0.4 below and of rate 1 above, unless the name says otherwise.
 */
final class RidgeSolvers {
  private static final double LOWER = 0.4;
  private static final int T = 20;
  private static final double TOLERANCE = 1e-10;

  static final ImmutableMap<String, Supplier<Solver>> ALL =
      ImmutableMap.<String, Supplier<Solver>>builder()
          .put("RHG T=20 cold", () -> cold(ReverseMode.full()))
          .put("T-RHG T=20 K=5", () -> cold(new ReverseMode(5)))
          .put("T-RHG T=20 K=1", () -> cold(new ReverseMode(1)))
          .put("RHG T=5 warm", () -> nested(5, Start.WARM, ReverseMode.full()))
          .put("AID-CG 2 its T=20", () -> cold(implicit(new ConjugateGradient(2, TOLERANCE))))
          .put("AID-CG 1 it T=20", () -> cold(implicit(new ConjugateGradient(1, TOLERANCE))))
          .put("AID-Neumann K=5 eta=.4 T=20", () -> cold(implicit(new NeumannSeries(5, LOWER))))
          .put("T1-T2 T=20", () -> cold(implicit(new Identity())))
          .put("DARTS first order", () -> darts(OneStage.firstOrder()))
          .put(
              "DARTS xi=.4 exact product",
              () -> darts(new OneStage(step(), OneStage.Product.EXACT)))
          .put(
              "DARTS xi=.4 difference r=.01",
              () -> darts(new OneStage(step(), OneStage.Product.FINITE_DIFFERENCE)))
          .put("SOBA rho=.4 gamma=.5", () -> new Soba(LOWER, new Sgd(0.5)))
          .put(
              "AmIGO 10 y-steps 10 v-steps",
              () -> new Amigo(step(), 10, new NeumannSeries(9, LOWER), new Sgd(1)))
          .put("F2SA nu=.1 T=10", () -> F2sa.difference(0.1, 10, LOWER, new Sgd(1)))
          .put("F2SA-2 nu=.1 T=10", () -> F2sa.symmetric(0.1, 10, LOWER, new Sgd(1)))
          .put(
              "BOME T=10 eta=.5, y by .1",
              () -> new Bome(Bome.Barrier.SQUARED_GRADIENT, 0.5, 10, LOWER, 0.1, new Sgd(1)))
          .put(
              "V-PBGD gamma=10 T=10, x by .1, y by .04",
              () ->
                  new Vpbgd(
                      PenaltyRamp.constant(10), PenaltyScale.NONE, 10, LOWER, 0.04, new Sgd(0.1)))
          .put(
              "MEHA gamma=10 c=10, x by 5, y by .1",
              () -> new Meha(10, 10, 0, 0.1, 0.1, new Sgd(5)))
          .put(
              "BDA T=20 alpha=.5/(t+1)",
              () ->
                  new NestedSolver(
                      new Aggregated(LOWER, LOWER, Mixing.harmonic(0.5)),
                      T,
                      Start.COLD,
                      ReverseMode.full(),
                      new Sgd(1)))
          .put(
              "IAPTT T=20, start by .1",
              () ->
                  nested(
                      T,
                      new Start.Learned(0.1),
                      new ReverseMode(Hypergradient.ALL, ReverseMode.Cut.WORST_UPPER)))
          .buildOrThrow();

  private RidgeSolvers() {}

  private static HeavyBall step() {
    return HeavyBall.gradientDescent(LOWER);
  }

  private static Hypergradient implicit(LinearSolver solver) {
    return new ImplicitGradient(solver);
  }

  private static Solver cold(Hypergradient hypergradient) {
    return nested(T, Start.COLD, hypergradient);
  }

  private static Solver nested(int steps, Start start, Hypergradient hypergradient) {
    return new NestedSolver(step(), steps, start, hypergradient, new Sgd(1));
  }

  /** The order of DARTS: x by where y stands, then one step of y with the new x. */
  private static Solver darts(Hypergradient hypergradient) {
    return new NestedSolver(step(), 1, Start.WARM, hypergradient, new Sgd(1), Order.UPPER_FIRST);
  }
}
