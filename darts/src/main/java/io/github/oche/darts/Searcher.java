package io.github.oche.darts;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import io.github.oche.data.Batch;
import io.github.oche.data.BatchStream;
import io.github.oche.data.Batches;
import io.github.oche.data.Dataset;
import io.github.oche.data.ImageData;
import io.github.oche.data.Order;
import io.github.oche.data.Split;
import io.github.oche.engine.Shape;
import io.github.oche.engine.Workers;
import io.github.oche.space.Discretisation;
import io.github.oche.space.Genotype;
import io.github.oche.space.SearchSpace;
import io.github.oche.space.Supernet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * DARTS: searches a space by gradients. A search is a function of settings, data and space; the
 * number of threads does not change a bit of what it finds.
 *
 * @see <a href="https://arxiv.org/abs/1806.09055">Liu, Simonyan and Yang (2019), DARTS:
 *     differentiable architecture search</a>
 */
public final class Searcher {
  private final SearchSettings settings;

  /**
   * A searcher of these settings.
   *
   * @param settings how to search
   */
  public Searcher(SearchSettings settings) {
    this.settings = settings;
  }

  /**
   * The DARTS space for this data, with the channels and cells of the settings.
   *
   * @param data what its images look like
   * @return the space
   * @throws IllegalArgumentException if the images do not fit
   */
  public SearchSpace space(Dataset data) {
    ImageData images = data.train();
    Shape shape = new Shape(images.channels(), images.height(), images.width());
    return SearchSpace.darts(shape, settings.channels(), settings.cells(), images.classes());
  }

  /**
   * Searches the DARTS space.
   *
   * @param data whose training images alone are searched on
   * @param threads at least 1
   * @param listener hears how it goes
   * @return what was found
   * @throws IllegalArgumentException if data and settings do not fit
   * @throws HeapException if the heap is too small
   * @throws DivergedException if a number becomes NaN or infinite
   */
  public SearchResult search(Dataset data, int threads, SearchListener listener) {
    return search(space(data), data, threads, listener);
  }

  /**
   * Searches a space.
   *
   * @param space what is searched; its network takes images of the data's shape
   * @param data whose training images alone are searched on
   * @param threads at least 1
   * @param listener hears how it goes
   * @return what was found
   * @throws IllegalArgumentException if data and settings do not fit
   * @throws HeapException if the heap is too small
   * @throws DivergedException if a number becomes NaN or infinite
   */
  public SearchResult search(
      SearchSpace space, Dataset data, int threads, SearchListener listener) {
    return search(space, data, threads, listener, Optional.empty());
  }

  /**
   * Searches a space, and goes on from a checkpoint if there is one. The result is that of a search
   * that never stopped.
   *
   * @param space what is searched; its network takes images of the data's shape
   * @param data whose training images alone are searched on
   * @param threads at least 1
   * @param listener hears how it goes
   * @param from what {@link SearchListener#checkpoint} heard of the same search, and wrote
   * @return what was found
   * @throws IllegalArgumentException if data and settings do not fit, or the checkpoint is of
   *     another search, naming what differs
   * @throws HeapException if the heap is too small
   * @throws DivergedException if a number becomes NaN or infinite
   */
  public SearchResult search(
      SearchSpace space,
      Dataset data,
      int threads,
      SearchListener listener,
      Optional<SearchCheckpoint> from) {
    Stopwatch watch = new Stopwatch(threads);
    ImmutableMap<String, String> identity = Flat.of(identity(data));
    from.ifPresent(
        checkpoint -> {
          require(identity, checkpoint);
          watch.add(checkpoint.seconds(), checkpoint.effort());
        });
    Seeds seeds = Seeds.of(settings.seed());
    Split split = ImageShare.of(settings).split(data);
    Batches training = batches(split.training(), data, Order.SHUFFLED, seeds.training());
    Order drawn = settings.freshValidation() ? Order.FRESH : Order.SHUFFLED;
    Batches validation = batches(split.validation(), data, drawn, seeds.validation());

    Supernet supernet = Supernet.of(space);
    int testing = data.test().map(ImageData::count).orElse(0); // which whoever has read them keeps
    long images = ((long) data.train().count() + testing) * data.train().imageSize();
    String lower = "the batch (" + settings.batch() + "), the channels or the cells";
    HeapException.check(
        "the search",
        images + SupernetProblem.vectorBytes(supernet, settings.hypergradient()),
        lower);
    long heapBytes =
        images + SupernetProblem.memoryBytes(supernet, settings.batch(), settings.hypergradient());
    HeapException.check("the search", heapBytes, lower);
    try (Workers workers = new Workers(threads);
        BatchStream fresh =
            validation.from(from.map(checkpoint -> checkpoint.state().steps()).orElse(0L))) {
      listener.planned(heapBytes);
      Run run = new Run(supernet, training, fresh, seeds, workers, listener, from);
      if (from.isEmpty()) {
        listener.drawn(run.state, training, validation);
      }
      return run.all(identity, watch);
    }
  }

  /**
   * All that decides what a search of the DARTS space comes to, as {@code run.json} has it; reads
   * all pixels.
   *
   * @param data what is searched on
   * @return settings and data
   */
  public ImmutableMap<String, Object> identity(Dataset data) {
    return ImmutableMap.of("search", Provenance.of(settings), "data", Provenance.of(data));
  }

  private static void require(ImmutableMap<String, String> identity, SearchCheckpoint from) {
    Flat.difference(from.search(), identity)
        .ifPresent(
            difference -> {
              throw new IllegalArgumentException(
                  "the checkpoint is of another search: " + difference);
            });
  }

