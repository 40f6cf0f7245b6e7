package io.github.oche.bilevel.problems;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.Estimate;
import io.github.oche.bilevel.HeavyBall;
import io.github.oche.bilevel.Hypergradient;
import io.github.oche.bilevel.NestedSolver;
import io.github.oche.bilevel.ReverseMode;
import io.github.oche.bilevel.Solver;
import io.github.oche.bilevel.SolverState;
import io.github.oche.bilevel.Start;
import io.github.oche.bilevel.State;
import io.github.oche.bilevel.Trajectory;
import io.github.oche.bilevel.Work;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Compares hypergradients with searches without gradients on {@link FeatureRidge}, at equal cost: a
 * value or a gradient of either level counts one, a product two. The losses in the table are those
 * of the exact weights for the penalties that were found, so no method gains by stopping early.
 */
public final class FeatureStudy {
  private static final int CANDIDATES = 40;
  private static final double START = -3; // ln 0.05
  private static final double UPPER_RATE = 0.2;

  private final FeatureRidge ridge;
  private final Samples validation;
  private final Samples test;
  private final long budget;
  private final long seed;
  private final double rate;

  /**
   * Creates the comparison.
   *
   * @param train samples that the weights are fitted to
   * @param validation samples that the penalties are fitted to
   * @param test samples that neither sees
   * @param budget gradients that each search may take, at least 1,000
   * @param seed of the random search
   */
  public FeatureStudy(Samples train, Samples validation, Samples test, long budget, long seed) {
    checkArgument(budget >= 1000, "budget is %s gradients, expected at least 1000", budget);
    this.ridge = new FeatureRidge(train, validation);
    this.validation = validation;
    this.test = test;
    this.budget = budget;
    this.seed = seed;
    rate = 1 / (1.05 * ridge.curvature() + 1);
  }

  /**
   * A row of the table.
   *
   * @param method its name
   * @param validationLoss F at the exact weights for the penalties that were found
   * @param testLoss the same of the test samples
   * @param testAccuracy share of the test samples that are right
   * @param cost values and gradients, and two for each product
   * @param seconds of the search
   */
  public record Row(
      String method,
      double validationLoss,
      double testLoss,
      double testAccuracy,
      long cost,
      double seconds) {}

  /**
   * A search by hypergradients: one line of the table.
   *
   * @param name as in the table
   * @param lowerSteps steps of the lower level before each of the upper one
   * @param hypergradient makes the estimator
   */
  public record Method(String name, int lowerSteps, Supplier<Hypergradient> hypergradient) {}

  /**
   * The methods of the table. One more line adds a method.
   *
   * @return reverse mode, full and truncated
   */
  public static ImmutableList<Method> methods() {
    return ImmutableList.of(
        new Method("reverse", 50, ReverseMode::full),
        new Method("truncated", 50, () -> new ReverseMode(20)));
  }

  /**
   * Makes all searches.
   *
   * @return a row each
   */
  public ImmutableList<Row> rows() {
    ImmutableList.Builder<Row> rows = ImmutableList.builder();
    rows.add(row("no search", constant(START), 0, System.nanoTime()));
    for (Method method : methods()) {
      rows.add(hypergradients(method));
    }
    rows.add(grid()).add(random());
    return rows.build();
  }

  /** The lower step: 1 / L for penalties up to 1, and no step of x makes it unstable before. */
  private HeavyBall step() {
    return new HeavyBall(rate, 0.9, 0);
  }

  private INDArray constant(double value) {
    return Nd4j.zeros(DataType.DOUBLE, ridge.features()).addi(value);
  }

  private static long cost(Work work) {
    return work.values() + work.gradients() + 2 * work.products();
  }

  private Row hypergradients(Method method) {
    long started = System.nanoTime();
    Solver solver =
        new NestedSolver(
            step(),
            method.lowerSteps(),
            Start.WARM,
            method.hypergradient().get(),
            new Adam(UPPER_RATE));
    SolverState state = solver.start(constant(START), ridge.startY());
    INDArray x = constant(START);
    long cost = 0;
    while (true) {
      INDArray before = state.x().dup();
      Estimate estimate = solver.step(ridge.problem(), state);
      cost += cost(estimate.work());
      if (cost > budget || !estimate.isUsable()) {
        return row(method.name(), x, cost - cost(estimate.work()), started);
      }
      x = before; // the last x that fitted the budget
    }
  }

  private Row grid() {
    long started = System.nanoTime();
    return search(
        "grid, one penalty",
        started,
        k ->
            constant(
                FeatureRidge.LOW + (FeatureRidge.HIGH - FeatureRidge.LOW) * k / (CANDIDATES - 1)));
  }

  private Row random() {
    long started = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    return search(
        "random, per feature",
        started,
        k ->
            Nd4j.createFromArray(
                random.doubles(ridge.features(), FeatureRidge.LOW, FeatureRidge.HIGH).toArray()));
  }

  /** Makes candidate k, from 0. */
  @FunctionalInterface
  private interface Candidates {
    INDArray get(int k);
  }

  /** Fits the weights for one candidate after the other, each with the same share of the budget. */
  private Row search(String name, long started, Candidates candidates) {
    int steps = (int) (budget / CANDIDATES) - 1;
    State y = State.atRest(ridge.startY());
    INDArray best = constant(START);
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < CANDIDATES; k++) {
      INDArray x = candidates.get(k);
      double stable = 1 / (1 / rate + Math.exp(x.maxNumber().doubleValue()));
      HeavyBall step = new HeavyBall(stable, 0.9, 0);
      Trajectory fit =
          Trajectory.keeping(step, steps, 0).run(ridge.problem(), x, step.start(y.y()));
      double loss = ridge.problem().upper().value(x, fit.last().y());
      if (loss < least) {
        least = loss;
        best = x;
      }
      y = State.atRest(fit.last().y().dup());
    }
    return row(name, best, (long) CANDIDATES * (steps + 1), started);
  }

  private Row row(String name, INDArray x, long cost, long started) {
    double seconds = (System.nanoTime() - started) / 1e9;
    INDArray y = ridge.solution(x);
    return new Row(
        name,
        FeatureRidge.loss(y, validation),
        FeatureRidge.loss(y, test),
        FeatureRidge.accuracy(y, test),
        cost,
        seconds);
  }
}
