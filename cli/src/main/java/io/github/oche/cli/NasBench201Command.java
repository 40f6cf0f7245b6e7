package io.github.oche.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code oche reproduce nasbench201}. */
@Command(
    name = "nasbench201",
    sortOptions = false,
    description =
        "Random search and regularised evolution on NAS-Bench-201, from the table of all 15,625"
            + " cells that comes along; seconds.")
final class NasBench201Command implements Callable<Integer> {
  private static final int MOST_SEEDS = 100_000;

  @Spec private CommandSpec spec;

  @Mixin private FormatOptions format;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "500",
      description = "Runs of each search, with the seeds 0 to N - 1 (${DEFAULT-VALUE}).")
  private int seeds;

  @Override
  public Integer call() throws IOException {
    new NasBench201Table()
        .print(
            spec.commandLine().getOut(),
            format.format(),
            Ranges.check("--seeds", seeds, 1, MOST_SEEDS));
    return ExitCode.DONE;
  }
}
