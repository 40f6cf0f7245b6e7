package io.github.oche.cli;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.oche.engine.Graph;
import io.github.oche.engine.Shape;
import io.github.oche.evaluation.tabular.NasBench201Cell;
import io.github.oche.evaluation.tabular.NasBench201Network;
import io.github.oche.space.Cost;
import io.github.oche.space.DartsMacro;
import io.github.oche.space.DerivedNetwork;
import io.github.oche.space.ImageNetMacro;
import io.github.oche.space.MacroNetwork;
import io.github.oche.space.PublishedGenotype;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
      "batch norms, poolings, additions and the auxiliary head, which works in training only.",
      "A cell of NAS-Bench-201 (\"|nor_conv_3x3~0|+...\") is counted in that benchmark's network: 16",
      "channels, 5 cells a stage."
    })
final class CostCommand implements Callable<Integer> {
  private static final int RGB = 3;
  private static final int IMAGENET_SIZE = 224;

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

  @Option(
      names = "--stem",
      paramLabel = "cifar|imagenet",
      description =
          "What stands before the cells: imagenet halves the sides three times (imagenet from"
              + " --size 224 on, cifar below).")
  private @Nullable String stem;

  @Override
  public Integer call() {
    Optional<NasBench201Cell> tabular = genotype.nasBench201();
    if (tabular.isPresent()) {
      NasBench201Network network = nasBench201();
      print(network.parameters(tabular.get()), "", network.multiplyAdds(tabular.get()));
      return ExitCode.DONE;
    }
    MacroNetwork macro = macro();
    Optional<PublishedGenotype> published = genotype.published();
    Graph graph =
        published.isPresent()
            ? published.get().graph(macro)
            : DerivedNetwork.of(genotype.resolve(), macro, false).graph();
    Cost cost = Cost.of(graph);
    String head =
        auxiliary
            ? String.format(
                Locale.ROOT, "  (%,d of them in the auxiliary head)", cost.auxiliaryParameters())
            : "";
    print(cost.parametersWithAuxiliary(), head, cost.multiplyAdds());
    PrintWriter out = spec.commandLine().getOut();
    published
        .flatMap(PublishedGenotype::figures)
        .ifPresent(figures -> Paragraph.print(out, String.format("%-13s  ", "published"), figures));
    return ExitCode.DONE;
  }

  private void print(long parameters, String more, long multiplyAdds) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(Locale.ROOT, "%-13s  %,15d%s%n", "parameters", parameters, more);
    out.printf(Locale.ROOT, "%-13s  %,15d%n", "multiply-adds", multiplyAdds);
  }

  /** The benchmark's network, but for what was given. */
  private NasBench201Network nasBench201() {
    checkArgument(
        !auxiliary && stem == null,
        "--auxiliary and --stem are of other networks than NAS-Bench-201's");
    NasBench201Network usual = NasBench201Network.CIFAR10;
    return new NasBench201Network(
        isGiven("--channels") ? channels : usual.channels(),
        isGiven("--cells") ? cells : usual.cells(),
        classes,
        size);
  }

  private boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private MacroNetwork macro() {
    Shape image = new Shape(RGB, size, size);
    double weight = auxiliary ? 1 : 0;
    return isImageNet()
        ? new ImageNetMacro(image, channels, cells, classes, weight)
        : new DartsMacro(image, channels, cells, classes, weight);
  }

  private boolean isImageNet() {
    if (stem == null) {
      return size >= IMAGENET_SIZE;
    }
    checkArgument(
        stem.equals("cifar") || stem.equals("imagenet"),
        "--stem is \"%s\", expected cifar or imagenet",
        stem);
    return stem.equals("imagenet");
  }
}
