package io.github.oche.engine;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.kernel.Kernels;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * A graph made ready for batches of up to a given size: which steps are run in which order, and
 * where everything lies. Its memory is known before anything runs, and none is taken until the one
 * {@link Network} that it serves is made from it.
 */
public final class Plan {
  /** What a plan is for. */
  public enum Purpose {
    /** Logits and losses only. */
    SCORE,
    /** Gradients too. */
    GRADIENT,
    /** And the derivative of the gradient along a direction. */
    SECOND_ORDER
  }

  private final Graph graph;
  private final int batch;
  private final Purpose purpose;
  private final Kernels kernels;
  private final Memory memory = new Memory();
  private final Scratch.Layout scratch = new Scratch.Layout();
  private final ImmutableList<Step> steps;
  private final ImmutableList<Wave> waves;
  private final ImmutableList<OutputStep> outputs;
  private final int sums;
  private final int partials;

  private Plan(Graph graph, int batch, Purpose purpose, Kernels kernels) {
    this.graph = graph;
    this.batch = batch;
    this.purpose = purpose;
    this.kernels = kernels;
    Compiler compiler = new Compiler(graph, batch, kernels.lanes(), purpose, memory, scratch);
    steps = compiler.steps();
    outputs = compiler.outputs();
    waves = Wave.of(steps, batch, purpose == Purpose.SECOND_ORDER);
    memory.assign(schedule());
    sums = waves.stream().mapToInt(Wave::sums).max().orElse(0);
    int largest = waves.stream().mapToInt(Wave::partials).max().orElse(0);
    partials = purpose == Purpose.SCORE ? 0 : Math.multiplyExact(largest, Run.chunks(batch));
  }

  /**
   * Plans a graph for the best kernels of this machine.
   *
   * @param batch the largest number of images at a time
   */
  public static Plan of(Graph graph, int batch, Purpose purpose) {
    return of(graph, batch, purpose, Kernels.provider());
  }

  static Plan of(Graph graph, int batch, Purpose purpose, Kernels kernels) {
    checkArgument(batch > 0, "batch must be positive, was %s", batch);
    return new Plan(graph, batch, purpose, kernels);
  }

  /**
   * Time runs through the forward pass, the one along a direction, and back, step by step.
   *
   * @return of each time its moment: the steps of a wave share one
   */
  private IntUnaryOperator schedule() {
    IntStream.Builder moments = IntStream.builder();
    int time = 0;
    int moment = 0;
    for (Wave wave : waves) {
      for (Step step : wave.steps()) {
        step.scheduleForward(time++);
        moments.add(moment);
      }
      moment++;
    }
    boolean along = purpose == Purpose.SECOND_ORDER;
    if (along) {
      for (Wave wave : waves) {
        for (Step step : wave.steps()) {
          step.scheduleAlong(time++);
          moments.add(moment);
        }
        moment++;
      }
    }
    if (purpose != Purpose.SCORE) {
      for (Wave wave : waves.reverse()) {
        for (Step step : wave.steps().reverse()) {
          step.scheduleBackward(time++, along);
          moments.add(moment);
        }
        moment++;
      }
    }
    int[] all = moments.build().toArray();
    return t -> all[t];
  }

  /** What is run. */
  public Graph graph() {
    return graph;
  }

  /** The largest number of images at a time. */
  public int batch() {
    return batch;
  }

  /** What it is for. */
  public Purpose purpose() {
    return purpose;
  }

  /**
   * Bytes that a network of this plan takes, with one worker: activations, gradients, packed
   * weights and partial sums.
   */
  public long memoryBytes() {
    long floats =
        memory.floats()
            + partials
            + (long) batch * (graph.input().size() + graph.dropPaths() + 1)
            + graph.statistics().size();
    if (purpose != Purpose.SCORE) {
      floats += graph.parameters().size() + 2L * graph.mixingSize();
    }
    long packed = steps.stream().mapToLong(Step::bytes).sum();
    return 4 * floats + 8L * sums + packed + scratch.bytes() + Stopwatch.bytes(steps.size());
  }

  /** Floats of the tensors that a step touches in a pass with a whole batch. */
  long touched(int step, Timing.Pass pass) {
    int n = steps.size();
    int backward = purpose == Purpose.SECOND_ORDER ? 3 * n - 1 - step : 2 * n - 1 - step;
    return memory.touched(
        switch (pass) {
          case FORWARD -> step;
          case FORWARD_ALONG -> n + step;
          case BACKWARD, BACKWARD_ALONG -> backward;
        });
  }

  Kernels kernels() {
    return kernels;
  }

  Memory memory() {
    return memory;
  }

  Scratch.Layout scratch() {
    return scratch;
  }

  ImmutableList<Step> steps() {
    return steps;
  }

  /** The same steps, in the same order. */
  ImmutableList<Wave> waves() {
    return waves;
  }

  ImmutableList<OutputStep> outputs() {
    return outputs;
  }

  int sums() {
    return sums;
  }

  int partials() {
    return partials;
  }
}
