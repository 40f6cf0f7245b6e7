package io.github.oche.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code oche bilevel quadratic}: biases on a strongly convex quadratic. */
@Command(
    name = "quadratic",
    sortOptions = false,
    description = "A strongly convex quadratic: which methods are biased, and by how much.",
    footer = {
      "",
      "F = |y|^2/2 + |x - 1|^2/2, f = |y|^2/2 - x y, 100 entries each: the solution is 1/2. V-PBGD ends at",
      "(1 + gamma) / (1 + 2 gamma), BDA with a constant alpha at 1 / (1 + (1 - alpha)^2), MEHA as V-PBGD",
      "of the weight c gamma / (1 + gamma)."
    })
final class QuadraticCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--csv", description = "Print CSV.")
  private boolean csv;

  @Override
  public Integer call() {
    EndsTable.print(spec.commandLine().getOut(), csv, QuadraticSolvers.ALL);
    return ExitCode.DONE;
  }
}
