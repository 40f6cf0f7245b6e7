package io.github.oche.engine;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkElementIndex;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;

/**
 * A plan with its memory: runs a network forwards, backwards and along a direction, on the batch it
 * holds.
 *
 * <p>All memory is taken when it is made; a pass allocates nothing. The same input gives the same
 * bits, for any number of threads and any vector width. For one caller at a time. Arrays that it
 * returns are its own and change with the next pass.
 */
public final class Network {
  /** Where batch norms take their statistics from. */
  public enum Mode {
    /** From the batch; the running ones are updated, and drop path drops. */
    TRAINING,
    /** From the batch, as in training, but the running ones stay as they are. */
    BATCH,
    /** From the running statistics. */
    EVALUATION
  }

  private final Plan plan;
  private final Run run;
  private final ImmutableList<Step> steps;
  private final ImmutableList<Wave> waves;
  private final ImmutableList<OutputStep> outputs;
  private final Workers.Task pack;
  private final Workers.Task packAlong;
  private final Stopwatch stopwatch;
  private boolean forward;

  /**
   * Takes the memory of a plan, which must not have made a network before.
   *
   * @param workers who do the work; may be shared by networks that run one after the other
   * @throws OutOfMemoryError if the heap has no {@link Plan#memoryBytes()} left
   */
  public Network(Plan plan, Workers workers) {
    this.plan = plan;
    this.run = new Run(plan, workers);
    this.steps = plan.steps();
    this.waves = plan.waves();
    this.outputs = plan.outputs();
    plan.memory().allocate();
    stopwatch = new Stopwatch(plan, workers.threads());
    waves.forEach(wave -> wave.bind(run, stopwatch));
    pack = (i, worker) -> steps.get(i).pack(run);
    packAlong = (i, worker) -> steps.get(i).packAlong(run);
  }

  /** The network's graph. */
  public Graph graph() {
    return plan.graph();
  }

  /**
   * Sets the batch that passes see from now on; the arrays are copied.
   *
   * @param images [count, channels, height, width]
   * @param labels [count]
   * @param count at most the plan's batch; what follows in longer arrays is ignored
   */
  public void load(float[] images, int[] labels, int count) {
    int size = plan.graph().input().size();
    checkArgument(
        0 < count && count <= plan.batch(),
        "%s images for a network planned for 1 to %s",
        count,
        plan.batch());
    checkArgument(
        images.length >= (long) count * size,
        "%s values, expected %s images of %s",
        images.length,
        count,
        plan.graph().input());
    checkArgument(labels.length >= count, "%s labels for %s images", labels.length, count);
    for (int k = 0; k < outputs.size(); k++) {
      check(labels, count, outputs.get(k).classes());
    }
    System.arraycopy(images, 0, run.images, 0, count * size);
    System.arraycopy(labels, 0, run.labels, 0, count);
    run.count = count;
    forward = false;
  }

