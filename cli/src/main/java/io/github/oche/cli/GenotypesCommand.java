package io.github.oche.cli;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Multimaps;
import io.github.oche.darts.CsvRows;
import io.github.oche.engine.Shape;
import io.github.oche.space.Cost;
import io.github.oche.space.DartsMacro;
import io.github.oche.space.Genotypes;
import io.github.oche.space.PublishedGenotype;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code oche genotypes}: the published cells that other commands know by name. */
@Command(
    name = "genotypes",
    sortOptions = false,
    description = "Lists the published cells that --genotype knows by name, paper by paper.",
    footer = {
      "",
      "Each line has a name, the space the cells were found in, and the parameters and multiply-adds",
      "of their network for CIFAR-10 (36 channels, 20 cells, without the auxiliary head). An edge list",
      "has any number of edges a node: it can be counted, but not trained."
    })
final class GenotypesCommand implements Callable<Integer> {
  private static final DartsMacro CIFAR = DartsMacro.of(new Shape(3, 32, 32), 36, 20, 10);

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "WORD",
      arity = "0..1",
      description =
          "Only those with this word in name, paper, space or a note; capitals do not count.")
  private @Nullable String word;

  @Option(
      names = "--csv",
      description = "Print comma-separated values, with sources and all notes.")
  private boolean csv;

  @Override
  public Integer call() throws IOException {
    ImmutableList<PublishedGenotype> found =
        Genotypes.published().stream()
            .filter(this::matches)
            .collect(ImmutableList.toImmutableList());
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "no published genotype has the word \"" + word + "\"; `oche genotypes` lists all");
    }
    PrintWriter out = spec.commandLine().getOut();
    if (csv) {
      printCsv(out, found);
    } else {
      printPapers(out, found);
    }
    return ExitCode.DONE;
  }

  private boolean matches(PublishedGenotype genotype) {
    if (word == null) {
      return true;
    }
    String wanted = Ascii.toLowerCase(word);
    Stream<String> texts = Stream.of(genotype.name(), genotype.paper(), genotype.space());
    Stream<Optional<String>> notes =
        Stream.of(genotype.note(), genotype.figures(), genotype.misfit());
    return Stream.concat(texts, notes.flatMap(Optional::stream))
        .anyMatch(text -> Ascii.toLowerCase(text).contains(wanted));
  }

  private static Optional<Cost> cost(PublishedGenotype genotype) {
    return genotype.fits() ? Optional.of(Cost.of(genotype.graph(CIFAR))) : Optional.empty();
  }

  private static void printPapers(PrintWriter out, ImmutableList<PublishedGenotype> found) {
    int longest = found.stream().mapToInt(g -> g.name().length()).max().orElseThrow();
    String row = "  %-" + longest + "s  %-21s  %11s  %13s%n";
    ImmutableListMultimap<String, PublishedGenotype> papers =
        Multimaps.index(found, PublishedGenotype::paper);
    papers
        .asMap()
        .forEach(
            (paper, genotypes) -> {
              Paragraph.print(out, "", paper);
              for (PublishedGenotype g : genotypes) {
                Optional<Cost> cost = cost(g);
                out.printf(
                    Locale.ROOT,
                    row,
                    g.name(),
                    g.space(),
                    cost.map(c -> String.format(Locale.ROOT, "%,d", c.parameters())).orElse("-"),
                    cost.map(c -> String.format(Locale.ROOT, "%,d", c.multiplyAdds())).orElse("-"));
                g.misfit().ifPresent(why -> Paragraph.print(out, "    does not fit: ", why));
                g.figures().ifPresent(note -> Paragraph.print(out, "    published: ", note));
              }
              out.println();
            });
    long fitting = found.stream().filter(PublishedGenotype::fits).count();
    out.printf(
        Locale.ROOT, "%d genotypes, of which %d fit the DARTS network%n", found.size(), fitting);
  }

  private static void printCsv(PrintWriter out, ImmutableList<PublishedGenotype> found)
      throws IOException {
    CSVPrinter printer = new CSVPrinter(out, CsvRows.FORMAT);
    printer.printRecord(
        "name",
        "space",
        "parameters",
        "multiply_adds",
        "paper",
        "source",
        "note",
        "published_figures",
        "misfit");
    for (PublishedGenotype g : found) {
      Optional<Cost> cost = cost(g);
      printer.printRecord(
          g.name(),
          g.space(),
          cost.map(Cost::parameters).map(String::valueOf).orElse(""),
          cost.map(Cost::multiplyAdds).map(String::valueOf).orElse(""),
          g.paper(),
          g.source(),
          g.note().orElse(""),
          g.figures().orElse(""),
          g.misfit().orElse(""));
    }
    printer.flush();
  }
}
