package io.github.oche.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One piece of a plan: computes a tensor from others, image by image, and takes its gradient back.
 *
 * <p>The {@code schedule} methods are called once, in the order of execution, when the plan is
 * made; they say what is touched when. The others run the step, as a part of its {@link Wave}:
 * first {@code start}, then every image on some worker, then {@code finish}. A backward pass along
 * a direction also repeats the plain one, since its intermediate results are not kept.
 */
abstract class Step {
  /** What it computes. */
  final Tensor out;

  /** Batch norms of what it computes, which it measures image by image while that is in cache. */
  private final List<Norm> norms = new ArrayList<>(1);

  private String part = "";
  private int level;
  private int sumsAt;
  private int partialsAt;

  Step(Tensor out) {
    this.out = out;
  }

  /**
   * Says where in the network it stands.
   *
   * @param level how many batch norms lie before what it computes, on the longest way
   */
  final void standsIn(String part, int level) {
    this.part = part;
    this.level = level;
  }

  final String part() {
    return part;
  }

  final int level() {
    return level;
  }

  /** Gives it a part of the run's sums, and of each chunk's weight gradients. */
  final void keeps(int sumsAt, int partialsAt) {
    this.sumsAt = sumsAt;
    this.partialsAt = partialsAt;
  }

  /** Where its sums start. */
  final int sumsAt() {
    return sumsAt;
  }

  /** Where its weight gradients start among those of a chunk. */
  final int partialsAt() {
    return partialsAt;
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

  /** Whether its end writes what other steps of its wave may touch, so that it runs by itself. */
  boolean runsAlone() {
    return false;
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

  /** Before the images of a chunk: writes the zeros that it counts on in scratch memory. */
  void clear(Scratch s) {}

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

  /**
   * Adds up a piece.
   *
   * @param at where its weight gradients of the first chunk start
   * @param stride from a chunk's to those of the next
   */
  void unpack(Run run, int piece, int at, int stride) {}

  /** Asks it to measure its output for a batch norm. */
  final void measures(Norm norm) {
    norms.add(norm);
  }

  /** Whether a backward pass that needs its output's gradient has anything to do for an image. */
  final boolean worksBackward(Run run) {
    return worksBackward() && run.needs(out);
  }

  /** Computes the output of some images or, after that, its derivative along the direction. */
  final void forward(Run run, Scratch s, int first, int end, boolean along) {
    clear(s);
    for (int image = first; image < end; image++) {
      if (along) {
        forwardAlong(run, s, image);
      } else {
        forward(run, s, image);
      }
      if (norms.isEmpty() || !run.readsBatch()) {
        continue;
      }
      if (along) {
        norms.get(0).measureAlong(run, sumsAt, image, s);
      } else {
        norms.get(0).measure(run, sumsAt, image, s);
      }
    }
  }

  /** After all images. */
  final void finishForward(Run run, boolean along) {
    for (int i = 0; i < norms.size(); i++) { // an iterator would be allocated
      if (along) {
        norms.get(i).finishAlong(run, sumsAt);
      } else {
        norms.get(i).finish(run, sumsAt);
      }
    }
  }

  /**
   * Takes the gradient of some images back, with its derivative or without.
   *
   * @param at where its weight gradients of these images go
   */
  final void backward(Run run, Scratch s, int first, int end, int at, boolean along) {
    if (run.wantWeights) {
      Arrays.fill(run.partials, at, at + partials(), 0);
    }
    clear(s);
    for (int image = first; image < end; image++) {
      if (along) {
        backwardAlong(run, s, image, at);
      } else {
        backward(run, s, image, at);
      }
    }
  }
}
