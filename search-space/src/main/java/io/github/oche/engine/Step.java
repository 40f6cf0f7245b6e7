package io.github.oche.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One piece of a plan: computes a tensor from others, image by image, and takes its gradient back.
 *
 * <p>The {@code schedule} methods are called once, in the order of execution, when the plan is
 * made; they say what is touched when. The others run the step: first {@code start}, then every
 * image on some worker, then {@code finish}. A backward pass along a direction also repeats the
 * plain one, since its intermediate results are not kept.
 */
abstract class Step {
  /** What it computes. */
  final Tensor out;

  /** Batch norms of what it computes, which it measures image by image while that is in cache. */
  private final List<Norm> norms = new ArrayList<>(1);

  private @Nullable Run run;
  private String part = "";

  // Made once, so that running a step allocates nothing.
  private final Workers.Task forward = this::forward;
  private final Workers.Task forwardAlong = this::forwardAlong;
  private final Workers.Task backward = (chunk, worker) -> backward(chunk, worker, false);
  private final Workers.Task backwardAlong = (chunk, worker) -> backward(chunk, worker, true);
  private final Workers.Task unpack = (piece, worker) -> unpack(run(), piece, partials());

  Step(Tensor out) {
    this.out = out;
  }

  /** Says where in the network it stands. */
  final void standsIn(String part) {
    this.part = part;
  }

  final String part() {
    return part;
  }

  /** What it computes, for a reader of timings. */
  abstract String kind();

  /** Multiply-adds of its weights with one image. */
  long multiplyAdds() {
    return 0;
  }

  /** Whether it takes the gradient on to what it read. */
  boolean givesGradient(Run run) {
    return false;
  }

  final void bind(Run run) {
    this.run = run;
  }

  private Run run() {
    return Present.of(run);
  }

  abstract void scheduleForward(int time);

  abstract void scheduleAlong(int time);

  abstract void scheduleBackward(int time, boolean along);

  /** Doubles of sums that it needs at once. */
  int sums(int batch, boolean along) {
    return 0;
  }

  /** Floats of weight gradients for each chunk of images. */
  int partials() {
    return 0;
  }

  /** Bytes of its own, packed weights say. */
  long bytes() {
    return 0;
  }

  /** Rearranges its weights for the kernels. */
  void pack(Run run) {}

  /** Rearranges the direction of its weights. */
  void packAlong(Run run) {}

  /** Whether a forward pass has anything to do for an image. */
  boolean worksForward() {
    return true;
  }

  /** Whether a backward pass has. */
  boolean worksBackward() {
    return true;
  }

  void startForward(Run run) {}

  abstract void forward(Run run, Scratch s, int image);

  void startForwardAlong(Run run) {}

  abstract void forwardAlong(Run run, Scratch s, int image);

  /** Adds weight gradients to {@code run.partials} from {@code at} on. */
  void backward(Run run, Scratch s, int image, int at) {}

  void finishBackward(Run run) {}

  void backwardAlong(Run run, Scratch s, int image, int at) {}

  void finishBackwardAlong(Run run) {}

  /** In how many pieces its weight gradient is added up over the chunks. */
  int unpackPieces() {
    return 0;
  }

  void unpack(Run run, int piece, int stride) {}

  /** Asks it to measure its output for a batch norm. */
  final void measures(Norm norm) {
    norms.add(norm);
  }

  /** Computes the output of the whole batch. */
  final void forward() {
    Run run = run();
    startForward(run);
    if (worksForward()) {
      run.eachChunk(forward);
    }
    for (int i = 0; i < norms.size(); i++) {
      norms.get(i).finish(run);
    }
  }

  /** Computes the output's derivative along the run's direction, after {@link #forward()}. */
  final void forwardAlong() {
    Run run = run();
    startForwardAlong(run);
    if (worksForward()) {
      run.eachChunk(forwardAlong);
    }
    for (int i = 0; i < norms.size(); i++) {
      norms.get(i).finishAlong(run);
    }
  }

  /** Takes the output's gradient back; done only where {@link Run#needs} it. */
  final void backward() {
    Run run = run();
    if (worksBackward()) {
      run.eachChunk(backward);
    }
    finishBackward(run);
    unpack(run);
  }

  /** Likewise the gradient and its derivative. */
  final void backwardAlong() {
    Run run = run();
    if (worksBackward()) {
      run.eachChunk(backwardAlong);
    }
    finishBackwardAlong(run);
    unpack(run);
  }

  private void unpack(Run run) {
    if (run.wantWeights) {
      run.workers.run(unpackPieces(), unpack);
    }
  }

  private void forward(int chunk, int worker) {
    Run run = run();
    Scratch s = run.scratch[worker];
    for (int image = run.first(chunk); image < run.first(chunk + 1); image++) {
      forward(run, s, image);
      if (run.training && !norms.isEmpty()) {
        norms.get(0).measure(run, image, s);
      }
    }
  }

  private void forwardAlong(int chunk, int worker) {
    Run run = run();
    Scratch s = run.scratch[worker];
    for (int image = run.first(chunk); image < run.first(chunk + 1); image++) {
      forwardAlong(run, s, image);
      if (!norms.isEmpty()) {
        norms.get(0).measureAlong(run, image, s);
      }
    }
  }

  private void backward(int chunk, int worker, boolean along) {
    Run run = run();
    Scratch s = run.scratch[worker];
    int at = chunk * partials();
    if (run.wantWeights) {
      Arrays.fill(run.partials, at, at + partials(), 0);
    }
    for (int image = run.first(chunk); image < run.first(chunk + 1); image++) {
      if (along) {
        backwardAlong(run, s, image, at);
      } else {
        backward(run, s, image, at);
      }
    }
  }
}
