package io.github.oche.evaluation;

import com.google.common.collect.ImmutableMap;
import io.github.oche.darts.DivergedException;
import io.github.oche.darts.Flat;
import io.github.oche.darts.HeapException;
import io.github.oche.darts.Provenance;
import io.github.oche.darts.Stopwatch;
import io.github.oche.data.Augmentation;
import io.github.oche.data.Batches;
import io.github.oche.data.Dataset;
import io.github.oche.data.ImageData;
import io.github.oche.data.Order;
import io.github.oche.engine.Graph;
import io.github.oche.engine.Network;
import io.github.oche.engine.Plan;
import io.github.oche.engine.Shape;
import io.github.oche.engine.Workers;
import io.github.oche.space.Cost;
import io.github.oche.space.DartsMacro;
import io.github.oche.space.DerivedNetwork;
import io.github.oche.space.Genotype;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Trains the network of a genotype from scratch, and scores it at the end on the test images.
 *
 * <p>As published, all training images move the weights, and the last epoch counts. Where the
 * settings hold some out, these choose an epoch, whose network is scored beside the last one's; the
 * test images have no part in any choice.
 *
 * @see <a href="https://arxiv.org/abs/1806.09055">Liu, Simonyan and Yang (2019), DARTS, section 3.2
 *     </a>
 */
public final class Retraining {
  /** The auxiliary head needs 8x8 maps after two reductions. */
  private static final int SIDE_FOR_HEAD = 32;

  /** Of the length of w, beside the plan's memory: w, its momentum, and the model that leaves. */
  private static final long VECTORS = 3;

  /** Those for the best epoch: a copy, and the model that leaves. */
  private static final long VECTORS_OF_BEST = 2;

  private Retraining() {}

  /**
   * Trains and scores.
   *
   * @param data training and test images; where the settings ask for an auxiliary head, smaller
   *     ones are padded with zeros to 32x32
   * @param threads at least 1; their number does not change the result
   * @throws IllegalArgumentException if genotype, data and settings do not fit
   * @throws HeapException if the heap is too small; thrown before anything is done
   * @throws DivergedException if a loss or a gradient becomes NaN or infinite
   */
  public static RetrainingResult train(
      Genotype genotype,
      Dataset data,
      RetrainingSettings settings,
      int threads,
      RetrainingListener listener) {
    return train(genotype, data, settings, threads, listener, Optional.empty());
  }

  /**
   * Trains and scores, and goes on from a checkpoint if there is one. The result is that of a
   * training that never stopped, to the bit, but for the time.
   *
   * @param from what {@link RetrainingListener#checkpoint} heard of the same training, and wrote
   * @throws IllegalArgumentException also if the checkpoint is of another training, naming what
   *     differs
   */
  public static RetrainingResult train(
      Genotype genotype,
      Dataset data,
      RetrainingSettings settings,
      int threads,
      RetrainingListener listener,
      Optional<Checkpoint> from) {
    Stopwatch watch = new Stopwatch(threads);
    ImmutableMap<String, String> identity = Flat.of(identity(genotype, data, settings));
    from.ifPresent(
        checkpoint -> {
          require(identity, checkpoint);
          watch.add(checkpoint.seconds(), checkpoint.effort());
        });
    Seeds seeds = Seeds.of(settings.seed());
    Dataset images = images(data, settings, seeds);
    HeldOut parts = parts(images, settings, seeds);
    Batches training = training(parts, images, settings, seeds);
    Batches testing = inOrder(test(images), images, settings);
    DartsMacro macro = macro(images, settings);
    Graph graph = DerivedNetwork.of(genotype, macro, settings.dropPath() > 0).graph();
    Plan plan = plan(graph, data, images, settings, listener);
    try (Workers workers = new Workers(threads)) {
      RetrainingRun run =
          new RetrainingRun(
              new Network(plan, workers),
              settings,
              seeds,
              training,
              parts.validation().map(held -> inOrder(held, images, settings)),
              from);
      Cost cost = Cost.of(graph);
      listener.started(genotype, cost);
      if (from.isPresent()) {
        listener.resumed(run.epochs());
      } else {
        listener.drawn(run.model(genotype, macro, images.normalisation()), training);
      }
      run.train(listener, identity, watch);
      run.leave(genotype, macro, images.normalisation(), listener);
      ConfusionCounter confusion = new ConfusionCounter(images.classNames());
      Score score = run.score(testing, confusion);
      Optional<BestEpoch> best = run.best(testing);
      RetrainingFigures figures =
          new RetrainingFigures(genotype, settings, score, cost, watch.seconds(), best);
      return new RetrainingResult(figures, run.epochs(), confusion.confusion());
    }
  }

