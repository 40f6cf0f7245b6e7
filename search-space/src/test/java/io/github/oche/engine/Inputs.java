package io.github.oche.engine;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/**
 * Everything that goes into a network, drawn from a seed: the point, a direction, and a batch.
 *
 * @param w weights; scales of batch norms lie around 1, of either sign
 * @param masks of drop path, [slot, image]
 * @param statistics running ones before the pass
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
record Inputs(
    float[] w,
    float[] mixing,
    float[] dw,
    float[] dmixing,
    float[] images,
    int[] labels,
    int count,
    float[] masks,
    float[] statistics) {

  static Inputs of(Graph graph, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] w = graph.parameters().initialise(random);
    float[] dw = new float[w.length];
    for (Parameter p : graph.parameters().all()) {
      for (int i = p.offset(); i < p.end(); i++) {
        if (p.bound() == 0) {
          w[i] = (float) ((random.nextInt(4) == 0 ? -1 : 1) * random.nextDouble(0.5, 1.5));
        }
        dw[i] = (float) (random.nextDouble(-1, 1) * (p.bound() == 0 ? 0.5 : p.bound()));
      }
    }
    int classes =
        graph.outputs().stream().mapToInt(o -> o.logits().shape().channels()).min().orElseThrow();
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = random.nextInt(classes);
    }
    int size = count * graph.input().size();
    int drops = graph.dropPaths() * count;
    return new Inputs(
        w,
        floats(graph.mixingSize(), () -> random.nextDouble(0.2, 1)),
        dw,
        floats(graph.mixingSize(), () -> random.nextDouble(-1, 1)),
        floats(size, () -> random.nextDouble(-1.7, 1.7)),
        labels,
        count,
        floats(drops, () -> random.nextInt(4) == 0 ? 0 : 1.25),
        floats(graph.statistics().size(), () -> random.nextDouble(0.5, 1.5)));
  }

  private static float[] floats(int n, DoubleSupplier source) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) source.getAsDouble();
    }
    return x;
  }

  /** The same point with another batch size, as the first images of this. */
  Inputs first(int count, Graph graph) {
    float[] fewer = new float[graph.dropPaths() * count];
    for (int slot = 0; slot < graph.dropPaths(); slot++) {
      System.arraycopy(masks, slot * this.count, fewer, slot * count, count);
    }
    return new Inputs(w, mixing, dw, dmixing, images, labels, count, fewer, statistics);
  }
}
