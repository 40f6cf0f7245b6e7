package io.github.oche.cli;

import static io.github.oche.cli.ResultRows.number;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.problems.FeatureStudy;
import io.github.oche.bilevel.problems.Samples;
import io.github.oche.data.Dataset;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code oche bilevel features}: a ridge penalty for every pixel. */
@Command(
    name = "features",
    sortOptions = false,
    description =
        "A ridge penalty for every feature: hypergradients against grid and random search.",
    footer = {
      "",
      "Least squares of the classes from means of 2x2 pixels, standardised; a tenth of the training",
      "images to train on, four tenths to validate. All searches cost the same number of gradients",
      "(a product counts two); the losses are those of the exact weights for what they found."
    })
final class FeaturesCommand implements Callable<Integer> {
  private static final int SIDE = 2;
  private static final double PERCENT = 100;

  @Spec private CommandSpec spec;
  @Mixin private DataOptions data;

  @Option(
      names = "--budget",
      paramLabel = "N",
      defaultValue = "6000",
      description = "Gradients that each search may take (${DEFAULT-VALUE}).")
  private long budget;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Of the split and the random search (${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--csv", description = "Print comma-separated values.")
  private boolean csv;

  @Override
  public Integer call() {
    Dataset images = data.read();
    if (data.trainImages() > 0) {
      images = images.limitTrain(data.trainImages(), seed);
    }
    Samples pool = ImageSamples.pooled(images.train(), SIDE).shuffled(seed);
    int size = pool.count() / 10;
    if (size < 2) {
      throw new IllegalArgumentException(
          "there are " + pool.count() + " training images, expected at least 20");
    }
    Samples train = pool.range(0, size);
    Samples validation = pool.range(size, 5 * size).standardised(train);
    Samples test = ImageSamples.pooled(images.test().orElseThrow(), SIDE).standardised(train);
    FeatureStudy study =
        new FeatureStudy(train.standardised(train), validation, test, budget, seed);

    PrintWriter out = spec.commandLine().getOut();
    if (!csv) {
      out.printf(
          Locale.ROOT,
          "%s: %,d training samples, %,d validation, %,d test, %,d features%n%n",
          images.name(),
          train.count(),
          validation.count(),
          test.count(),
          test.dimension());
    }
    ResultRows rows =
        new ResultRows(
            out,
            csv,
            ImmutableList.of(
                "method", "validation loss", "test loss", "test accuracy %", "  cost", "seconds"));
    for (FeatureStudy.Row row : study.rows()) {
      rows.print(
          ImmutableList.of(
              row.method(),
              number(row.validationLoss(), 5),
              number(row.testLoss(), 5),
              number(PERCENT * row.testAccuracy(), 2),
              String.valueOf(row.cost()),
              number(row.seconds(), 1)));
    }
    return ExitCode.DONE;
  }
}
