package io.github.oche.darts;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.BilevelProblem;
import io.github.oche.engine.Network;
import io.github.oche.engine.Parameter;
import io.github.oche.engine.Plan;
import io.github.oche.engine.Timing;
import io.github.oche.engine.Workers;
import io.github.oche.space.Relaxation;
import io.github.oche.space.Supernet;
import org.jspecify.annotations.Nullable;

/**
 * The bilevel problem of a search: over α the validation loss, over w the training loss, both of
 * one supernet, each on its batch. The two objectives share one network and its memory; each loads
 * its batch when it is its turn. One thread at a time may use it.
 */
public final class SupernetProblem {
  /**
   * Vectors of the length of w beside the plan's memory and what the hypergradient keeps: two here,
   * w and momentum, their mirrors, and w once more while it is written in the end.
   */
  private static final long VECTORS = 8;

  private final Supernet supernet;
  private final Relaxation relaxation;
  private final Network network;
  private final SupernetObjective validation;
  private final SupernetObjective training;
  private @Nullable SupernetObjective loaded;

  /**
   * Takes the memory that the problem needs.
   *
   * @param supernet the network
   * @param batch most images a batch may have
   * @param choice of the searches it is for: exact second derivatives need more memory
   * @param workers who does the work
   */
  public SupernetProblem(
      Supernet supernet, int batch, SearchHypergradient choice, Workers workers) {
    this.supernet = supernet;
    relaxation = supernet.softmax();
    network = new Network(plan(supernet, batch, choice), workers);
    float[] w = new float[supernet.graph().parameters().size()];
    float[] dw = choice.needsProducts() ? new float[w.length] : new float[0];
    validation = new SupernetObjective(this, w, dw);
    training = new SupernetObjective(this, w, dw);
  }

  /**
   * What such a problem and a search on it take; nothing is taken.
   *
   * @param supernet the network
   * @param batch most images a batch may have
   * @param choice of the search
   * @return bytes of heap
   */
  public static long memoryBytes(Supernet supernet, int batch, SearchHypergradient choice) {
    return plan(supernet, batch, choice).memoryBytes() + vectorBytes(supernet, choice);
  }

  /**
   * What the vectors alone take: a bound that is known before there is a plan, which takes some
   * memory itself.
   */
  static long vectorBytes(Supernet supernet, SearchHypergradient choice) {
    long weights = 0; // more than an int holds, for a network that no heap holds
    for (Parameter parameter : supernet.graph().parameters().all()) {
      weights += parameter.size();
    }
    return (VECTORS + choice.vectors()) * Float.BYTES * weights;
  }

  private static Plan plan(Supernet supernet, int batch, SearchHypergradient choice) {
    return Plan.of(
        supernet.graph(),
        batch,
        choice.needsProducts() ? Plan.Purpose.SECOND_ORDER : Plan.Purpose.GRADIENT);
  }

  /** {@return the network that is searched} */
  public Supernet supernet() {
    return supernet;
  }

  /** {@return the upper objective F} */
  public SupernetObjective validation() {
    return validation;
  }

  /** {@return the lower objective f} */
  public SupernetObjective training() {
    return training;
  }

  /** {@return both, as the estimators take them} */
  public BilevelProblem bilevel() {
    return new BilevelProblem(validation, training);
  }

  /** {@return where the time of the network's passes has gone since {@link #clearTimings}} */
  public ImmutableList<Timing> timings() {
    return network.timings();
  }

  /** Forgets all times so far. */
  public void clearTimings() {
    network.clearTimings();
  }

  Relaxation relaxation() {
    return relaxation;
  }

  /** Returns the network with the batch of this objective in it. */
  Network network(SupernetObjective user, MiniBatch batch) {
    if (loaded != user) {
      network.load(batch.images(), batch.labels(), batch.count());
      loaded = user;
    }
    return network;
  }

  /** Says that the objective has another batch than the one that may be loaded. */
  void outdated(SupernetObjective user) {
    if (loaded == user) {
      loaded = null;
    }
  }
}
