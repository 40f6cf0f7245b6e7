package io.github.oche.evaluation;

import com.google.common.collect.ImmutableList;
import io.github.oche.darts.DivergedException;
import io.github.oche.darts.HeapException;
import io.github.oche.darts.Pace;
import io.github.oche.data.Augmentation;
import io.github.oche.data.Batch;
import io.github.oche.data.BatchStream;
import io.github.oche.data.Batches;
import io.github.oche.data.Dataset;
import io.github.oche.data.ImageData;
import io.github.oche.data.Normalisation;
import io.github.oche.data.Order;
import io.github.oche.engine.Graph;
import io.github.oche.engine.Network;
import io.github.oche.engine.Parameter;
import io.github.oche.engine.Plan;
import io.github.oche.engine.Shape;
import io.github.oche.engine.Wanted;
import io.github.oche.engine.Workers;
import io.github.oche.evaluation.model.Model;
import io.github.oche.space.Cost;
import io.github.oche.space.DartsMacro;
import io.github.oche.space.DerivedNetwork;
import io.github.oche.space.Genotype;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Trains the network of a genotype from scratch on the whole training set, and scores it once on
 * the test images.
 *
 * @see <a href="https://arxiv.org/abs/1806.09055">Liu, Simonyan and Yang (2019), DARTS, section 3.2
 *     </a>
 */
public final class Retraining {
  /** The auxiliary head needs 8x8 maps after two reductions. */
  private static final int SIDE_FOR_HEAD = 32;

  private static final float[] NO_MIXING = {};

  /** Of the length of w, beside the plan's memory: w, its momentum, and the model that leaves. */
  private static final long VECTORS = 3;

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
    long start = System.nanoTime();
    Seeds seeds = Seeds.of(settings.seed());
    Dataset images = images(data, settings, seeds);
    Batches training = training(images, settings, seeds);
    Batches testing =
        new Batches(
            test(images),
            settings.batch(),
            Order.FILE,
            Augmentation.NONE,
            images.normalisation(),
            0);
    DartsMacro macro = macro(images, settings);
    Graph graph = DerivedNetwork.of(genotype, macro, settings.dropPath() > 0).graph();
    Plan plan = plan(graph, images, settings);
    try (Workers workers = new Workers(threads)) {
      Run run = new Run(new Network(plan, workers), settings, seeds, training);
      Cost cost = Cost.of(graph);
      listener.started(genotype, cost);
      ImmutableList<TrainingEpoch> epochs = run.train(listener);
      listener.trained(run.model(genotype, macro, images.normalisation()));
      Score score = run.score(testing);
      double seconds = (System.nanoTime() - start) / 1e9;
      return new RetrainingResult(genotype, settings, score, cost, epochs, seconds);
    }
  }

  /** Plans, if the heap holds it. */
  private static Plan plan(Graph graph, Dataset images, RetrainingSettings settings) {
    long pixels = (long) images.train().count() * images.train().imageSize();
    long weights = // more than an int holds, for a network that no heap holds
        graph.parameters().all().stream().mapToLong(Parameter::size).sum();
    long beside = pixels + VECTORS * Float.BYTES * weights;
    String lower = "the batch (" + settings.batch() + "), the channels or the cells";
    HeapException.check("the training", beside, lower); // planning takes some memory itself
    Plan plan = Plan.of(graph, settings.batch(), Plan.Purpose.GRADIENT);
    HeapException.check("the training", beside + plan.memoryBytes(), lower);
    return plan;
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
    test(images);
    training(images, settings, seeds);
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
        .orElseThrow(() -> new IllegalArgumentException("there are no test images"));
  }

  private static Batches training(Dataset images, RetrainingSettings settings, Seeds seeds) {
    return new Batches(
        images.train(),
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
  private record Seeds(long weights, long images, long training, long masks) {
    static Seeds of(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      return new Seeds(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }
  }

  /** One training under way. */
  private static final class Run {
    private final Network network;
    private final RetrainingSettings settings;
    private final Batches training;
    private final DropPathMasks masks;
    private final int classes;
    private final float[] w;
    private final float[] velocity;
    private final Pace pace;
    private long step;

    Run(Network network, RetrainingSettings settings, Seeds seeds, Batches training) {
      this.network = network;
      this.settings = settings;
      this.training = training;
      Graph graph = network.graph();
      masks = new DropPathMasks(seeds.masks(), graph.dropPaths(), settings.batch());
      classes = graph.outputs().get(0).logits().shape().channels();
      w = graph.parameters().initialise(new SplittableRandom(seeds.weights()));
      velocity = new float[w.length];
      pace = new Pace((long) settings.epochs() * training.perEpoch());
    }

    ImmutableList<TrainingEpoch> train(RetrainingListener listener) {
      ImmutableList.Builder<TrainingEpoch> epochs = ImmutableList.builder();
      pace.start();
      for (int epoch = 0; epoch < settings.epochs(); epoch++) {
        TrainingEpoch done = train(epoch, listener);
        epochs.add(done);
        listener.epoch(done);
      }
      return epochs.build();
    }

    private TrainingEpoch train(int epoch, RetrainingListener listener) {
      double rate = settings.weights().rate(epoch, settings.epochs());
      double dropped = settings.dropPath() * epoch / settings.epochs();
      Tally tally = new Tally();
      long start = System.nanoTime();
      int steps = 0;
      try (BatchStream batches = training.epoch(epoch)) {
        while (batches.hasNext()) {
          Batch batch = batches.next();
          double loss = step(batch, rate, dropped);
          tally.add(
              network.logits(0), batch.labels(), batch.count(), classes, loss * batch.count());
          pace.step(batch.count());
          steps++;
          listener.step(
              new TrainingProgress(
                  epoch + 1,
                  settings.epochs(),
                  steps,
                  training.perEpoch(),
                  tally.loss(),
                  tally.accuracy(),
                  pace.imagesPerSecond(),
                  pace.secondsLeft()));
        }
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      return new TrainingEpoch(
          epoch + 1, rate, tally.loss(), tally.accuracy(), seconds, tally.images() / seconds);
    }

    private double step(Batch batch, double rate, double dropped) {
      network.load(batch.images(), batch.labels(), batch.count());
      if (network.graph().dropPaths() > 0) {
        network.dropPath(masks.of(step, batch.count(), dropped));
      }
      double loss = network.forward(w, NO_MIXING, Network.Mode.TRAINING);
      if (!Double.isFinite(loss)) {
        throw new DivergedException(step, "training loss", loss);
      }
      network.backward(Wanted.WEIGHTS);
      double norm = settings.weights().step(w, velocity, network.weightGradient(), rate);
      if (!Double.isFinite(norm)) {
        throw new DivergedException(step, "norm of the gradient", norm);
      }
      step++;
      return loss;
    }

    Model model(Genotype genotype, DartsMacro macro, Normalisation normalisation) {
      return new Model(genotype, macro, Optional.of(normalisation), w, network.statistics(), step);
    }

    Score score(Batches testing) {
      return Scoring.score(network, w, testing, LogitsListener.NONE);
    }
  }
}
