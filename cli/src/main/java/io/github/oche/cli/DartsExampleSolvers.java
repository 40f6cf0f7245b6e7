package io.github.oche.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.github.oche.bilevel.AffineResponse;
import io.github.oche.bilevel.F2sa;
import io.github.oche.bilevel.ForwardMode;
import io.github.oche.bilevel.HeavyBall;
import io.github.oche.bilevel.Hypergradient;
import io.github.oche.bilevel.ImplicitGradient;
import io.github.oche.bilevel.NestedSolver;
import io.github.oche.bilevel.OneStage;
import io.github.oche.bilevel.Perturbation;
import io.github.oche.bilevel.RankOne;
import io.github.oche.bilevel.ResponseNetwork;
import io.github.oche.bilevel.ReverseMode;
import io.github.oche.bilevel.Solver;
import io.github.oche.bilevel.Start;
import io.github.oche.bilevel.linear.ConjugateGradient;
import io.github.oche.bilevel.linear.NeumannSeries;
import io.github.oche.bilevel.problems.DartsExample;
import java.util.function.Supplier;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * The methods that {@code oche bilevel darts} compares, from x = 2 and y = -2, as the paper does.
 */
final class DartsExampleSolvers {
  private static final double RATE = 0.1;
  private static final int STEPS = 1000;

  static final ImmutableList<Contender> ALL =
      ImmutableList.of(
          row("one stage, xi=0: DARTS first order", () -> oneStage(0)),
          row("one stage, xi=.1", () -> oneStage(0.1)),
          row("one stage, xi=.25", () -> oneStage(0.25)),
          row("one stage, xi=.5", () -> oneStage(0.5)),
          row("RHG s=.1 T=1 cold", () -> nested(1, ReverseMode.full())),
          row("RHG s=.1 T=5 cold", () -> nested(5, ReverseMode.full())),
          row("RHG s=.1 T=50 cold", () -> nested(50, ReverseMode.full())),
          row("forward mode s=.1 T=50 cold", () -> nested(50, new ForwardMode())),
          row("T-RHG s=.1 T=50 K=2", () -> nested(50, new ReverseMode(2))),
          row(
              "AID-Neumann eta=.1 K=5 T=50",
              () -> nested(50, new ImplicitGradient(new NeumannSeries(5, RATE)))),
          row(
              "AID-CG T=50",
              () -> nested(50, new ImplicitGradient(new ConjugateGradient(10, 1e-10)))),
          row("IGA (rank one)", () -> nested(5, new RankOne(1e-12))),
          row("F2SA-2 nu=.1", () -> F2sa.symmetric(RATE, 10, RATE, new Sgd(RATE))),
          row(
              "hypernetwork, affine",
              () ->
                  new ResponseNetwork(
                      new AffineResponse(1, 1),
                      2,
                      new Perturbation.Fixed(0.5),
                      new Sgd(RATE),
                      new Sgd(RATE),
                      0)));

  private DartsExampleSolvers() {}

  private static Contender row(String name, Supplier<Solver> solver) {
    return new Contender(
        name,
        DartsExample.problem(),
        ImmutableDoubleArray.of(2),
        ImmutableDoubleArray.of(-2),
        STEPS,
        solver);
  }

  /** The order of DARTS: x by where y stands, then one step of y with the new x. */
  private static Solver oneStage(double xi) {
    return new NestedSolver(
        HeavyBall.gradientDescent(RATE),
        1,
        Start.WARM,
        new OneStage(HeavyBall.gradientDescent(xi), OneStage.Product.EXACT),
        new Sgd(RATE),
        NestedSolver.Order.UPPER_FIRST);
  }

  private static Solver nested(int steps, Hypergradient hypergradient) {
    return new NestedSolver(
        HeavyBall.gradientDescent(RATE), steps, Start.COLD, hypergradient, new Sgd(RATE));
  }
}
