package io.github.oche.cli;

import io.github.oche.engine.Shape;
import io.github.oche.space.Cost;
import io.github.oche.space.DartsMacro;
import io.github.oche.space.DerivedNetwork;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code oche cost}: parameters and multiply-adds of a derived network, without running it. */
@Command(
    name = "cost",
    sortOptions = false,
    description = "Counts the parameters and multiply-adds of a network, exactly.",
    footer = {
      "",
      "Multiply-adds are those of the convolutions and linear layers for one image, without biases,",
      "batch norms, poolings, additions and the auxiliary head, which works in training only."
    })
final class CostCommand implements Callable<Integer> {
  private static final int RGB = 3;

  @Spec private CommandSpec spec;
  @Mixin private GenotypeOption genotype;

  @Option(
      names = "--channels",
      paramLabel = "N",
      defaultValue = "36",
      description = "Channels of the first cell (${DEFAULT-VALUE}).")
  private int channels;

  @Option(
      names = "--cells",
      paramLabel = "N",
      defaultValue = "20",
      description = "Cells (${DEFAULT-VALUE}).")
  private int cells;

  @Option(
      names = "--classes",
      paramLabel = "N",
      defaultValue = "10",
      description = "Classes (${DEFAULT-VALUE}).")
  private int classes;

  @Option(
      names = "--size",
      paramLabel = "N",
      defaultValue = "32",
      description = "Side of the images, which have three colours (${DEFAULT-VALUE}).")
  private int size;

  @Option(names = "--auxiliary", description = "Count the auxiliary head's parameters too.")
  private boolean auxiliary;

  @Override
  public Integer call() {
    DartsMacro macro =
        DartsMacro.of(new Shape(RGB, size, size), channels, cells, classes)
            .withAuxiliary(auxiliary ? 1 : 0);
    Cost cost = Cost.of(DerivedNetwork.of(genotype.resolve(), macro, false).graph());
    PrintWriter out = spec.commandLine().getOut();
    String head =
        auxiliary
            ? String.format(
                Locale.ROOT, "  (%,d of them in the auxiliary head)", cost.auxiliaryParameters())
            : "";
    out.printf(Locale.ROOT, "%-13s  %,15d%s%n", "parameters", cost.parametersWithAuxiliary(), head);
    out.printf(Locale.ROOT, "%-13s  %,15d%n", "multiply-adds", cost.multiplyAdds());
    return ExitCode.DONE;
  }
}