  private static void check(int[] labels, int count, int classes) {
    for (int i = 0; i < count; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            "label " + labels[i] + " of image " + i + " is not one of " + classes + " classes");
      }
    }
  }

  /**
   * Sets what drop path multiplies images by in training; 1 everywhere until then.
   *
   * @param masks [slot, image] with as many images a slot as the batch holds: 0, or 1 / (1 - p)
   */
  public void dropPath(float[] masks) {
    checkArgument(
        masks.length >= run.dropPaths * run.count,
        "%s drop path values, expected %s slots x %s images",
        masks.length,
        run.dropPaths,
        run.count);
    for (int slot = 0; slot < run.dropPaths; slot++) {
      System.arraycopy(masks, slot * run.count, run.masks, slot * plan.batch(), run.count);
    }
  }

  /**
   * Runs the batch forwards.
   *
   * @param w weights, in the order of {@link Graph#parameters()}
   * @param mixing mixing weights, in the order of {@link Graph#mixtures()}
   * @return the loss: each output's weight times its mean cross-entropy
   */
  public double forward(float[] w, float[] mixing, Mode mode) {
    checkState(run.count > 0, "load a batch first");
    check("weights", w, plan.graph().parameters().size());
    check("mixing weights", mixing, plan.graph().mixingSize());
    run.w = w;
    run.mixing = mixing;
    run.mode = mode;
    forward = false;
    run.workers.run(steps.size(), pack);
    stopwatch.start();
    for (int i = 0; i < waves.size(); i++) { // an iterator would be allocated
      waves.get(i).forward(false);
      stopwatch.lap(waves.get(i), Timing.Pass.FORWARD, run);
    }
    forward = true;
    double loss = 0;
    for (int i = 0; i < outputs.size(); i++) {
      loss += outputs.get(i).loss(run.count);
    }
    return loss;
  }

  private static void check(String name, float[] values, int size) {
    checkArgument(values.length == size, "%s %s, expected %s", values.length, name, size);
  }

  /**
   * Gradients at the point of the last {@link #forward}, which was not in evaluation mode. Needs a
   * forward pass of its own, since it writes over what that left in memory.
   */
  public void backward(Wanted wanted) {
    start(wanted, plan.purpose() != Plan.Purpose.SCORE);
    stopwatch.start();
    for (int i = waves.size() - 1; i >= 0; i--) {
      waves.get(i).backward(false);
      stopwatch.lap(waves.get(i), Timing.Pass.BACKWARD, run);
    }
  }

  /**
   * The derivative of the gradient along a direction, at the point of the last {@link #forward}:
   * the gradients then hold that instead. Costs about as much as two passes forwards and three
   * backwards. Needs a forward pass of its own, as {@link #backward} does, and not {@link
   * #backward} itself.
   *
   * @param dw direction of the weights; empty for zero; not {@link #weightGradient}, which the pass
   *     writes
   * @param dmixing direction of the mixing weights; empty for zero
   */
  public void along(float[] dw, float[] dmixing, Wanted wanted) {
    checkArgument(
        dw.length == 0 || dw != run.weightGradient,
        "the direction is the network's own gradient, which the pass overwrites; copy it");
    if (dw.length > 0) {
      check("weights in the direction", dw, plan.graph().parameters().size());
    }
    if (dmixing.length > 0) {
      check("mixing weights in the direction", dmixing, plan.graph().mixingSize());
    }
    start(wanted, plan.purpose() == Plan.Purpose.SECOND_ORDER);
    run.dw = dw;
    run.dmixing = dmixing;
    run.workers.run(steps.size(), packAlong);
    stopwatch.start();
    for (int i = 0; i < waves.size(); i++) {
      waves.get(i).forward(true);
      stopwatch.lap(waves.get(i), Timing.Pass.FORWARD_ALONG, run);
    }
    for (int i = waves.size() - 1; i >= 0; i--) {
      waves.get(i).backward(true);
      stopwatch.lap(waves.get(i), Timing.Pass.BACKWARD_ALONG, run);
    }
  }

  private void start(Wanted wanted, boolean planned) {
    checkState(planned, "the network was planned for %s", plan.purpose());
    checkState(
        forward && run.readsBatch(),
        "a forward pass, not in evaluation mode, comes before each backward pass and is used up");
    forward = false;
    run.wantWeights = wanted.weights();
    run.wantMixing = wanted.mixing();
    if (wanted.weights()) {
      Arrays.fill(run.weightGradient, 0);
    }
    Arrays.fill(run.mixingGradient, 0);
  }

  /**
   * Where the time of all passes since {@link #clearTimings} has gone, a step of the plan a row.
   */
  public ImmutableList<Timing> timings() {
    return stopwatch.timings();
  }

  /** Forgets all times so far. */
  public void clearTimings() {
    stopwatch.clear();
  }

  /** The gradient with respect to the weights, where the last pass wanted it. */
  public float[] weightGradient() {
    return run.weightGradient;
  }

  /** The gradient with respect to the mixing weights, where the last pass wanted it. */
  public double[] mixingGradient() {
    return run.mixingGradient;
  }

  /** Running means and variances, in the order of {@link Graph#statistics()}; may be written. */
  public float[] statistics() {
    return run.statistics;
  }

  /**
   * The logits of an output, [batch, classes]; those of the images loaded come first.
   *
   * @param output its place in {@link Graph#outputs()}
   */
  public float[] logits(int output) {
    checkElementIndex(output, outputs.size(), "output");
    Output wanted = plan.graph().outputs().get(output);
    for (OutputStep step : outputs) {
      if (step.isOf(wanted)) {
        return step.logits;
      }
    }
    throw new IllegalStateException("no step computes " + wanted.name());
  }
}
