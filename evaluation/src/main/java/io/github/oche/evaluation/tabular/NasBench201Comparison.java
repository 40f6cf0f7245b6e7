package io.github.oche.evaluation.tabular;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import io.github.oche.evaluation.report.Fact;
import io.github.oche.evaluation.report.PublishedTables;
import io.github.oche.evaluation.report.Spread;
import io.github.oche.evaluation.report.StudyFacts;
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

  private static final int POPULATION = 10;
  private static final int SAMPLE = 3;

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
    PublishedTables published = PublishedTables.load();
    ImmutableList.Builder<ResultRow> rows = ImmutableList.builder();
    rows.add(choice("random architecture", 0, table.cells(), null));
    rows.add(choice("fewest parameters", 0, best(c -> -parameters.applyAsDouble(c)), null));
    rows.add(choice("most parameters", 0, best(parameters), null));
    rows.add(
        choice(
            "always skip",
            0,
            ImmutableList.of(NasBench201Cell.of(CellOperation.SKIP_CONNECT)),
            PublishedResult.darts(published)));
    TrialSearch<NasBench201Cell> random = new RandomSearch<>(NasBench201Space.INSTANCE);
    for (int budget : RANDOM_BUDGETS) {
      rows.add(search("random search", random, budget, runs, PublishedResult.RS));
    }
    TrialSearch<NasBench201Cell> evolution =
        new RegularisedEvolution<>(NasBench201Space.INSTANCE, POPULATION, SAMPLE);
    for (int budget : EVOLUTION_BUDGETS) {
      rows.add(search("regularised evolution", evolution, budget, runs, PublishedResult.REA));
    }
    Evaluator<NasBench201Cell> signal = table.evaluator(SIGNAL);
    rows.add(choice("best by the signal", table.cells().size(), best(signal::evaluate), null));
    rows.add(bestPossible(published));
    return rows.build();
  }

  /**
   * What is known of this comparison, for the checklist.
   *
   * @param runs as in {@link #rows}
   */
  public static StudyFacts facts(int runs) {
    String oneTable = "all accuracies are of one table of trained cells";
    String benchmark = "not told of the benchmark's trainings: see its paper";
    return StudyFacts.none()
        .yes(Fact.TRAINING_CODE, "that of the benchmark, whose authors published it")
        .yes(Fact.SEARCH_CODE, "both searches are part of Oche")
        .unknown(Fact.CODE_AS_RUN, "the program cannot see whether its source was changed")
        .yes(Fact.SAME_SPACE, "the 15,625 cells")
        .yes(Fact.SAME_TRAINING, oneTable)
        .yes(Fact.SAME_SPLIT, oneTable)
        .no(Fact.ABLATION, "no part of the searches is left out or changed")
        .yes(Fact.SAME_SELECTION, "each search returns the best cell that it saw by one signal")
        .yes(Fact.TEST_UNTOUCHED, "test accuracy chooses in no row but the bound \"best possible\"")
        .yes(Fact.SEVERAL_BUDGETS, "from " + RANDOM_BUDGETS.get(0) + " evaluations on")
        .yes(Fact.RANDOM_SAMPLING, "row \"random architecture\"")
        .yes(Fact.RANDOM_SEARCH, "at every budget of evolution")
        .runs(Fact.SEARCH_SEEDS, runs, runs == 1 ? "run of each search" : "runs of each search")
        .no(
            Fact.TRAINING_SEEDS,
            "a cell's accuracy is the mean over its trainings, whose spread is not in the table")
        .yes(Fact.SEEDS_TOLD, "they count from 0")
        .yes(Fact.TABULAR, "this is one")
        .yes(Fact.SAME_MACHINE, oneTable)
        .yes(Fact.SAME_VERSIONS, oneTable)
        .yes(
            Fact.SEARCH_SETTINGS,
            "population " + POPULATION + ", sample " + SAMPLE + "; random search has none")
        .yes(Fact.TUNING_TOLD, "they are the published ones, not tuned here")
        .no(Fact.SEARCH_COST, "told in evaluations alone: the table has no training times")
        .yes(Fact.SELECTION_COST, "none: the best cell seen is returned")
        .no(Fact.HARDWARE_TOLD, benchmark)
        .no(Fact.VERSIONS_TOLD, benchmark)
        .no(Fact.TRAINING_SETTINGS, benchmark);
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
  private ResultRow bestPossible(PublishedTables published) {
    ImmutableList<Spread> best =
        TESTS.stream()
            .map(test -> Spread.ofAll(accuracies(best(table.evaluator(test)::evaluate), test)))
            .collect(ImmutableList.toImmutableList());
    return new ResultRow("best possible", 0, best, Optional.of(PublishedResult.optimal(published)));
  }

  private ResultRow choice(
      String method,
      int evaluations,
      ImmutableList<NasBench201Cell> cells,
      @Nullable PublishedResult published) {
    ImmutableList<Spread> spreads =
        TESTS.stream()
            .map(test -> Spread.ofAll(accuracies(cells, test)))
            .collect(ImmutableList.toImmutableList());
    return new ResultRow(method, evaluations, spreads, Optional.ofNullable(published));
  }

  private double[] accuracies(ImmutableList<NasBench201Cell> cells, Accuracy accuracy) {
    return cells.stream().mapToDouble(cell -> table.accuracy(cell, accuracy)).toArray();
  }
}
