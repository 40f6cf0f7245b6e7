package io.github.oche.cli;

import static io.github.oche.cli.ResultRows.number;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.Solver;
import io.github.oche.bilevel.problems.Quadratic;
import io.github.oche.darts.MiniBatch;
import io.github.oche.darts.SearchHypergradient;
import io.github.oche.darts.SupernetProblem;
import io.github.oche.engine.Workers;
import io.github.oche.space.SearchSpace;
import io.github.oche.space.Supernet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code oche bilevel cost}: what an upper step of each method takes. */
@Command(
    name = "cost",
    sortOptions = false,
    description = "What an upper step of each method takes, on quadratics and on a supernet.",
    footer = {
      "",
      "T lower steps, as many iterations or terms. outside: share of the time that is not the",
      "objectives' own. kept: arrays of the method and its state, counted, in MB and in vectors as long",
      "as y; anew: vectors that a further step makes. error: of the first direction, taken at the lower",
      "solution, against the exact hypergradient, relative; penalty methods carry their bias. The",
      "supernet: 16 channels, 8 cells, batch 16; CG is damped by 1 there."
    })
final class BilevelCostCommand implements Callable<Integer> {
  private static final double RATE = 0.5;
  private static final double SUPERNET_RATE = 0.025;
  private static final int CHANNELS = 16;
  private static final int CELLS = 8;
  private static final int BATCH = 16;
  private static final double PERCENT = 100;
  private static final double MEGABYTE = 1e6;

  @Spec private CommandSpec spec;

  @Option(
      names = "--sizes",
      paramLabel = "N",
      split = ",",
      defaultValue = "1000,100000,1000000",
      description = "Entries of x and of y of the quadratics (${DEFAULT-VALUE}).")
  private List<Integer> sizes = new ArrayList<>();

  @Option(
      names = "--steps",
      paramLabel = "T",
      split = ",",
      defaultValue = "4,64",
      description = "Lower steps (${DEFAULT-VALUE}); the supernet takes the first.")
  private List<Integer> steps = new ArrayList<>();

  @Option(names = "--supernet", description = "A supernet of two million weights too (minutes).")
  private boolean withSupernet;

  @Option(names = "--csv", description = "Print CSV.")
  private boolean csv;

  @Override
  public Integer call() {
    for (int size : sizes) {
      Ranges.check("--sizes", size, 2, 100_000_000);
    }
    for (int count : steps) {
      Ranges.check("--steps", count, 1, 10_000);
    }
    ResultRows rows =
        new ResultRows(
            spec.commandLine().getOut(),
            csv,
            ImmutableList.of(
                "method",
                "  weights",
                "   T",
                "gradients",
                "products",
                "   seconds",
                "outside %",
                " kept MB",
                "vectors",
                "anew",
                "   error",
                "outcome"));
    for (int size : sizes) {
      INDArray diagonal = Nd4j.linspace(DataType.DOUBLE, 0.5, 1.0 / (size - 1), size);
      for (int count : steps) {
        for (Map.Entry<String, Supplier<Solver>> method :
            BilevelCost.methods(count, RATE, 0).entrySet()) {
          quadratic(rows, method, diagonal, count);
        }
      }
    }
    if (withSupernet) {
      supernet(rows, steps.get(0));
    }
    return ExitCode.DONE;
  }

  private static void quadratic(
      ResultRows rows, Map.Entry<String, Supplier<Solver>> method, INDArray diagonal, int count) {
    INDArray x = diagonal.like().assign(0.25);
    INDArray solution = x.div(diagonal);
    BilevelCost cost = BilevelCost.of(method.getValue(), Quadratic.problem(diagonal), x, solution);
    INDArray exact = solution.div(diagonal).addi(x).subi(1);
    print(rows, method.getKey(), x, count, cost, RelativeError.of(cost.first(), exact));
  }

  private static void supernet(ResultRows rows, int count) {
    BenchSettings settings = new BenchSettings(CHANNELS, CELLS, BATCH, 32, 1, 1);
    Supernet supernet =
        Supernet.of(SearchSpace.darts(settings.image(), CHANNELS, CELLS, BenchSettings.CLASSES));
    SplittableRandom random = new SplittableRandom(0);
    try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors())) {
      SupernetProblem problem =
          new SupernetProblem(supernet, BATCH, SearchHypergradient.EXACT, workers);
      MiniBatch training = settings.images(random);
      MiniBatch validation = settings.images(random);
      problem.training().hold(training);
      problem.validation().hold(validation);
      INDArray y = Nd4j.createFromArray(supernet.graph().parameters().initialise(random));
      INDArray x = Nd4j.createFromArray(new float[supernet.graph().mixingSize()]);
      for (Map.Entry<String, Supplier<Solver>> method :
          BilevelCost.methods(count, SUPERNET_RATE, 1).entrySet()) {
        BilevelCost cost = BilevelCost.of(method.getValue(), problem.bilevel(), x, y);
        print(rows, method.getKey(), y, count, cost, Double.NaN);
      }
    }
  }

  private static void print(
      ResultRows rows, String name, INDArray y, int count, BilevelCost cost, double error) {
    double vector = (double) y.length() * y.dataType().width();
    rows.print(
        ImmutableList.of(
            name,
            String.valueOf(y.length()),
            String.valueOf(count),
            String.valueOf(cost.gradients()),
            String.valueOf(cost.products()),
            number(cost.seconds(), 5),
            number(PERCENT * cost.outside(), 1),
            number(cost.memory().kept() / MEGABYTE, 3),
            number(cost.memory().vectors(y), 1),
            number(cost.memory().anew() / vector, 1),
            RelativeError.text(error),
            Outcomes.words(cost.outcome(), cost.residual())));
  }
}
