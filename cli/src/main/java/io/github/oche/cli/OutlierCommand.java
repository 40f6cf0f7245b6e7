package io.github.oche.cli;

import static io.github.oche.cli.ResultRows.number;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.BilevelProblem;
import io.github.oche.bilevel.Estimate;
import io.github.oche.bilevel.Solver;
import io.github.oche.bilevel.SolverState;
import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.problems.HyperCleaningExample;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code oche bilevel outlier}: the smallest data hyper-cleaning. */
@Command(
    name = "outlier",
    sortOptions = false,
    description = "Learns the weights of the values 1, 2 and 10, where a clean one is 1.5.",
    footer = {
      "",
      "f = sum of s(x_i) (y - a_i)^2 / 2, F = (y - 1.5)^2 / 2, s the sigmoid: y* is the weighted mean.",
      "h1, h2, h3: the first hypergradient, at x = 0, where the exact one is -1.57407407, -1.10185185,",
      "2.67592593; error: relative to it. s1, s2, s3, y: the weights and y after 100 steps of x."
    })
final class OutlierCommand implements Callable<Integer> {
  private static final int STEPS = 100;
  private static final int DECIMALS = 8;

  @Spec private CommandSpec spec;

  @Option(names = "--csv", description = "Print CSV.")
  private boolean csv;

  @Override
  public Integer call() {
    ResultRows rows =
        new ResultRows(
            spec.commandLine().getOut(),
            csv,
            ImmutableList.of(
                "solver               ",
                "         h1",
                "         h2",
                "         h3",
                "  error",
                "   s1",
                "   s2",
                "   s3",
                "    y",
                "outcome"));
    for (Map.Entry<String, Supplier<Solver>> method : OutlierSolvers.ALL.entrySet()) {
      rows.print(row(method.getKey(), method.getValue().get()));
    }
    return ExitCode.DONE;
  }

  private static ImmutableList<String> row(String name, Solver solver) {
    BilevelProblem problem = HyperCleaningExample.problem();
    SolverState state =
        solver.start(Nd4j.createFromArray(0.0, 0.0, 0.0), Nd4j.createFromArray(0.0));
    Estimate estimate = solver.step(problem, state);
    double[] h = estimate.gradient().toDoubleVector();
    INDArray exact = Nd4j.createFromArray(HyperCleaningExample.hypergradient(0, 0, 0));
    double error = RelativeError.of(estimate.gradient(), exact);
    Outcome outcome = estimate.outcome();
    while (outcome.isUsable() && state.steps() < STEPS) {
      estimate = solver.step(problem, state);
      outcome = outcome.and(estimate.outcome());
    }
    double[] x = state.x().toDoubleVector();
    return ImmutableList.of(
        name,
        number(h[0], DECIMALS),
        number(h[1], DECIMALS),
        number(h[2], DECIMALS),
        RelativeError.text(error),
        weight(x[0]),
        weight(x[1]),
        weight(x[2]),
        number(state.y().getDouble(0), 3),
        Outcomes.words(outcome, estimate.residual()));
  }

  private static String weight(double x) {
    return number(HyperCleaningExample.weight(x), 3);
  }
}
