package io.github.oche.cli;

import com.google.common.collect.ImmutableMap;
import io.github.oche.bilevel.EvolutionStrategy;
import io.github.oche.bilevel.F2sa;
import io.github.oche.bilevel.ForwardMode;
import io.github.oche.bilevel.HeavyBall;
import io.github.oche.bilevel.Hypergradient;
import io.github.oche.bilevel.ImplicitGradient;
import io.github.oche.bilevel.NestedSolver;
import io.github.oche.bilevel.OneStage;
import io.github.oche.bilevel.RankOne;
import io.github.oche.bilevel.ReverseMode;
import io.github.oche.bilevel.Solver;
import io.github.oche.bilevel.Start;
import io.github.oche.bilevel.linear.ConjugateGradient;
import io.github.oche.bilevel.linear.Identity;
import io.github.oche.bilevel.linear.LinearSolver;
import io.github.oche.bilevel.linear.NeumannSeries;
import java.util.function.Supplier;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * The methods that {@code oche bilevel outlier} compares: 50 steps of plain descent of rate 0.5
 * below, from 0, which solve the lower level, and plain descent of rate 0.5 above.
 */
final class OutlierSolvers {
  private static final double RATE = 0.5;
  private static final int T = 50;

  static final ImmutableMap<String, Supplier<Solver>> ALL =
      ImmutableMap.<String, Supplier<Solver>>builder()
          .put("RHG", () -> nested(ReverseMode.full()))
          .put("forward mode", () -> nested(new ForwardMode()))
          .put("T-RHG K=1", () -> nested(new ReverseMode(1)))
          .put("AID-CG", () -> implicit(new ConjugateGradient(1, 1e-10)))
          .put("AID-Neumann K=5", () -> implicit(new NeumannSeries(5, RATE)))
          .put("T1-T2", () -> implicit(new Identity()))
          .put("F2SA nu=.01", () -> F2sa.difference(0.01, T, RATE, new Sgd(RATE)))
          .put("F2SA-2 nu=.01", () -> F2sa.symmetric(0.01, T, RATE, new Sgd(RATE)))
          .put("PZOBO, 10 directions", () -> nested(new EvolutionStrategy(10, 0.1, false, 1)))
          .put("DARTS first order", () -> nested(OneStage.firstOrder()))
          .put("IGA (rank one)", () -> nested(new RankOne(0)))
          .buildOrThrow();

  private OutlierSolvers() {}

  private static Solver implicit(LinearSolver solver) {
    return nested(new ImplicitGradient(solver));
  }

  private static Solver nested(Hypergradient hypergradient) {
    return new NestedSolver(
        HeavyBall.gradientDescent(RATE), T, Start.COLD, hypergradient, new Sgd(RATE));
  }
}
