package io.github.oche.cli;

import static io.github.oche.cli.ResultRows.number;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.problems.CleaningStudy;
import io.github.oche.bilevel.problems.CleaningStudy.Baseline;
import io.github.oche.bilevel.problems.CleaningStudy.Method;
import io.github.oche.bilevel.problems.CleaningStudy.Published;
import io.github.oche.bilevel.problems.CleaningStudy.Row;
import io.github.oche.bilevel.problems.CleaningStudy.Spread;
import io.github.oche.bilevel.problems.HyperCleaning;
import io.github.oche.bilevel.problems.Samples;
import io.github.oche.data.Dataset;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
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
      "as corrupted, as published: 95.2 percent is what knowing all right labels would give.",
      "Exit code 3 if a method diverged."
    })
final class CleaningCommand implements Callable<Integer> {
  private static final int PUBLISHED_SIZE = 5000;
  private static final double PERCENT = 100;

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
      defaultValue = "0,1,2",
      description = "One run a seed: split, replaced labels, start (${DEFAULT-VALUE}).")
  private List<Long> seeds = new ArrayList<>();

  @Option(
      names = "--methods",
      paramLabel = "NAME",
      split = ",",
      description = "Only these methods (all).")
  private List<String> names = new ArrayList<>();

  @Option(names = "--csv", description = "Print comma-separated values.")
  private boolean csv;

  @Override
  public Integer call() {
    List<Method> methods = chosen();
    Dataset images = data.read();
    if (data.trainImages() > 0) {
      images = images.limitTrain(data.trainImages(), 0);
    }
    Samples pool = ImageSamples.of(images.train());
    Samples test = ImageSamples.of(images.test().orElseThrow());
    int size = Math.min(PUBLISHED_SIZE, pool.count() / 2);
    List<HyperCleaning> problems = new ArrayList<>();
    for (long seed : seeds) {
      problems.add(HyperCleaning.of(pool, test, size, model, seed));
    }

    PrintWriter out = spec.commandLine().getOut();
    if (!csv) {
      describe(out, images, problems.get(0));
    }
    ResultRows rows =
        new ResultRows(
            out,
            csv,
            csv
                ? ImmutableList.of(
                    "method",
                    "model",
                    "runs",
                    "accuracy %",
                    "accuracy std",
                    "f1 %",
                    "f1 std",
                    "precision %",
                    "recall %",
                    "values",
                    "gradients",
                    "products",
                    "seconds",
                    "outcome",
                    "source")
                : ImmutableList.of(
                    "method",
                    "  accuracy %",
                    "        F1 %",
                    "precision %",
                    "recall %",
                    "values",
                    "gradients",
                    "products",
                    "seconds",
                    "outcome"));
    for (Baseline baseline : Baseline.values()) {
      double[] accuracies = new double[problems.size()];
      for (int i = 0; i < accuracies.length; i++) {
        accuracies[i] = CleaningStudy.accuracy(baseline, problems.get(i), model, seeds.get(i));
      }
      print(rows, baseline.title(), accuracies.length, Spread.of(accuracies), NONE);
    }
    boolean failed = false;
    for (Method method : methods) {
      Row row = CleaningStudy.row(method, problems, seeds);
      failed |= !row.outcome().isUsable();
      print(rows, row);
    }
    published(rows, out);
    return failed ? ExitCode.DIVERGED : ExitCode.DONE;
  }

  private List<Method> chosen() {
    ImmutableList<Method> all = CleaningStudy.methods(model);
    List<Method> chosen = new ArrayList<>();
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
                              + all.stream().map(Method::name).collect(Collectors.joining(", ")))));
    }
    return names.isEmpty() ? all : chosen;
  }

  private static void describe(PrintWriter out, Dataset images, HyperCleaning first) {
    out.printf(
        Locale.ROOT,
        "%s: %,d training samples, %,d validation, %,d test (published: 5,000, 5,000, 10,000)%n",
        images.name(),
        first.train().samples().count(),
        first.validation().count(),
        first.test().count());
    out.printf(
        Locale.ROOT,
        "%,d training labels were replaced; of the first seed %,d are wrong%n%n",
        first.train().replaced(),
        first.train().wrong());
    out.flush();
  }

  private static final ImmutableList<String> NONE =
      ImmutableList.of("", "", "", "", "", "", "", "", "");

  /** The cells: f1, its deviation, precision, recall, values, gradients, products, seconds, end. */
  private void print(
      ResultRows rows, String name, int runs, Spread accuracy, ImmutableList<String> rest) {
    print(rows, name, String.valueOf(runs), percent(accuracy.mean()), spread(accuracy), rest, "");
  }

  private void print(ResultRows rows, Row row) {
    Spread f1 = row.f1();
    print(
        rows,
        row.method(),
        row.runs().size(),
        row.accuracy(),
        ImmutableList.of(
            percent(f1.mean()),
            spread(f1),
            percent(row.precision()),
            percent(row.recall()),
            String.valueOf(row.work().values()),
            String.valueOf(row.work().gradients()),
            String.valueOf(row.work().products()),
            number(row.seconds(), 1),
            Outcomes.words(row.outcome(), row.residual())));
  }

  private void published(ResultRows rows, PrintWriter out) {
    if (!csv) {
      out.printf("%nmeasured by others, on other images: compare the order%n");
    }
    for (Published p : CleaningStudy.published()) {
      if (p.model() == model) {
        if (csv) {
          ImmutableList<String> rest =
              ImmutableList.<String>builder()
                  .add(number(p.f1(), 2))
                  .addAll(NONE.subList(1, NONE.size()))
                  .build();
          print(rows, p.method(), "", number(p.accuracy(), 2), "", rest, p.source());
        } else {
          out.printf(
              Locale.ROOT,
              "%-22s  %12s  %12s  %s%n",
              p.method(),
              number(p.accuracy(), 2),
              number(p.f1(), 2),
              p.source());
        }
      }
    }
  }

  private void print(
      ResultRows rows,
      String name,
      String runs,
      String accuracy,
      String accuracyStd,
      ImmutableList<String> rest,
      String source) {
    ImmutableList.Builder<String> cells = ImmutableList.builder();
    cells.add(name);
    if (csv) {
      cells.add(model.toString().toLowerCase(Locale.ROOT), runs, accuracy, accuracyStd);
      cells.addAll(rest).add(source);
    } else {
      cells.add(joined(accuracy, accuracyStd), joined(rest.get(0), rest.get(1)));
      cells.addAll(rest.subList(2, rest.size()));
    }
    rows.print(cells.build());
  }

  private static String joined(String mean, String deviation) {
    return deviation.isEmpty() ? mean : mean + " +- " + deviation;
  }

  private static String percent(double share) {
    return number(PERCENT * share, 2);
  }

  private static String spread(Spread spread) {
    return percent(spread.deviation());
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
