package io.github.oche.cli;

import io.github.oche.darts.Adam;
import io.github.oche.darts.HeapException;
import io.github.oche.darts.MiniBatch;
import io.github.oche.darts.SearchOrder;
import io.github.oche.darts.SearchState;
import io.github.oche.darts.SearchStep;
import io.github.oche.darts.Sgd;
import io.github.oche.darts.SupernetProblem;
import io.github.oche.engine.Shape;
import io.github.oche.engine.Workers;
import io.github.oche.space.SearchSpace;
import io.github.oche.space.Supernet;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code oche bench}: seconds a search step, on random images. */
@Command(
    name = "bench",
    sortOptions = false,
    description = "Measures the steps of a search: median seconds of each kind, and peak memory.",
    footer = {
      "",
      "weights: a step of the weights. first-order and second-order: a step of the architecture, the",
      "second with the published finite difference, and then one of the weights."
    })
final class BenchCommand implements Callable<Integer> {
  private static final int RGB = 3;
  private static final int CLASSES = 10;

  /** Steps before the clock runs: the compiler has done its work after three or four. */
  private static final int WARM_UP = 5;

  private static final long SEED = 0;

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

  @Override
  public Integer call() {
    Ranges.check("--repeats", repeats, 1, 100_000);
    Ranges.check("--batch", batch, 1, 100_000);
    Supernet supernet =
        Supernet.of(SearchSpace.darts(new Shape(RGB, size, size), channels, cells, CLASSES));
    HeapException.check(
        "the bench",
        SupernetProblem.memoryBytes(supernet, batch, SearchOrder.SECOND),
        "--batch (" + batch + "), --channels or --cells");
    try (Workers workers = new Workers(Threads.of(threads))) {
      SupernetProblem problem = new SupernetProblem(supernet, batch, SearchOrder.SECOND, workers);
      print("weights", weightStep(problem));
      print("first-order", searchStep(problem, SearchOrder.FIRST));
      print("second-order", searchStep(problem, SearchOrder.SECOND));
    }
    spec.commandLine().getOut().println("peak-rss-mb " + PeakMemory.megabytes());
    return ExitCode.DONE;
  }

  private double weightStep(SupernetProblem problem) {
    SplittableRandom random = new SplittableRandom(SEED);
    SearchState state = state(problem.supernet(), random);
    MiniBatch training = images(random);
    Sgd rule = Sgd.published();
    SearchStep step = new SearchStep(problem, SearchOrder.FIRST, rule, Adam.published());
    return median(() -> step.weights(state, training, rule.rate()));
  }

  private double searchStep(SupernetProblem problem, SearchOrder order) {
    SplittableRandom random = new SplittableRandom(SEED);
    SearchState state = state(problem.supernet(), random);
    MiniBatch training = images(random);
    MiniBatch validation = images(random);
    Sgd rule = Sgd.published();
    SearchStep step = new SearchStep(problem, order, rule, Adam.published());
    return median(() -> step.run(state, training, validation, rule.rate()));
  }

  private static SearchState state(Supernet supernet, SplittableRandom random) {
    return SearchState.start(
        supernet.graph().parameters().initialise(random), new float[supernet.graph().mixingSize()]);
  }

  private MiniBatch images(SplittableRandom random) {
    float[] images = new float[batch * RGB * size * size];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    int[] labels = random.ints(batch, 0, CLASSES).toArray();
    return new MiniBatch(images, labels, batch);
  }

  private double median(Runnable step) {
    for (int i = 0; i < WARM_UP; i++) {
      step.run();
    }
    double[] seconds = new double[repeats];
    for (int i = 0; i < repeats; i++) {
      long start = System.nanoTime();
      step.run();
      seconds[i] = (System.nanoTime() - start) / 1e9;
    }
    Arrays.sort(seconds);
    return (seconds[(repeats - 1) / 2] + seconds[repeats / 2]) / 2;
  }

  private void print(String name, double seconds) {
    spec.commandLine().getOut().println(String.format(Locale.ROOT, "%s %.4f", name, seconds));
  }
}
