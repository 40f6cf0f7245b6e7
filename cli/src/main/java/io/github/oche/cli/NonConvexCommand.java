package io.github.oche.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code oche bilevel nonconvex}: lower levels with separate solutions. */
@Command(
    name = "nonconvex",
    sortOptions = false,
    description = "Lower levels with separate solutions: which of them the methods find.",
    footer = {
      "",
      "sines: F = (x-2)^2 + |y-4|^2, f = sum of sin(x + y_i - 2); x* = (2 - 2n + n 3 pi/2) / (1 + n).",
      "worst case: the same with -|y-4|^2; x* = -0.429204, F* = -13.838178 at y = 4 +- pi.",
      "bounded: y within (x + y_i)(x + y_i - 1) <= 0; x* = -2/3, F* = 10.666667.",
      "product: F = x + x y, f = -sin(x y), boxes; x* = 8.639380, y* = -2.",
      "gap: F = cos(4y + 2)/(1 + e^(2-4x)) + ln((4x - 2)^2 + 1)/2, f = (x + y)^2 + x sin^2(x + y);",
      "local minima at x = 0.382360, 1.215145, 2.829642."
    })
final class NonConvexCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--csv", description = "Print CSV.")
  private boolean csv;

  @Override
  public Integer call() {
    EndsTable.print(spec.commandLine().getOut(), csv, NonConvexSolvers.ALL);
    return ExitCode.DONE;
  }
}
