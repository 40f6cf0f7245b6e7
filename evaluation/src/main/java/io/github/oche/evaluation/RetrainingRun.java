package io.github.oche.evaluation;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.oche.darts.DivergedException;
import io.github.oche.darts.Pace;
import io.github.oche.darts.Stopwatch;
import io.github.oche.data.Batch;
import io.github.oche.data.BatchStream;
import io.github.oche.data.Batches;
import io.github.oche.data.Normalisation;
import io.github.oche.engine.Graph;
import io.github.oche.engine.Network;
import io.github.oche.engine.Wanted;
import io.github.oche.evaluation.model.Model;
import io.github.oche.space.DartsMacro;
import io.github.oche.space.Genotype;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** One training under way. */
final class RetrainingRun {
  private static final float[] NO_MIXING = {};

  private final Network network;
  private final RetrainingSettings settings;
  private final Batches training;
  private final Optional<Batches> validation;
  private final DropPathMasks masks;
  private final int classes;
  private final float[] w;
  private final float[] velocity;
  private final Optional<BestWeights> best;
  private final List<TrainingEpoch> epochs = new ArrayList<>();
  private final Pace pace;
  private long step;

  /**
   * A training before its first step, or after the epochs of a checkpoint.
   *
   * @throws IllegalArgumentException if the checkpoint is not of this network
   */
  RetrainingRun(
      Network network,
      RetrainingSettings settings,
      Retraining.Seeds seeds,
      Batches training,
      Optional<Batches> validation,
      Optional<Checkpoint> from) {
    this.network = network;
    this.settings = settings;
    this.training = training;
    this.validation = validation;
    Graph graph = network.graph();
    masks = new DropPathMasks(seeds.masks(), graph.dropPaths(), settings.batch());
    classes = graph.outputs().get(0).logits().shape().channels();
    w =
        from.map(Checkpoint::weights)
            .orElseGet(() -> graph.parameters().initialise(new SplittableRandom(seeds.weights())));
    velocity = from.map(Checkpoint::velocity).orElseGet(() -> new float[w.length]);
    best =
        validation.map(
            held ->
                from.flatMap(Checkpoint::best)
                    .orElseGet(() -> new BestWeights(w.length, network.statistics().length)));
    from.ifPresent(this::restore);
    step = (long) epochs.size() * training.perEpoch();
    pace = new Pace((long) settings.epochs() * training.perEpoch() - step);
  }

  /** Takes over what is not taken over yet. */
  private void restore(Checkpoint from) {
    float[] statistics = network.statistics();
    checkArgument(
        w.length == network.graph().parameters().size()
            && velocity.length == w.length
            && from.statistics().length == statistics.length
            && from.epochs().size() <= settings.epochs(),
        "the checkpoint has %s weights and %s epochs, expected %s and at most %s",
        w.length,
        from.epochs().size(),
        network.graph().parameters().size(),
        settings.epochs());
    System.arraycopy(from.statistics(), 0, statistics, 0, statistics.length);
    epochs.addAll(from.epochs());
  }

  /** The epochs so far. */
  ImmutableList<TrainingEpoch> epochs() {
    return ImmutableList.copyOf(epochs);
  }

  /**
   * Trains through the epochs that are left.
   *
   * @param identity of this training, for checkpoints
   * @param watch that ran from its start
   */
  void train(RetrainingListener listener, ImmutableMap<String, String> identity, Stopwatch watch) {
    pace.start();
    while (epochs.size() < settings.epochs()) {
      TrainingEpoch done = train(epochs.size(), listener);
      epochs.add(done);
      listener.checkpoint(
          new Checkpoint(
              identity,
              w,
              velocity,
              network.statistics(),
              best,
              epochs(),
              watch.seconds(),
              watch.effort()));
      listener.epoch(done); // what is told is safe
    }
  }

  private TrainingEpoch train(int epoch, RetrainingListener listener) {
    double rate = settings.weights().rate(epoch, settings.epochs());
    double dropped = settings.dropPath(epoch);
    Tally tally = new Tally();
    long start = System.nanoTime();
    int steps = 0;
    try (BatchStream batches = training.epoch(epoch)) {
      while (batches.hasNext()) {
        Batch batch = batches.next();
        double loss = step(batch, rate, dropped);
        tally.add(network.logits(0), batch.labels(), batch.count(), classes, loss * batch.count());
        pace.step(batch.count());
        steps++;
        listener.step(
            new TrainingProgress(
                epoch + 1,
                settings.epochs(),
                steps,
                training.perEpoch(),
                tally.loss(),
                loss,
                tally.accuracy(),
                pace.imagesPerSecond(),
                pace.secondsLeft()));
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new TrainingEpoch(
        epoch + 1,
        rate,
        tally.loss(),
        tally.accuracy(),
        validate(epoch + 1),
        seconds,
        tally.images() / seconds);
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

  /** Scores the held-out images, if there are any, and keeps the network if none was better. */
  private Optional<Score> validate(int epoch) {
    Optional<Score> score = validation.map(held -> score(held, LogitsListener.NONE));
    score.ifPresent(
        s -> best.orElseThrow().offer(epoch, s.errorPercent(), w, network.statistics(), step));
    return score;
  }

  /** The network as it is now. */
  Model model(Genotype genotype, DartsMacro macro, Normalisation normalisation) {
    return new Model(genotype, macro, Optional.of(normalisation), w, network.statistics(), step);
  }

  /** Hands out the last epoch's model, and the best one's. */
  void leave(
      Genotype genotype,
      DartsMacro macro,
      Normalisation normalisation,
      RetrainingListener listener) {
    listener.trained(model(genotype, macro, normalisation));
    Optional<Normalisation> known = Optional.of(normalisation);
    best.ifPresent(
        b ->
            listener.best(
                b.epoch(), new Model(genotype, macro, known, b.w(), b.statistics(), b.steps())));
  }

  /** Scores the network as it is. */
  Score score(Batches images, LogitsListener listener) {
    return Scoring.score(network, w, images, listener);
  }

  /** Scores the best epoch's network, whose statistics are in the place of the last one's then. */
  Optional<BestEpoch> best(Batches testing) {
    return best.map(
        b -> {
          float[] statistics = network.statistics();
          System.arraycopy(b.statistics(), 0, statistics, 0, statistics.length);
          Score score = Scoring.score(network, b.w(), testing, LogitsListener.NONE);
          return new BestEpoch(b.epoch(), b.errorPercent(), score);
        });
  }
}