  private Batches batches(ImageData images, Dataset data, Order order, long seed) {
    return new Batches(
        images, settings.batch(), order, settings.augmentation(), data.normalisation(), seed);
  }

  /** One search under way. */
  private final class Run {
    private final Supernet supernet;
    private final Batches training;
    private final BatchStream validation;
    private final SearchListener listener;
    private final SearchStep step;
    private final SearchState state;
    private final Pace pace;

    /** The start, and the epochs that are done. */
    private final List<EpochReport> reports = new ArrayList<>();

    Run(
        Supernet supernet,
        Batches training,
        BatchStream validation,
        Seeds seeds,
        Workers workers,
        SearchListener listener,
        Optional<SearchCheckpoint> from) {
      this.supernet = supernet;
      this.training = training;
      this.validation = validation;
      this.listener = listener;
      SupernetProblem problem =
          new SupernetProblem(supernet, settings.batch(), settings.hypergradient(), workers);
      step =
          new SearchStep(
              problem, settings.hypergradient(), settings.weights(), settings.architecture());
      state = from.map(SearchCheckpoint::state).orElseGet(() -> start(seeds));
      reports.addAll(from.map(SearchCheckpoint::epochs).orElse(ImmutableList.of()));
      if (from.isPresent()) {
        requireFit();
      } else {
        reports.add(report(0, Double.NaN, new EpochMeans(), Double.NaN));
      }
      pace = new Pace((long) settings.epochs() * training.perEpoch() - state.steps());
    }

    private SearchState start(Seeds seeds) {
      return SearchState.start(
          supernet.graph().parameters().initialise(new SplittableRandom(seeds.weights())),
          Seeds.normal(
              supernet.graph().mixingSize(),
              settings.alphaDeviation(),
              new SplittableRandom(seeds.alphas())));
    }

    /** Settings and data are the same; the space may be another, or the file not what we wrote. */
    private void requireFit() {
      int weights = supernet.graph().parameters().size();
      int alphas = supernet.graph().mixingSize();
      long steps = (reports.size() - 1L) * training.perEpoch();
      checkArgument(
          state.weights().length == weights
              && state.alphas().length == alphas
              && state.steps() == steps
              && !reports.isEmpty()
              && reports.size() <= settings.epochs() + 1,
          "the checkpoint has %s weights, %s alphas and %s steps, expected %s, %s and %s",
          state.weights().length,
          state.alphas().length,
          state.steps(),
          weights,
          alphas,
          steps);
    }

    /**
     * Searches through the epochs that are left.
     *
     * @param identity of this search, for checkpoints
     * @param watch that ran from its start
     */
    SearchResult all(ImmutableMap<String, String> identity, Stopwatch watch) {
      listener.started(supernet, reports.get(0));
      if (reports.size() > 1) {
        listener.resumed(ImmutableList.copyOf(reports));
      }
      pace.start();
      while (reports.size() <= settings.epochs()) {
        EpochReport done = epoch(reports.size() - 1);
        reports.add(done);
        listener.checkpoint(
            new SearchCheckpoint(
                identity, state, ImmutableList.copyOf(reports), watch.seconds(), watch.effort()));
        listener.epoch(done); // what is told is safe
      }
      listener.finished(
          new SearchedSupernet(
              supernet,
              ImageShare.of(settings),
              Objects.requireNonNull(identity.get("data.sha256")),
              state.weights(),
              state.alphas()));
      return new SearchResult(
          reports.get(reports.size() - 1).genotype(), ImmutableList.copyOf(reports));
    }

    private EpochReport epoch(int epoch) {
      double rate = settings.weights().rate(epoch, settings.epochs());
      EpochMeans means = new EpochMeans();
      long start = System.nanoTime();
      try (BatchStream batches = training.epoch(epoch)) {
        while (batches.hasNext()) {
          Batch batch = batches.next();
          Batch other = validation.next();
          StepReport report = step.run(state, MiniBatch.of(batch), MiniBatch.of(other), rate);
          means.add(report, batch.count(), other.count());
          pace.step(batch.count());
          listener.step(
              new SearchProgress(
                  epoch + 1,
                  settings.epochs(),
                  means.steps(),
                  training.perEpoch(),
                  means.trainingLoss(),
                  means.trainingAccuracy(),
                  means.validationLoss(),
                  report,
                  pace.imagesPerSecond(),
                  pace.secondsLeft()));
        }
      }
      step.requireFiniteWeights(state);
      return report(epoch + 1, rate, means, (System.nanoTime() - start) / 1e9);
    }

    private EpochReport report(int epoch, double rate, EpochMeans means, double seconds) {
      ImmutableDoubleArray.Builder alphas = ImmutableDoubleArray.builder(state.alphas().length);
      for (float alpha : state.alphas()) {
        alphas.add(alpha);
      }
      ImmutableDoubleArray snapshot = alphas.build();
      return new EpochReport(
          epoch,
          rate,
          means.trainingLoss(),
          means.trainingAccuracy(),
          means.validationLoss(),
          means.gradientNorm(),
          means.skipped(),
          seconds,
          means.images() / seconds,
          snapshot,
          genotype(snapshot),
          state.sha256());
    }

    private Genotype genotype(ImmutableDoubleArray alphas) {
      double[] weights = supernet.softmax().weights(alphas.toArray());
      return supernet.genotype(weights, Discretisation.published());
    }
  }
}
