package io.github.oche.engine;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Steps that wait for none of each other's batch statistics. A chunk of images runs through all of
 * them on one worker, so that what one step leaves in the cache the next ones find there: all
 * convolutions that read a state, say, and backwards all that add to its gradient.
 */
final class Wave {
  private final ImmutableList<Step> steps;
  private final int first;

  /** Doubles of sums that its steps need together. */
  private final int sums;

  /** Floats of weight gradients that they need for each chunk of images. */
  private final int partials;

  /** Whose weight gradient is added up in which piece. */
  private final Step[] owners;

  private final int[] pieces;

  private @Nullable Run run;
  private @Nullable Stopwatch stopwatch;

  // Made once, so that running a wave allocates nothing.
  private final Workers.Task forward = (turn, worker) -> forward(turn, worker, false);
  private final Workers.Task forwardAlong = (turn, worker) -> forward(turn, worker, true);
  private final Workers.Task backward = (turn, worker) -> backward(turn, worker, false);
  private final Workers.Task backwardAlong = (turn, worker) -> backward(turn, worker, true);
  private final Workers.Task unpack = this::unpack;

  /**
   * Gives the steps their parts of the sums and of the weight gradients.
   *
   * @param first the place of the first step in the plan
   */
  private Wave(List<Step> steps, int first, int batch, boolean along) {
    this.steps = ImmutableList.copyOf(steps);
    this.first = first;
    int sums = 0;
    int partials = 0;
    List<Step> owners = new ArrayList<>();
    List<Integer> pieces = new ArrayList<>();
    for (Step step : steps) {
      step.keeps(sums, partials);
      sums = Math.addExact(sums, step.sums(batch, along));
      partials = Math.addExact(partials, step.partials());
      for (int piece = 0; piece < step.unpackPieces(); piece++) {
        owners.add(step);
        pieces.add(piece);
      }
    }
    this.sums = sums;
    this.partials = partials;
    this.owners = owners.toArray(new Step[0]);
    this.pieces = pieces.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Cuts steps, which are in the order of their levels, into waves. */
  static ImmutableList<Wave> of(ImmutableList<Step> steps, int batch, boolean along) {
    ImmutableList.Builder<Wave> waves = ImmutableList.builder();
    int first = 0;
    for (int i = 1; i <= steps.size(); i++) {
      if (i == steps.size() || !goTogether(steps.get(i - 1), steps.get(i))) {
        waves.add(new Wave(steps.subList(first, i), first, batch, along));
        first = i;
      }
    }
    return waves.build();
  }

  private static boolean goTogether(Step a, Step b) {
    return a.level() == b.level() && !a.runsAlone() && !b.runsAlone();
  }

  ImmutableList<Step> steps() {
    return steps;
  }

  /** The place of its first step in the plan. */
  int first() {
    return first;
  }

  int sums() {
    return sums;
  }

  int partials() {
    return partials;
  }

  void bind(Run run, Stopwatch stopwatch) {
    this.run = run;
    this.stopwatch = stopwatch;
  }

  private Run run() {
    return Present.of(run);
  }

  /** Computes the outputs of the whole batch or, after that, their derivatives. */
  void forward(boolean along) {
    Run run = run();
    for (int i = 0; i < steps.size(); i++) { // an iterator would be allocated
      if (along) {
        steps.get(i).startForwardAlong(run);
      } else {
        steps.get(i).startForward(run);
      }
    }
    run.eachChunk(along ? forwardAlong : forward);
    for (int i = 0; i < steps.size(); i++) {
      steps.get(i).finishForward(run, along);
    }
  }

  private void forward(int turn, int worker, boolean along) {
    Run run = run();
    int chunk = run.chunk(turn);
    long start = System.nanoTime();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      if (step.worksForward()) {
        step.forward(run, run.scratch[worker], run.first(chunk), run.first(chunk + 1), along);
        start = Present.of(stopwatch).worked(worker, first + i, start);
      }
    }
  }

  /**
   * Takes the gradients of the outputs back, of those steps where {@link Run#needs} it, with their
   * derivatives or without.
   */
  void backward(boolean along) {
    Run run = run();
    run.eachChunk(along ? backwardAlong : backward);
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      if (!run.needs(step.out)) {
        continue;
      }
      if (along) {
        step.finishBackwardAlong(run);
      } else {
        step.finishBackward(run);
      }
    }
    if (run.wantWeights) {
      run.workers.run(pieces.length, unpack);
    }
  }

  private void backward(int turn, int worker, boolean along) {
    Run run = run();
    int chunk = run.chunk(turn);
    long start = System.nanoTime();
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      if (step.worksBackward(run)) {
        int at = chunk * partials + step.partialsAt();
        step.backward(run, run.scratch[worker], run.first(chunk), run.first(chunk + 1), at, along);
        start = Present.of(stopwatch).worked(worker, first + i, start);
      }
    }
  }

  private void unpack(int piece, int worker) {
    Step step = owners[piece];
    if (run().needs(step.out)) {
      step.unpack(run(), pieces[piece], step.partialsAt(), partials);
    }
  }
}
