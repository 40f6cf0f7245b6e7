package io.github.oche.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.oche.engine.Workers;
import io.github.oche.space.Genotypes;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code oche bench}: seconds a step, on random images. */
@Command(
    name = "bench",
    sortOptions = false,
    customSynopsis = "oche bench [OPTIONS]",
    description = "Measures steps: median seconds of each kind, and peak memory.",
    footer = {
      "weights: a step of the weights. first-order, second-order (the published finite difference) and",
      "exact (the exact product): a step of the architecture, and then one of the weights."
    })
final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--channels",
      paramLabel = "N",
      defaultValue = "16",
      description = "Channels of the first cell (${DEFAULT-VALUE}).")
  private int channels;

  @Option(
      names = "--cells",
      paramLabel = "N",
      defaultValue = "8",
      description = "Cells (${DEFAULT-VALUE}).")
  private int cells;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "16",
      description = "Images a step (${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--size",
      paramLabel = "N",
      defaultValue = "32",
      description = "Side of the images, which have three colours (${DEFAULT-VALUE}).")
  private int size;

  @Option(names = "--threads", paramLabel = "N", description = "Threads (one a core).")
  private @Nullable Integer threads;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "5",
      description = "Steps that are measured of each kind (${DEFAULT-VALUE}).")
  private int repeats;

  @Option(
      names = "--steps",
      paramLabel = "STEP",
      split = ",",
      converter = BenchStep.Converter.class,
      description = "Which kinds (weights,first-order,second-order).")
  private @Nullable List<BenchStep> steps;

  @Option(
      names = "--training",
      paramLabel = "GENOTYPE",
      arity = "0..1",
      fallbackValue = "DARTS_V2",
      description = "Instead, training and scoring the network of a genotype (DARTS_V2).")
  private @Nullable String training;

  @Option(
      names = "--table",
      description = "Instead, weights steps for batch 8 to 128 and 4 to 36 channels.")
  private boolean table;

  @Option(
      names = "--published",
      description = "Also tell how long the published search would take (needs --batch 64).")
  private boolean published;

  @Option(
      names = "--profile",
      paramLabel = "STEP",
      arity = "0..1",
      fallbackValue = "",
      description =
          "Also print where the time of a step goes (the first kind), and what it allocates.")
  private @Nullable String profile;

  @Option(
      names = "--against",
      paramLabel = "PYTHON",
      description = "Time PyTorch in this Python too, and print both beside each other.")
  private @Nullable String against;

  @Override
  public Integer call() {
    BenchSettings settings =
        new BenchSettings(channels, cells, batch, size, Threads.of(threads), repeats);
    check();
    PrintWriter out = spec.commandLine().getOut();
    Optional<TorchPeer> peer =
        Optional.ofNullable(against).map(python -> new TorchPeer("--against", python));
    try (Workers workers = new Workers(settings.threads())) {
      if (table) {
        // a tenth is left for images, and for what the cell before left behind
        long heap = (long) (0.9 * Runtime.getRuntime().maxMemory());
        new ScalingTable(settings, ScalingTable.CHANNELS, ScalingTable.BATCHES, heap)
            .print(out, workers);
      } else if (peer.isPresent()) {
        out.println(settings.describe());
        out.println(peer.get().version());
        out.flush();
        Rivals rivals = new Rivals(settings, peer.get());
        Comparison comparison =
            training == null
                ? rivals.search(searchSteps(), workers)
                : rivals.training(Genotypes.resolve(training), workers);
        comparison.print(out, published);
      } else {
        Benched benched =
            training == null
                ? new SearchBench(settings, searchSteps(), workers)
                : new TrainingBench(settings, Genotypes.resolve(training), workers);
        new BenchReport(benched, repeats, published, profiled(benched.steps())).print(out, workers);
      }
    }
    return ExitCode.DONE;
  }

  /** Refuses options that have no meaning together. */
  private void check() {
    refuse("--table", table, "--training", training != null);
    refuse("--table", table, "--steps", steps != null);
    refuse("--table", table, "--published", published);
    refuse("--table", table, "--profile", profile != null);
    refuse("--table", table, "--against", against != null);
    refuse("--training", training != null, "--steps", steps != null);
    refuse("--training", training != null, "--published", published);
    refuse("--against", against != null, "--profile", profile != null);
    if (published && batch != PublishedSearch.BATCH) {
      throw new IllegalArgumentException(
          "--batch is " + batch + ", the published search has " + PublishedSearch.BATCH);
    }
    ImmutableList<BenchStep> wanted = searchSteps();
    if (published && !wanted.contains(BenchStep.FIRST_ORDER)) {
      throw new IllegalArgumentException("--published needs first-order among --steps");
    }
    if (against != null && wanted.stream().noneMatch(BenchStep.OF_A_SEARCH::contains)) {
      throw new IllegalArgumentException("--steps has none that PyTorch makes too");
    }
  }

  private static void refuse(String one, boolean first, String other, boolean second) {
    if (first && second) {
      throw new IllegalArgumentException(one + " and " + other + " do not go together");
    }
  }

  /** The kinds that are wanted of a search, in one order, each once. */
  private ImmutableList<BenchStep> searchSteps() {
    if (steps == null) {
      return BenchStep.OF_A_SEARCH;
    }
    if (!Collections.disjoint(steps, BenchStep.OF_A_TRAINING)) {
      throw new IllegalArgumentException("--steps is of a search; use --training");
    }
    return ImmutableSortedSet.copyOf(steps).asList();
  }

  /** The step of {@code --profile}, if it is given. */
  private Optional<BenchStep> profiled(ImmutableList<BenchStep> measured) {
    if (profile == null) {
      return Optional.empty();
    }
    return measured.stream()
        .filter(step -> profile.isEmpty() || profile.equals(step.label()))
        .findFirst()
        .or(
            () -> {
              throw new IllegalArgumentException(
                  "--profile is \""
                      + profile
                      + "\", expected one of "
                      + measured.stream().map(BenchStep::label).collect(Collectors.joining(", ")));
            });
  }
}
