package io.github.oche.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code oche bilevel}: studies of the bilevel methods, one a command. */
@Command(
    name = "bilevel",
    description = "Compares methods of bilevel optimisation.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RidgeCommand.class,
      CounterExampleCommand.class,
      DartsExampleCommand.class,
      QuadraticCommand.class,
      NonConvexCommand.class,
      OutlierCommand.class,
      CleaningCommand.class,
      FeaturesCommand.class,
      FewShotCommand.class,
      BilevelCostCommand.class
    })
final class BilevelCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
