package io.github.oche.cli;

import com.google.common.collect.ImmutableList;
import io.github.oche.darts.HeapException;
import io.github.oche.darts.MiniBatch;
import io.github.oche.darts.Sgd;
import io.github.oche.engine.Graph;
import io.github.oche.engine.Network;
import io.github.oche.engine.Plan;
import io.github.oche.engine.Timing;
import io.github.oche.engine.Wanted;
import io.github.oche.engine.Workers;
import io.github.oche.space.DartsMacro;
import io.github.oche.space.DerivedNetwork;
import io.github.oche.space.Genotype;
import java.util.SplittableRandom;

/** A derived network: the step that trains it, without drop path, and the one that scores it. */
final class TrainingBench implements Benched {
  private static final long SEED = 0;
  private static final float[] NO_MIXING = {};

  /** What the published training counts the auxiliary loss, which needs images of this side. */
  private static final double AUXILIARY_WEIGHT = 0.4;

  private static final int SIDE_FOR_HEAD = 32;

  /** Of the length of w, beside the plan's memory: w and its momentum. */
  private static final long VECTORS = 2;

  private final BenchSettings settings;
  private final Network network;
  private final long memoryBytes;

  /**
   * Takes the memory.
   *
   * @throws HeapException if the heap is too small; thrown before anything is done
   */
  TrainingBench(BenchSettings settings, Genotype genotype, Workers workers) {
    this.settings = settings;
    Graph graph = DerivedNetwork.of(genotype, macro(settings), false).graph();
    Plan plan = Plan.of(graph, settings.batch(), Plan.Purpose.GRADIENT);
    memoryBytes = plan.memoryBytes() + VECTORS * Float.BYTES * graph.parameters().size();
    HeapException.check(
        "the bench", memoryBytes, "--batch (" + settings.batch() + "), --channels or --cells");
    network = new Network(plan, workers);
  }

  private static DartsMacro macro(BenchSettings s) {
    boolean head = s.size() == SIDE_FOR_HEAD && s.cells() > 1;
    return DartsMacro.of(s.image(), s.channels(), s.cells(), BenchSettings.CLASSES)
        .withAuxiliary(head ? AUXILIARY_WEIGHT : 0);
  }

  @Override
  public ImmutableList<BenchStep> steps() {
    return BenchStep.OF_A_TRAINING;
  }

  @Override
  public long memoryBytes() {
    return memoryBytes;
  }

  @Override
  public Runnable prepare(BenchStep step) {
    SplittableRandom random = new SplittableRandom(SEED);
    float[] w = network.graph().parameters().initialise(random);
    float[] velocity = new float[w.length];
    MiniBatch batch = settings.images(random);
    Sgd rule = Sgd.published();
    if (step == BenchStep.SCORING) {
      return () -> {
        network.load(batch.images(), batch.labels(), batch.count());
        network.forward(w, NO_MIXING, Network.Mode.EVALUATION);
      };
    }
    return () -> {
      network.load(batch.images(), batch.labels(), batch.count());
      network.forward(w, NO_MIXING, Network.Mode.TRAINING);
      network.backward(Wanted.WEIGHTS);
      rule.step(w, velocity, network.weightGradient(), rule.rate());
    };
  }

  @Override
  public ImmutableList<Timing> timings() {
    return network.timings();
  }

  @Override
  public void clearTimings() {
    network.clearTimings();
  }
}
