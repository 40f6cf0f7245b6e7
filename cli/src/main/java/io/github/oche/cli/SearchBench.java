package io.github.oche.cli;

import com.google.common.collect.ImmutableList;
import io.github.oche.darts.Adam;
import io.github.oche.darts.HeapException;
import io.github.oche.darts.MiniBatch;
import io.github.oche.darts.SearchHypergradient;
import io.github.oche.darts.SearchState;
import io.github.oche.darts.SearchStep;
import io.github.oche.darts.Sgd;
import io.github.oche.darts.SupernetProblem;
import io.github.oche.engine.Timing;
import io.github.oche.engine.Workers;
import io.github.oche.space.SearchSpace;
import io.github.oche.space.Supernet;
import java.util.Collections;
import java.util.SplittableRandom;

/** The steps of a search: a supernet of the DARTS space. */
final class SearchBench implements Benched {
  private static final long SEED = 0;

  private final BenchSettings settings;
  private final ImmutableList<BenchStep> steps;
  private final SupernetProblem problem;
  private final long memoryBytes;

  /**
   * Takes the memory.
   *
   * @param steps at least one, of a search
   * @throws HeapException if the heap is too small; thrown before anything is done
   */
  SearchBench(BenchSettings settings, ImmutableList<BenchStep> steps, Workers workers) {
    this.settings = settings;
    this.steps = steps;
    SearchHypergradient order = order(Collections.max(steps));
    Supernet supernet = supernet(settings);
    memoryBytes = SupernetProblem.memoryBytes(supernet, settings.batch(), order);
    HeapException.check(
        "the bench", memoryBytes, "--batch (" + settings.batch() + "), --channels or --cells");
    problem = new SupernetProblem(supernet, settings.batch(), order, workers);
  }

  /** Bytes of heap that the steps but the exact one take; nothing is taken. */
  static long memoryBytes(BenchSettings settings) {
    return SupernetProblem.memoryBytes(
        supernet(settings), settings.batch(), SearchHypergradient.SECOND);
  }

  private static Supernet supernet(BenchSettings s) {
    return Supernet.of(
        SearchSpace.darts(s.image(), s.channels(), s.cells(), BenchSettings.CLASSES));
  }

  @Override
  public ImmutableList<BenchStep> steps() {
    return steps;
  }

  @Override
  public long memoryBytes() {
    return memoryBytes;
  }

  @Override
  public Runnable prepare(BenchStep step) {
    SplittableRandom random = new SplittableRandom(SEED);
    SearchState state = state(random);
    MiniBatch training = settings.images(random);
    MiniBatch validation = settings.images(random);
    Sgd rule = Sgd.published();
    SearchStep search = new SearchStep(problem, order(step), rule, Adam.published());
    return step == BenchStep.WEIGHTS
        ? () -> search.weights(state, training, rule.rate())
        : () -> search.run(state, training, validation, rule.rate());
  }

  private static SearchHypergradient order(BenchStep step) {
    return switch (step) {
      case WEIGHTS, FIRST_ORDER -> SearchHypergradient.FIRST;
      case SECOND_ORDER -> SearchHypergradient.SECOND;
      case EXACT -> SearchHypergradient.EXACT;
      case TRAINING, SCORING ->
          throw new IllegalArgumentException(step.label() + " is no step of a search");
    };
  }

  private SearchState state(SplittableRandom random) {
    Supernet supernet = problem.supernet();
    return SearchState.start(
        supernet.graph().parameters().initialise(random), new float[supernet.graph().mixingSize()]);
  }

  @Override
  public ImmutableList<Timing> timings() {
    return problem.timings();
  }

  @Override
  public void clearTimings() {
    problem.clearTimings();
  }
}
