package io.github.oche.cli;

import static com.google.common.base.Preconditions.checkArgument;
import static io.github.oche.cli.ResultRows.number;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.BilevelProblem;
import io.github.oche.bilevel.Estimate;
import io.github.oche.bilevel.Solver;
import io.github.oche.bilevel.SolverState;
import io.github.oche.bilevel.problems.Ridge;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code oche bilevel ridge}: every method on the ridge problem, step by step. */
@Command(
    name = "ridge",
    sortOptions = false,
    description = "Learns the penalty of a ridge regression by every method, from the same start.",
    footer = {
      "",
      "h1: the first hypergradient. xk: the logarithm of the penalty after k steps; the solution is",
      "ln(7/16) = -0.82667857. The lower level descends by 0.4 a step, from 0, and x by plain descent",
      "of rate 1, where the name does not say otherwise. Penalty methods carry a bias of their own."
    })
final class RidgeCommand implements Callable<Integer> {
  private static final int STEPS = 200;

  @Spec private CommandSpec spec;

  @Option(
      names = "--x0",
      paramLabel = "X",
      defaultValue = "0",
      description = "Where x starts (${DEFAULT-VALUE}).")
  private double start;

  @Option(names = "--csv", description = "Print CSV with all digits.")
  private boolean csv;

  @Override
  public Integer call() {
    checkArgument(
        Math.abs(start) <= 100, "--x0 is %s, expected a number between -100 and 100", start);
    ResultRows rows =
        new ResultRows(
            spec.commandLine().getOut(),
            csv,
            ImmutableList.of(
                "solver                                  ",
                "             h1",
                "             x2",
                "            x10",
                "         x200"));
    for (Map.Entry<String, Supplier<Solver>> method : RidgeSolvers.ALL.entrySet()) {
      Path path = Path.of(method.getValue().get(), start);
      rows.print(
          ImmutableList.of(
              method.getKey(),
              cell(path.h1, 12),
              cell(path.x2, 12),
              cell(path.x10, 12),
              cell(path.x200, 10) + (csv ? "" : path.failure)));
    }
    return ExitCode.DONE;
  }

  /** All digits in CSV. */
  private String cell(double value, int decimals) {
    return csv ? Double.toString(value) : number(value, decimals);
  }

  /** Where a method went. A step that fails leaves x where it is, and the path says so. */
  private record Path(double h1, double x2, double x10, double x200, String failure) {
    static Path of(Solver solver, double start) {
      BilevelProblem problem = Ridge.problem();
      SolverState state = solver.start(Nd4j.createFromArray(start), Nd4j.createFromArray(0.0, 0.0));
      double[] x = new double[STEPS + 1];
      double h1 = Double.NaN;
      String failure = "";
      for (int k = 1; k <= STEPS; k++) {
        Estimate estimate = solver.step(problem, state);
        if (k == 1) {
          h1 = estimate.gradient().getDouble(0);
        }
        if (!estimate.isUsable()) {
          failure = "  step " + k + ": " + Outcomes.words(estimate.outcome());
          Arrays.fill(x, k, STEPS + 1, Double.NaN);
          break;
        }
        x[k] = state.x().getDouble(0);
      }
      return new Path(h1, x[2], x[10], x[STEPS], failure);
    }
  }
}
