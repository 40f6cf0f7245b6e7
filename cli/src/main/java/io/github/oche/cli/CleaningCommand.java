package io.github.oche.cli;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.problems.CleaningBaseline;
import io.github.oche.bilevel.problems.CleaningMethod;
import io.github.oche.bilevel.problems.CleaningMethods;
import io.github.oche.bilevel.problems.HyperCleaning;
import io.github.oche.bilevel.problems.Samples;
import io.github.oche.data.Dataset;
import io.github.oche.evaluation.report.Spread;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code oche bilevel cleaning}: which method finds the replaced labels. */
@Command(
    name = "cleaning",
    sortOptions = false,
    description = "Data hyper-cleaning: half of the training labels are replaced; who finds them?",
    footer = {
      "",
      "F1 is that of \"x_i >= 0: clean\". A tenth of the replaced labels is right by chance and counts",
      "as corrupted, as published: 95.2 percent is what knowing all right labels would give. Of more",
      "images, 5,000 train and 5,000 validate, as published.",
      "Exit code 3 if a method diverged."
    })
final class CleaningCommand implements Callable<Integer> {
  private static final int PUBLISHED_SIZE = 5000;
  private static final double PERCENT = 100;
  private static final ImmutableList<Long> SEEDS = ImmutableList.of(0L, 1L, 2L);
  private static final ImmutableList<Long> TUNING_SEEDS = ImmutableList.of(100L, 101L, 102L);

  @Spec private CommandSpec spec;
  @Mixin private DataOptions data;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      defaultValue = "linear",
      converter = ModelConverter.class,
      description = "linear, or mlp: 300 sigmoid units (${DEFAULT-VALUE}).")
  private HyperCleaning.Model model = HyperCleaning.Model.LINEAR;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      split = ",",
      description = "One run a seed: split, replaced labels, start (0,1,2; --tune 100,101,102).")
  private List<Long> seeds = new ArrayList<>();

  @Option(
      names = "--methods",
      paramLabel = "NAME",
      split = ",",
      description = "Only these methods (all).")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--tune",
      description = "Choose each method's rates on training images held out, not on test images.")
  private boolean tune;

  @Option(names = "--csv", description = "Print comma-separated values.")
  private boolean csv;

  @Override
  public Integer call() {
    List<CleaningMethod> methods = chosen();
    Dataset images = data.read();
    if (data.trainImages() > 0) {
      images = images.limitTrain(data.trainImages(), 0);
    }
    Samples pool = ImageSamples.of(images.train());
    return tune ? tune(methods, images, pool) : compare(methods, images, pool);
  }

  private int compare(List<CleaningMethod> methods, Dataset images, Samples pool) {
    List<Long> seedsOfRuns = seeds.isEmpty() ? SEEDS : ProtocolOptions.distinct(seeds);
    Samples test = ImageSamples.of(images.test().orElseThrow());
    int size = Math.min(PUBLISHED_SIZE, pool.count() / 2);
    List<HyperCleaning> problems = new ArrayList<>();
    for (long seed : seedsOfRuns) {
      problems.add(HyperCleaning.of(pool, test, size, model, seed));
    }

    PrintWriter out = spec.commandLine().getOut();
    if (!csv) {
      describe(out, images, problems.get(0), "test (published: 5,000, 5,000, 10,000)");
    }
    CleaningTable table = new CleaningTable(out, csv, model);
    for (CleaningBaseline baseline : CleaningBaseline.values()) {
      double[] percents = new double[problems.size()];
      for (int i = 0; i < percents.length; i++) {
        percents[i] = PERCENT * baseline.accuracy(problems.get(i), seedsOfRuns.get(i));
      }
      table.print(baseline.title(), Spread.of(percents));
    }
    boolean failed = false;
    for (CleaningMethod method : methods) {
      CleaningRow row = CleaningRow.of(method, problems, seedsOfRuns);
      failed |= !row.outcome().isUsable();
      table.print(row);
    }
    table.printPublished();
    return failed ? ExitCode.DIVERGED : ExitCode.DONE;
  }

  private int tune(List<CleaningMethod> methods, Dataset images, Samples pool) {
    List<Long> seedsOfSplits = seeds.isEmpty() ? TUNING_SEEDS : ProtocolOptions.distinct(seeds);
    int size = Math.min(PUBLISHED_SIZE, 2 * pool.count() / 5);
    LongFunction<HyperCleaning> heldOut = seed -> HyperCleaning.heldOut(pool, size, model, seed);
    PrintWriter out = spec.commandLine().getOut();
    if (!csv) {
      describe(out, images, heldOut.apply(seedsOfSplits.get(0)), "held out to choose by");
    }
    CleaningRates table = new CleaningRates(out, csv);
    boolean found = true;
    for (CleaningMethod method : methods) {
      found &= table.print(method, seedsOfSplits, heldOut);
    }
    return found ? ExitCode.DONE : ExitCode.DIVERGED;
  }

  private List<CleaningMethod> chosen() {
    ImmutableList<CleaningMethod> all = CleaningMethods.of(model);
    List<CleaningMethod> chosen = new ArrayList<>();
    for (String name : names) {
      chosen.add(
          all.stream()
              .filter(method -> method.name().equalsIgnoreCase(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "unknown method \""
                              + name
                              + "\"; known: "
                              + all.stream()
                                  .map(CleaningMethod::name)
                                  .collect(Collectors.joining(", ")))));
    }
    return names.isEmpty() ? all : chosen;
  }

  private static void describe(
      PrintWriter out, Dataset images, HyperCleaning first, String purpose) {
    out.printf(
        Locale.ROOT,
        "%s: %,d training samples, %,d validation, %,d %s%n",
        images.name(),
        first.train().samples().count(),
        first.validation().count(),
        first.test().count(),
        purpose);
    out.printf(
        Locale.ROOT,
        "%,d training labels were replaced; of the first seed %,d are wrong%n%n",
        first.train().replaced(),
        first.train().wrong());
    out.flush();
  }

  /** Reads the name of a model. */
  static final class ModelConverter implements ITypeConverter<HyperCleaning.Model> {
    @Override
    public HyperCleaning.Model convert(String value) {
      return switch (value) {
        case "linear" -> HyperCleaning.Model.LINEAR;
        case "mlp" -> HyperCleaning.Model.MLP;
        default ->
            throw new TypeConversionException("model is \"" + value + "\", expected linear or mlp");
      };
    }
  }
}
