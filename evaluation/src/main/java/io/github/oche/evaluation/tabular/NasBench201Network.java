package io.github.oche.evaluation.tabular;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The network that a cell is trained in, and what it costs, by a closed formula: a 3x3 convolution,
 * three stages of cells with a residual block of stride 2 between them, which halves the image and
 * doubles the channels, and a linear classifier of the mean over the image.
 *
 * <p>Edges that cannot reach the cell's output are counted too: they are computed all the same.
 *
 * @param channels of the first stage
 * @param cells in each of the three stages
 * @param classes of the classifier
 * @param size of the image's side, a multiple of 4; it has three colours
 */
public record NasBench201Network(int channels, int cells, int classes, int size) {
  private static final int RGB = 3;
  private static final int STAGES = 3;

  /** Of a 3x3 convolution, for each pair of channels. */
  private static final int NINE = 9;

  /** CIFAR-10 in the benchmark: 16 channels, five cells a stage, ten classes, 32x32. */
  public static final NasBench201Network CIFAR10 = new NasBench201Network(16, 5, 10, 32);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if something lies outside its range
   */
  public NasBench201Network {
    checkArgument(
        channels >= 1 && channels <= 4096, "channels is %s, expected 1 to 4096", channels);
    checkArgument(cells >= 1 && cells <= 1000, "cells is %s, expected 1 to 1000", cells);
    checkArgument(
        classes >= 2 && classes <= 1_000_000, "classes is %s, expected 2 to 1000000", classes);
    checkArgument(
        size >= 4 && size <= 4096 && size % 4 == 0,
        "size is %s, expected a multiple of 4 from 4 to 4096",
        size);
  }

  /** Trainable numbers, those of batch norms and the classifier's biases included. */
  public long parameters(NasBench201Cell cell) {
    long sum = convolution(NINE, RGB, channels) + norm(channels);
    for (int stage = 0; stage < STAGES; stage++) {
      long c = (long) channels << stage;
      for (CellOperation operation : cell.operations()) {
        long weights = weights(operation, c);
        sum += cells * (weights == 0 ? 0 : weights + norm(c));
      }
      if (stage > 0) {
        sum += residual(c) + 2 * norm(c);
      }
    }
    return sum + norm(last()) + classifier();
  }

  /**
   * Multiply-adds for one image, as the benchmark counts them ("FLOPs"): convolutions without
   * biases, batch norms, poolings and additions, and the classifier with its biases.
   */
  public long multiplyAdds(NasBench201Cell cell) {
    long sum = convolution(NINE, RGB, channels) * pixels(0);
    for (int stage = 0; stage < STAGES; stage++) {
      long c = (long) channels << stage;
      for (CellOperation operation : cell.operations()) {
        sum += cells * weights(operation, c) * pixels(stage);
      }
      if (stage > 0) {
        sum += residual(c) * pixels(stage);
      }
    }
    return sum + classifier();
  }

  /** Weights of an edge's convolution, 0 if it has none. */
  private static long weights(CellOperation operation, long channels) {
    return switch (operation) {
      case NOR_CONV_1X1 -> convolution(1, channels, channels);
      case NOR_CONV_3X3 -> convolution(NINE, channels, channels);
      case NONE, SKIP_CONNECT, AVG_POOL_3X3 -> 0;
    };
  }

  /** Weights of the block before a stage: two 3x3 convolutions, and 1x1 on the way around them. */
  private static long residual(long channels) {
    long before = channels / 2;
    return convolution(NINE, before, channels)
        + convolution(NINE, channels, channels)
        + convolution(1, before, channels);
  }

  private static long convolution(int taps, long in, long out) {
    return taps * in * out;
  }

  /** Scale and shift of a batch norm. */
  private static long norm(long channels) {
    return 2 * channels;
  }

  private long last() {
    return (long) channels << (STAGES - 1);
  }

  private long classifier() {
    return last() * classes + classes;
  }

  private long pixels(int stage) {
    long side = size >> stage;
    return side * side;
  }
}
