package io.github.oche.cli;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code oche reproduce}: makes a published table again. */
@Command(
    name = "reproduce",
    sortOptions = false,
    description = "Computes a published table again, with the published numbers beside it.",
    footer = {
      "",
      "Tables:",
      "  nasbench201  random search and regularised evolution on NAS-Bench-201, from the table of all",
      "               15,625 cells that comes along; seconds"
    })
final class ReproduceCommand implements Callable<Integer> {
  private static final int MOST_SEEDS = 100_000;

  /** By name; the help above lists them too. */
  private static final ImmutableMap<String, ReproducibleTable> TABLES =
      ImmutableMap.of("nasbench201", new NasBench201Table());

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "TABLE", description = "Name of the table, see below.")
  private String name;

  @Mixin private FormatOptions format;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "500",
      description = "Runs of each search, with the seeds 0 to N - 1 (${DEFAULT-VALUE}).")
  private int seeds;

  @Override
  public Integer call() throws IOException {
    ReproducibleTable table = TABLES.get(name);
    if (table == null) {
      throw new IllegalArgumentException(
          "unknown table \"" + name + "\"; known: " + String.join(", ", TABLES.keySet()));
    }
    table.print(
        spec.commandLine().getOut(),
        format.format(),
        Ranges.check("--seeds", seeds, 1, MOST_SEEDS));
    return ExitCode.DONE;
  }
}