  /**
   * All that decides what a training comes to, as {@code run.json} has it; reads all pixels.
   *
   * @return genotype, settings and data
   */
  public static ImmutableMap<String, Object> identity(
      Genotype genotype, Dataset data, RetrainingSettings settings) {
    return identity(genotype, Provenance.of(data), settings);
  }

  /**
   * The same, of data whose pixels have been read before.
   *
   * @param data as {@link Provenance} has them
   */
  public static ImmutableMap<String, Object> identity(
      Genotype genotype, ImmutableMap<String, Object> data, RetrainingSettings settings) {
    return ImmutableMap.of(
        "genotype", genotype, "evaluation", Provenance.of(settings), "data", data);
  }

  private static void require(ImmutableMap<String, String> identity, Checkpoint from) {
    Flat.difference(from.training(), identity)
        .ifPresent(
            difference -> {
              throw new IllegalArgumentException(
                  "the checkpoint is of another training: " + difference);
            });
  }

  /** Plans, if the heap holds it. */
  private static Plan plan(
      Graph graph,
      Dataset data,
      Dataset images,
      RetrainingSettings settings,
      RetrainingListener listener) {
    long pixels = pixels(data);
    if (images.train().imageSize() != data.train().imageSize()) { // padded, so copied
      pixels += pixels(images);
    }
    long vectors = VECTORS + (settings.validation() > 0 ? VECTORS_OF_BEST : 0);
    long beside = pixels + vectors * Float.BYTES * graph.parameters().count();
    String lower = "the batch (" + settings.batch() + "), the channels or the cells";
    HeapException.check("the training", beside, lower); // planning takes some memory itself
    Plan plan = Plan.of(graph, settings.batch(), Plan.Purpose.GRADIENT);
    HeapException.check("the training", beside + plan.memoryBytes(), lower);
    listener.planned(beside + plan.memoryBytes());
    return plan;
  }

  private static long pixels(Dataset data) {
    long images = data.train().count() + (long) data.test().map(ImageData::count).orElse(0);
    return images * data.train().imageSize();
  }

  /**
   * Checks that data and settings fit each other, so that a search need not be done first to learn
   * that they do not.
   *
   * @throws IllegalArgumentException if they do not
   */
  public static void check(Dataset data, RetrainingSettings settings) {
    Seeds seeds = Seeds.of(settings.seed());
    Dataset images = images(data, settings, seeds);
    inOrder(test(images), images, settings);
    training(parts(images, settings, seeds), images, settings, seeds);
    macro(images, settings);
  }

  private static Dataset images(Dataset data, RetrainingSettings settings, Seeds seeds) {
    Dataset images = settings.auxiliaryWeight() > 0 ? data.padTo(SIDE_FOR_HEAD) : data;
    return settings.trainImages() == 0
        ? images
        : images.limitTrain(settings.trainImages(), seeds.images());
  }

  private static ImageData test(Dataset images) {
    return images
        .test()
        .filter(test -> test.count() > 0)
        .orElseThrow(() -> new IllegalArgumentException("there are no test images"));
  }

  private static HeldOut parts(Dataset images, RetrainingSettings settings, Seeds seeds) {
    return HeldOut.of(images.train(), settings.validation(), seeds.validation());
  }

  private static Batches inOrder(ImageData part, Dataset images, RetrainingSettings settings) {
    return new Batches(
        part, settings.batch(), Order.FILE, Augmentation.NONE, images.normalisation(), 0);
  }

  private static Batches training(
      HeldOut parts, Dataset images, RetrainingSettings settings, Seeds seeds) {
    return new Batches(
        parts.training(),
        settings.batch(),
        Order.SHUFFLED,
        settings.augmentation(),
        images.normalisation(),
        seeds.training());
  }

  private static DartsMacro macro(Dataset images, RetrainingSettings settings) {
    ImageData train = images.train();
    Shape shape = new Shape(train.channels(), train.height(), train.width());
    return DartsMacro.of(shape, settings.channels(), settings.cells(), train.classes())
        .withAuxiliary(settings.auxiliaryWeight());
  }

  /** One seed, split into independent ones for all that chance decides. */
  record Seeds(long weights, long images, long training, long masks, long validation) {
    static Seeds of(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      return new Seeds(
          random.nextLong(),
          random.nextLong(),
          random.nextLong(),
          random.nextLong(),
          random.nextLong());
    }
  }
}
