package io.github.oche.cli;

import com.google.common.collect.ImmutableMap;
import io.github.oche.bilevel.BilevelProblem;
import io.github.oche.bilevel.Bome;
import io.github.oche.bilevel.Estimate;
import io.github.oche.bilevel.F2sa;
import io.github.oche.bilevel.HeavyBall;
import io.github.oche.bilevel.Hypergradient;
import io.github.oche.bilevel.ImplicitGradient;
import io.github.oche.bilevel.Meha;
import io.github.oche.bilevel.NestedSolver;
import io.github.oche.bilevel.NestedSolver.Order;
import io.github.oche.bilevel.OneStage;
import io.github.oche.bilevel.PenaltyRamp;
import io.github.oche.bilevel.PenaltyScale;
import io.github.oche.bilevel.ReverseMode;
import io.github.oche.bilevel.Soba;
import io.github.oche.bilevel.Solver;
import io.github.oche.bilevel.SolverMemory;
import io.github.oche.bilevel.SolverState;
import io.github.oche.bilevel.Start;
import io.github.oche.bilevel.Trajectory;
import io.github.oche.bilevel.Vpbgd;
import io.github.oche.bilevel.linear.ConjugateGradient;
import io.github.oche.bilevel.linear.Identity;
import io.github.oche.bilevel.linear.NeumannSeries;
import io.github.oche.bilevel.linear.Outcome;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * What one upper step of a method takes.
 *
 * @param first the direction of x in the step before, the first one
 * @param gradients evaluated
 * @param products evaluated
 * @param seconds in all
 * @param outside share of them that was not spent in the objectives
 * @param memory that the method keeps, measured
 * @param outcome what became of it
 * @param residual of the linear system of an implicit method, NaN without one
 */
record BilevelCost(
    INDArray first,
    long gradients,
    long products,
    double seconds,
    double outside,
    SolverMemory memory,
    Outcome outcome,
    double residual) {

  /**
   * The methods, with T lower steps (iterations and terms are as many) of this rate; conjugate
   * gradients add the damping to the Hessian.
   */
  static ImmutableMap<String, Supplier<Solver>> methods(int steps, double rate, double damping) {
    return ImmutableMap.<String, Supplier<Solver>>builder()
        .put("RHG", () -> nested(rate, steps, ReverseMode.full()))
        .put(
            "RHG, checkpoints",
            () ->
                new NestedSolver(
                    Trajectory.checkpointed(HeavyBall.gradientDescent(rate), steps),
                    Start.WARM,
                    ReverseMode.full(),
                    new Sgd(rate),
                    Order.LOWER_FIRST))
        .put("T-RHG K=1", () -> nested(rate, steps, new ReverseMode(1)))
        .put("one stage, exact", () -> oneStage(rate, OneStage.Product.EXACT))
        .put("one stage, difference", () -> oneStage(rate, OneStage.Product.FINITE_DIFFERENCE))
        .put(
            "CG",
            () ->
                nested(
                    rate,
                    steps,
                    new ImplicitGradient(new ConjugateGradient(steps, 1e-10, damping))))
        .put(
            "Neumann",
            () -> nested(rate, steps, new ImplicitGradient(NeumannSeries.truncated(steps, rate))))
        .put("T1-T2", () -> nested(rate, steps, new ImplicitGradient(new Identity())))
        .put("SOBA", () -> new Soba(rate, new Sgd(rate)))
        .put(
            "V-PBGD",
            () ->
                new Vpbgd(
                    PenaltyRamp.constant(10),
                    PenaltyScale.DIVIDED,
                    steps,
                    rate,
                    rate,
                    new Sgd(rate)))
        .put("F2SA", () -> F2sa.difference(0.1, steps, rate, new Sgd(rate)))
        .put(
            "BOME",
            () -> new Bome(Bome.Barrier.SQUARED_GRADIENT, 0.5, steps, rate, rate, new Sgd(rate)))
        .put("MEHA", () -> new Meha(10, 10, 0, rate, rate, new Sgd(rate)))
        .buildOrThrow();
  }

  /** With parts of its own, as a measurement of its memory needs. */
  private static Solver nested(double rate, int steps, Hypergradient hypergradient) {
    HeavyBall step = HeavyBall.gradientDescent(rate);
    return new NestedSolver(step, steps, Start.WARM, hypergradient, new Sgd(0.1));
  }

  private static Solver oneStage(double rate, OneStage.Product product) {
    HeavyBall step = HeavyBall.gradientDescent(rate);
    return new NestedSolver(
        step, 1, Start.WARM, new OneStage(step, product), new Sgd(0.1), Order.UPPER_FIRST);
  }

  /**
   * Makes two upper steps from a start, the first to take memory, and measures the second; then two
   * more to measure the memory.
   */
  static BilevelCost of(Supplier<Solver> method, BilevelProblem problem, INDArray x, INDArray y) {
    Solver solver = method.get();
    TimedObjective upper = new TimedObjective(problem.upper());
    TimedObjective lower = new TimedObjective(problem.lower());
    BilevelProblem timed = new BilevelProblem(upper, lower);
    SolverState state = solver.start(x, y);
    INDArray first = solver.step(timed, state).gradient().dup();
    upper.seconds();
    lower.seconds();
    long start = System.nanoTime();
    Estimate estimate = solver.step(timed, state);
    double seconds = (System.nanoTime() - start) / 1e9;
    double inside = upper.seconds() + lower.seconds();
    return new BilevelCost(
        first,
        estimate.work().gradients(),
        estimate.work().products(),
        seconds,
        (seconds - inside) / seconds,
        SolverMemory.of(method, problem, x, y),
        estimate.outcome(),
        estimate.residual());
  }
}
