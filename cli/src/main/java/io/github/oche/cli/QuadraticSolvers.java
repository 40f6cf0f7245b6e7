package io.github.oche.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.github.oche.bilevel.Aggregated;
import io.github.oche.bilevel.Bome;
import io.github.oche.bilevel.Dynamics;
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
import io.github.oche.bilevel.Soba;
import io.github.oche.bilevel.Solver;
import io.github.oche.bilevel.Start;
import io.github.oche.bilevel.Vpbgd;
import io.github.oche.bilevel.linear.ConjugateGradient;
import io.github.oche.bilevel.problems.Quadratic;
import java.util.function.Supplier;
import org.nd4j.linalg.learning.config.Sgd;

/** The methods that {@code oche bilevel quadratic} compares, from x = y = 2. */
final class QuadraticSolvers {
  private static final int SIZE = 100;
  private static final double LOWER = 0.2;
  private static final double UPPER = 0.1;
  private static final int STEPS = 1000;

  static final ImmutableList<Contender> ALL =
      ImmutableList.of(
          row("RHG T=50", () -> nested(HeavyBall.gradientDescent(LOWER), ReverseMode.full())),
          row("T-RHG T=50 K=5", () -> nested(HeavyBall.gradientDescent(LOWER), new ReverseMode(5))),
          row(
              "AID-CG",
              () ->
                  nested(
                      HeavyBall.gradientDescent(LOWER),
                      new ImplicitGradient(new ConjugateGradient(10, 1e-10)))),
          row("SOBA", () -> new Soba(LOWER, new Sgd(UPPER))),
          row("BDA alpha=.5", () -> bda(Mixing.constant(0.5))),
          row("BDA alpha=.5/(t+1)", () -> bda(Mixing.harmonic(0.5))),
          row(
              "V-PBGD gamma=10",
              () ->
                  new Vpbgd(
                      PenaltyRamp.constant(10),
                      PenaltyScale.DIVIDED,
                      10,
                      LOWER,
                      LOWER,
                      new Sgd(UPPER))),
          row("F2SA nu=.1", () -> F2sa.difference(0.1, 10, LOWER, new Sgd(UPPER))),
          row("F2SA-2 nu=.1", () -> F2sa.symmetric(0.1, 10, LOWER, new Sgd(UPPER))),
          row("MEHA gamma=2 c=10", () -> new Meha(2, 10, 0, LOWER, LOWER, new Sgd(LOWER))),
          row(
              "BOME eta=.5",
              () ->
                  new Bome(Bome.Barrier.SQUARED_GRADIENT, 0.5, 10, LOWER, LOWER, new Sgd(UPPER))));

  private QuadraticSolvers() {}

  private static Contender row(String name, Supplier<Solver> solver) {
    double[] start = new double[SIZE];
    java.util.Arrays.fill(start, 2);
    ImmutableDoubleArray two = ImmutableDoubleArray.copyOf(start);
    return new Contender(name, Quadratic.problem(), two, two, STEPS, solver);
  }

  private static Solver nested(Dynamics dynamics, Hypergradient hypergradient) {
    return new NestedSolver(dynamics, 50, Start.COLD, hypergradient, new Sgd(UPPER));
  }

  private static Solver bda(Mixing mixing) {
    return nested(new Aggregated(LOWER, LOWER, mixing), ReverseMode.full());
  }
}
