package io.github.oche.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code oche bilevel darts}: the fixed points of the one-stage method. */
@Command(
    name = "darts",
    sortOptions = false,
    description = "The example of the DARTS paper: which fixed points its estimators have.",
    footer = {
      "",
      "F = x y - 2 x + 1, f = (y - x)^2: the solution is x = y = 1. One stage ends at 2 / (1 + 2 xi):",
      "first order at 2."
    })
final class DartsExampleCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--csv", description = "Print CSV.")
  private boolean csv;

  @Override
  public Integer call() {
    EndsTable.print(spec.commandLine().getOut(), csv, DartsExampleSolvers.ALL);
    return ExitCode.DONE;
  }
}
