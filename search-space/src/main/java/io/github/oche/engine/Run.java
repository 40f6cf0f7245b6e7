package io.github.oche.engine;

import io.github.oche.engine.kernel.Kernels;
import io.github.oche.engine.kernel.Plane;
import java.util.Arrays;

/** What all steps of a pass share: the batch, the variables, the results, and who does the work. */
final class Run {
  /**
   * Images are shared out in this many chunks, whatever the number of threads: few, since each has
   * weight gradients of its own to clear and to add up.
   */
  private static final int FEWEST = 8;

  private static final int MOST = 16;
  private static final int IMAGES = 4;

  final Kernels kernels;
  final int lanes;
  final Workers workers;
  final Scratch[] scratch;

  /** Per channel block: sums of an image, see {@link #sum}. */
  final double[] sums;

  /** Weight gradients of a step, a part for each chunk. */
  final float[] partials;

  final float[] images;
  final int[] labels;
  final float[] masks;
  final float[] statistics;
  final float[] weightGradient;
  final double[] mixingGradient;
  final int dropPaths;

  /** Coefficients of {@link Kernels#combine} that copy one plane, and that add two. */
  final float[] copy;

  final float[] add;

  int count;
  Network.Mode mode = Network.Mode.EVALUATION;
  boolean wantWeights;
  boolean wantMixing;
  float[] w = new float[0];
  float[] mixing = new float[0];
  float[] dw = new float[0];
  float[] dmixing = new float[0];
  private boolean descends;

  Run(Plan plan, Workers workers) {
    Graph graph = plan.graph();
    kernels = plan.kernels();
    lanes = kernels.lanes();
    this.workers = workers;
    scratch = new Scratch[workers.threads()];
    for (int i = 0; i < scratch.length; i++) {
      scratch[i] = new Scratch(plan.scratch());
    }
    sums = new double[plan.sums()];
    partials = new float[plan.partials()];
    images = new float[plan.batch() * graph.input().size()];
    labels = new int[plan.batch()];
    dropPaths = graph.dropPaths();
    masks = new float[plan.batch() * dropPaths];
    Arrays.fill(masks, 1);
    statistics = new float[graph.statistics().size()];
    for (Parameter p : graph.statistics().all()) {
      Arrays.fill(statistics, p.offset(), p.end(), p.start());
    }
    copy = new float[2 * lanes];
    Arrays.fill(copy, 0, lanes, 1);
    add = new float[3 * lanes];
    Arrays.fill(add, 0, 2 * lanes, 1);
    boolean gradients = plan.purpose() != Plan.Purpose.SCORE;
    weightGradient = new float[gradients ? graph.parameters().size() : 0];
    mixingGradient = new double[gradients ? graph.mixingSize() : 0];
  }

  int chunks() {
    return chunks(count);
  }

  static int chunks(int images) {
    return Math.min(images, Math.max(FEWEST, Math.min(MOST, images / IMAGES)));
  }

  /** The chunk whose turn it is. */
  int chunk(int turn) {
    return descends ? chunks() - 1 - turn : turn;
  }

  /** First image of a chunk; that of the next chunk is one past its last. */
  int first(int chunk) {
    return (int) ((long) chunk * count / chunks());
  }

  /**
   * Runs a task for every {@link #chunk}, from the first to the last and the next time from the
   * last to the first: what the end of one pass over the batch has left in the cache the next one
   * finds.
   */
  void eachChunk(Workers.Task task) {
    descends = !descends;
    workers.run(chunks(), task);
  }

  /** Whether the pass needs the gradient with respect to this tensor. */
  boolean needs(Tensor x) {
    return x.hasGradient && (wantWeights || x.mixed);
  }

  float weight(MixtureWeight weight) {
    return weight.isConstant() ? 1 : mixing[weight.index()];
  }

  /** Whether batch norms take their statistics from the batch. */
  boolean readsBatch() {
    return mode != Network.Mode.EVALUATION;
  }

  /** By what drop path multiplies an image; slot -1 is none. */
  float mask(int slot, int image) {
    return slot < 0 || !readsBatch() ? 1 : masks[slot * labels.length + image];
  }

  float weightAlong(MixtureWeight weight) {
    return weight.isConstant() || dmixing.length == 0 ? 0 : dmixing[weight.index()];
  }

  /**
   * The sum over all images, in their order, of entry {@code part} (0: sum x, 1: sum xy) of {@link
   * Kernels#moments} of a channel, where image i's block b was written at {@code base + (i * blocks
   * + b) * 2 * lanes}.
   */
  double sum(int base, int blocks, int channel, int part) {
    int stride = blocks * 2 * lanes;
    int at = base + channel / lanes * 2 * lanes + part * lanes + channel % lanes;
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += sums[at + i * stride];
    }
    return sum;
  }

  int sumsAt(int base, int blocks, int image) {
    return base + image * blocks * 2 * lanes;
  }

  /** Adds up what all chunks left in a range of their parts, in their order, into the first's. */
  void addParts(int at, int length, int stride) {
    int end = chunks() * stride;
    for (int i = at; i < at + length; i++) {
      float sum = partials[i];
      for (int chunk = stride; chunk < end; chunk += stride) {
        sum += partials[i + chunk];
      }
      partials[i] = sum;
    }
  }

  /** Writes a block of an image of a tensor. */
  void combine(Scratch s, Affine a, int image, int block, boolean rectify, Plane to) {
    combine(a.point(s.streams, image, block), a, block, rectify, to, a.x[0].height);
  }

  /** Writes some rows of it. */
  void combine(Scratch s, Affine a, int image, int block, boolean rectify, Plane to, Band band) {
    Plane[] x = a.point(s.streams, image, block);
    for (int k = 0; k < a.streams(); k++) {
      band.of(x[k]);
    }
    combine(x, a, block, rectify, to, band.rows());
  }

  private void combine(Plane[] x, Affine a, int block, boolean rectify, Plane to, int rows) {
    kernels.combine(x, a.streams(), a.c, a.at(block), rectify, to, rows, a.x[0].width);
  }
}
