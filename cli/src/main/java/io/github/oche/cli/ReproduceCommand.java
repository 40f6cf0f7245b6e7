package io.github.oche.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code oche reproduce}: makes a published table again; each table is a command of its own. */
@Command(
    name = "reproduce",
    description = "Computes a published table again, with the published numbers beside it.",
    customSynopsis = "oche reproduce TABLE [OPTIONS]",
    synopsisSubcommandLabel = "TABLE",
    commandListHeading = "%nTables:%n",
    footer = {"", "`oche reproduce TABLE --help` shows the options of a table."},
    subcommands = {DartsTableCommand.class, NasBench201Command.class})
final class ReproduceCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** Whatever is no table. */
  @Parameters(arity = "0..1", hidden = true)
  private @Nullable String unknown;

  @Override
  public Integer call() {
    if (unknown != null) {
      throw new IllegalArgumentException(
          "unknown table \""
              + unknown
              + "\"; known: "
              + String.join(", ", spec.subcommands().keySet()));
    }
    spec.commandLine().usage(spec.commandLine().getOut());
    return ExitCode.DONE;
  }
}
