package io.github.oche.cli;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.oche.bilevel.BilevelProblem;
import io.github.oche.bilevel.Estimate;
import io.github.oche.bilevel.Solver;
import io.github.oche.bilevel.SolverState;
import io.github.oche.bilevel.problems.Ridge;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
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
  public Integer call() throws IOException {
    checkArgument(
        Math.abs(start) <= 100, "--x0 is %s, expected a number between -100 and 100", start);
    PrintWriter out = spec.commandLine().getOut();
    if (csv) {
      CSVPrinter printer =
          new CSVPrinter(out, CSVFormat.RFC4180.builder().setRecordSeparator('\n').get());
      printer.printRecord("solver", "h1", "x2", "x10", "x200");
      for (Map.Entry<String, Supplier<Solver>> method : RidgeSolvers.ALL.entrySet()) {
        Path path = Path.of(method.getValue().get(), start);
        printer.printRecord(method.getKey(), path.h1, path.x2, path.x10, path.x200);
      }
      printer.flush();
    } else {
      out.printf("%-38s %16s %16s %16s %14s%n", "solver", "h1", "x2", "x10", "x200");
      for (Map.Entry<String, Supplier<Solver>> method : RidgeSolvers.ALL.entrySet()) {
        Path path = Path.of(method.getValue().get(), start);
        out.printf(
            Locale.ROOT,
            "%-38s %16.12f %16.12f %16.12f %14.10f%s%n",
            method.getKey(),
            path.h1,
            path.x2,
            path.x10,
            path.x200,
            path.failure);
        out.flush();
      }
    }
    return ExitCode.DONE;
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
          java.util.Arrays.fill(x, k, STEPS + 1, Double.NaN);
          break;
        }
        x[k] = state.x().getDouble(0);
      }
      return new Path(h1, x[2], x[10], x[STEPS], failure);
    }
  }
}
