package io.github.oche.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code oche bilevel counterexample}: where every method ends if lower solutions are many. */
@Command(
    name = "counterexample",
    sortOptions = false,
    description = "Shows where every method ends if the lower level has many solutions.",
    footer = {
      "",
      "F = (x - y2)^2/2 + (y1 - 1)^2/2, f = y1^2/2 - x y1: y2 is free, and the solution is x = 1,",
      "y = (1, 1), F = 0. Methods that differentiate the lower level alone never move y2. A method",
      "that fails says so, and stays where it was."
    })
final class CounterExampleCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--csv", description = "Print CSV.")
  private boolean csv;

  @Override
  public Integer call() {
    EndsTable.print(spec.commandLine().getOut(), csv, CounterExampleSolvers.ALL);
    return ExitCode.DONE;
  }
}
