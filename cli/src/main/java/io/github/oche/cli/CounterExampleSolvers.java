package io.github.oche.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.github.oche.bilevel.Aggregated;
import io.github.oche.bilevel.Bome;
import io.github.oche.bilevel.F2sa;
import io.github.oche.bilevel.HeavyBall;
import io.github.oche.bilevel.Hypergradient;
import io.github.oche.bilevel.ImplicitGradient;
import io.github.oche.bilevel.Meha;
import io.github.oche.bilevel.Mixing;
import io.github.oche.bilevel.NestedSolver;
import io.github.oche.bilevel.PenaltyRamp;
import io.github.oche.bilevel.PenaltyScale;
import io.github.oche.bilevel.ReverseMode;
import io.github.oche.bilevel.SlBamm;
import io.github.oche.bilevel.Soba;
import io.github.oche.bilevel.Solver;
import io.github.oche.bilevel.Start;
import io.github.oche.bilevel.Vpbgd;
import io.github.oche.bilevel.linear.ConjugateGradient;
import io.github.oche.bilevel.linear.LinearSolver;
import io.github.oche.bilevel.problems.CounterExample;
import java.util.function.Supplier;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * The methods that {@code oche bilevel counterexample} compares: plain descent of rate 0.1 below
 * and of rate 0.05 above, from x = 0.01 and both entries of y at 0.01, unless said otherwise.
 */
final class CounterExampleSolvers {
  private static final double LOWER = 0.1;
  private static final double UPPER = 0.05;
  private static final double START = 0.01;
  private static final int STEPS = 5000;
  private static final int LONG_STEPS = 1000; // of methods with a hundred lower steps
  private static final double TOLERANCE = 1e-10;

  static final ImmutableList<Contender> ALL =
      ImmutableList.of(
          row("RHG T=16", () -> nested(16, Start.COLD)),
          row("RHG T=16 from y=0", 0, STEPS, () -> nested(16, Start.COLD)),
          row("RHG T=100 from y=0", 0, LONG_STEPS, () -> nested(100, Start.COLD)),
          row("RHG T=16 warm", () -> nested(16, Start.WARM)),
          row("AID-CG 1 it", () -> implicit(new ConjugateGradient(1, TOLERANCE))),
          row("AID-CG 10 its", () -> implicit(new ConjugateGradient(10, TOLERANCE))),
          row(
              "AID-CG 10 its damping .01",
              () -> implicit(new ConjugateGradient(10, TOLERANCE, 0.01))),
          row("SOBA rho=.1", () -> new Soba(LOWER, new Sgd(UPPER))),
          row("BDA T=16 alpha=.5", () -> bda(16, Mixing.constant(0.5))),
          row("BDA T=100 alpha=.5", START, LONG_STEPS, () -> bda(100, Mixing.constant(0.5))),
          row(
              "BDA T=100 alpha=.5*.9^t",
              START,
              LONG_STEPS,
              () -> bda(100, Mixing.geometric(0.5, 0.9))),
          row("BDA T=100 alpha=.5/(t+1)", START, LONG_STEPS, () -> bda(100, Mixing.harmonic(0.5))),
          row(
              "IAPTT T=16, start by .05",
              () ->
                  new NestedSolver(
                      step(),
                      16,
                      new Start.Learned(UPPER),
                      new ReverseMode(Hypergradient.ALL, ReverseMode.Cut.WORST_UPPER),
                      new Sgd(UPPER))),
          row(
              "V-PBGD gamma=10",
              () ->
                  new Vpbgd(
                      PenaltyRamp.constant(10),
                      PenaltyScale.DIVIDED,
                      10,
                      LOWER,
                      0.5,
                      new Sgd(UPPER))),
          row("F2SA nu=.1", () -> F2sa.difference(0.1, 10, LOWER, new Sgd(UPPER))),
          row("F2SA-2 nu=.1", () -> F2sa.symmetric(0.1, 10, LOWER, new Sgd(UPPER))),
          row(
              "BOME eta=.5",
              () -> new Bome(Bome.Barrier.SQUARED_GRADIENT, 0.5, 10, LOWER, UPPER, new Sgd(UPPER))),
          row("MEHA gamma=10 c=10", () -> new Meha(10, 10, 0, LOWER, LOWER, new Sgd(LOWER))),
          row("sl-BAMM s3", START, 6000, () -> new SlBamm(LOWER, SlBamm.Multiplier.SCHEDULED)));

  private CounterExampleSolvers() {}

  private static Contender row(String name, Supplier<Solver> solver) {
    return row(name, START, STEPS, solver);
  }

  private static Contender row(String name, double start, int steps, Supplier<Solver> solver) {
    return new Contender(
        name,
        CounterExample.problem(),
        ImmutableDoubleArray.of(START),
        ImmutableDoubleArray.of(start, start),
        steps,
        solver);
  }

  private static HeavyBall step() {
    return HeavyBall.gradientDescent(LOWER);
  }

  private static Solver nested(int steps, Start start) {
    return new NestedSolver(step(), steps, start, ReverseMode.full(), new Sgd(UPPER));
  }

  private static Solver implicit(LinearSolver solver) {
    return new NestedSolver(step(), 50, Start.WARM, new ImplicitGradient(solver), new Sgd(UPPER));
  }

  private static Solver bda(int steps, Mixing mixing) {
    return new NestedSolver(
        new Aggregated(LOWER, LOWER, mixing),
        steps,
        Start.COLD,
        ReverseMode.full(),
        new Sgd(UPPER));
  }
}
