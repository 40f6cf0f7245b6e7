package io.github.oche.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code oche}. */
@Command(
    name = "oche",
    versionProvider = Version.class,
    description = "Finds small convolutional networks by gradient descent on architectures.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      SearchCommand.class,
      EvaluateCommand.class,
      ScoreCommand.class,
      ExportCommand.class,
      VerifyCommand.class,
      CostCommand.class,
      GenotypesCommand.class,
      CorrelateCommand.class,
      ReproduceCommand.class,
      BilevelCommand.class,
      BenchCommand.class,
      DoctorCommand.class
    },
    footer = {
      "",
      "`oche COMMAND --help` shows the options of a command.",
      "Exit codes: 0 done, 1 a check failed, 2 bad input, 3 diverged, 4 no memory or space."
    })
public final class Oche implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help and exit.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version and exit.")
  boolean version;

  @Option(names = Failures.STACK_TRACE, hidden = true, scope = ScopeType.INHERIT)
  boolean stackTrace;

  Oche() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    int code = run(StandardStreams.out(), StandardStreams.err(), args);
    System.exit(code);
  }

  /** Runs a command and returns its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    Failures failures = new Failures(Arrays.asList(args).contains(Failures.STACK_TRACE));
    CommandLine commands =
        new CommandLine(new Oche())
            .setOut(out)
            .setErr(err)
            .setExpandAtFiles(false)
            .setOverwrittenOptionsAllowed(true)
            .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
            .setUsageHelpAutoWidth(false)
            .setUsageHelpWidth(100)
            .setParameterExceptionHandler(failures::ofParameters)
            .setExecutionExceptionHandler(failures::ofExecution);
    try {
      return commands.execute(args);
    } catch (OutOfMemoryError | StackOverflowError e) {
      return failures.report(e, "oche", err);
    } finally {
      out.flush();
      err.flush();
    }
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
