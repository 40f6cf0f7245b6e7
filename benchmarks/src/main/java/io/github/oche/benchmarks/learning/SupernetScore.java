package io.github.oche.benchmarks.learning;

import com.google.common.primitives.Doubles;
import com.google.common.primitives.Floats;
import io.github.oche.darts.HeapException;
import io.github.oche.darts.SearchState;
import io.github.oche.data.Batch;
import io.github.oche.data.BatchStream;
import io.github.oche.data.Batches;
import io.github.oche.engine.Network;
import io.github.oche.engine.Plan;
import io.github.oche.engine.Workers;
import io.github.oche.space.Supernet;

/** The share of images that a supernet classifies rightly where a search has brought it. */
record SupernetScore(Supernet supernet, SearchState state) {

  /** With the statistics of each batch, for those of a search's steps are of many α. */
  double accuracy(Batches batches, int threads) {
    double[] alphas = Doubles.toArray(Floats.asList(state.alphas()));
    float[] mixing = new float[alphas.length];
    supernet.softmax().mixing(alphas, mixing);
    Plan plan = Plan.of(supernet.graph(), batches.size(), Plan.Purpose.SCORE);
    HeapException.check("the scoring", plan.memoryBytes(), "the batch (" + batches.size() + ")");
    int right = 0;
    try (Workers workers = new Workers(threads);
        BatchStream stream = batches.epoch(0)) {
      Network network = new Network(plan, workers);
      while (stream.hasNext()) {
        Batch batch = stream.next();
        network.load(batch.images(), batch.labels(), batch.count());
        network.forward(state.weights(), mixing, Network.Mode.TRAINING);
        right += right(network.logits(0), batch, batches.images().classes());
      }
    }
    return (double) right / batches.images().count();
  }

  private static int right(float[] logits, Batch batch, int classes) {
    int right = 0;
    for (int i = 0; i < batch.count(); i++) {
      int best = 0;
      for (int k = 1; k < classes; k++) {
        best = logits[i * classes + k] > logits[i * classes + best] ? k : best;
      }
      right += best == batch.labels()[i] ? 1 : 0;
    }
    return right;
  }
}
