package io.github.oche.evaluation.tabular;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import io.github.oche.evaluation.trial.Evaluator;
import io.github.oche.evaluation.trial.RandomSearch;
import io.github.oche.evaluation.trial.RegularisedEvolution;
import io.github.oche.evaluation.trial.TrialSearch;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The published comparison on NAS-Bench-201: searches look at the validation accuracy on CIFAR-10
 * after 12 epochs, and what they choose is judged by its test accuracies after 200.
 *
 * <p>Random search and evolution (population 10, sample 3) are run with budgets around the
 * published one, 12,000 seconds of training, which about 100 evaluations fill. Bounds and trivial
 * baselines stand beside them and are exact: where several cells tie, mean and deviation are those
 * of all that do, as if one of them was drawn.
 */
public final class NasBench201Comparison {
  /** What a search may look at. */
  private static final Accuracy SIGNAL = Accuracy.CIFAR10_VALID_12;

  /** What is reported. */
  private static final ImmutableList<Accuracy> TESTS =
      ImmutableList.of(
          Accuracy.CIFAR10_TEST_200, Accuracy.CIFAR100_TEST_200, Accuracy.IMAGENET16_120_TEST_200);

  private static final ImmutableList<Integer> RANDOM_BUDGETS =
      ImmutableList.of(10, 50, 100, 200, 500);
  private static final ImmutableList<Integer> EVOLUTION_BUDGETS =
      ImmutableList.of(50, 100, 200, 500);

  /** Evaluations that about fill the published budget. */
  private static final int PUBLISHED_BUDGET = 100;

  private final NasBench201 table;

  /** A comparison on this table. */
  public NasBench201Comparison(NasBench201 table) {
    this.table = table;
  }

  /**
   * Runs every search once for each seed, 1,710 evaluations a seed: 500 seeds take about a second.
   *
   * @param runs of each search, with the seeds 0 to {@code runs} - 1; at least 1
   * @return the rows: bounds and baselines, random search, evolution, upper bounds
   * @throws IllegalArgumentException if there are no runs
   */
  public ImmutableList<ResultRow> rows(int runs) {
    checkArgument(runs >= 1, "runs is %s, expected at least 1", runs);
    ToDoubleFunction<NasBench201Cell> parameters = NasBench201Network.CIFAR10::parameters;
    ImmutableList.Builder<ResultRow> rows = ImmutableList.builder();
    rows.add(choice("random architecture", 0, table.cells(), null));
    rows.add(choice("fewest parameters", 0, best(c -> -parameters.applyAsDouble(c)), null));
    rows.add(choice("most parameters", 0, best(parameters), null));
    rows.add(
        choice(
            "always skip",
            0,
            ImmutableList.of(NasBench201Cell.of(CellOperation.SKIP_CONNECT)),
            PublishedResult.DARTS));
    TrialSearch<NasBench201Cell> random = new RandomSearch<>(NasBench201Space.INSTANCE);
    for (int budget : RANDOM_BUDGETS) {
      rows.add(search("random search", random, budget, runs, PublishedResult.RS));
    }
    TrialSearch<NasBench201Cell> evolution =
        new RegularisedEvolution<>(NasBench201Space.INSTANCE, 10, 3);
    for (int budget : EVOLUTION_BUDGETS) {
      rows.add(search("regularised evolution", evolution, budget, runs, PublishedResult.REA));
    }
    Evaluator<NasBench201Cell> signal = table.evaluator(SIGNAL);
    rows.add(choice("best by the signal", table.cells().size(), best(signal::evaluate), null));
    rows.add(bestPossible());
    return rows.build();
  }

  private ResultRow search(
      String method,
      TrialSearch<NasBench201Cell> search,
      int budget,
      int runs,
      PublishedResult published) {
    Evaluator<NasBench201Cell> signal = table.evaluator(SIGNAL);
    ImmutableList<NasBench201Cell> found =
        IntStream.range(0, runs)
            .mapToObj(seed -> search.search(signal, budget, seed).architecture())
            .collect(ImmutableList.toImmutableList());
    return choice(method, budget, found, budget == PUBLISHED_BUDGET ? published : null);
  }

  /** All cells for which the value is largest. */
  private ImmutableList<NasBench201Cell> best(ToDoubleFunction<NasBench201Cell> value) {
    double largest = table.cells().stream().mapToDouble(value).max().orElseThrow();
    return table.cells().stream()
        .filter(cell -> value.applyAsDouble(cell) == largest)
        .collect(ImmutableList.toImmutableList());
  }

  /** The best of each set, which no single cell has. */
  private ResultRow bestPossible() {
    ImmutableList<Spread> best =
        TESTS.stream()
            .map(test -> Spread.of(accuracies(best(table.evaluator(test)::evaluate), test)))
            .collect(ImmutableList.toImmutableList());
    return new ResultRow("best possible", 0, best, Optional.of(PublishedResult.OPTIMAL));
  }

  private ResultRow choice(
      String method,
      int evaluations,
      ImmutableList<NasBench201Cell> cells,
      @Nullable PublishedResult published) {
    ImmutableList<Spread> spreads =
        TESTS.stream()
            .map(test -> Spread.of(accuracies(cells, test)))
            .collect(ImmutableList.toImmutableList());
    return new ResultRow(method, evaluations, spreads, Optional.ofNullable(published));
  }

  private double[] accuracies(ImmutableList<NasBench201Cell> cells, Accuracy accuracy) {
    return cells.stream().mapToDouble(cell -> table.accuracy(cell, accuracy)).toArray();
  }
}
