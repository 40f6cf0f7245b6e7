package io.github.oche.evaluation;

/** Counts right answers, batch by batch. Of equal logits the lower class comes first. */
final class Tally {
  private static final int FIVE = 5;

  private long images;
  private long right;
  private long amongFive;
  private double loss;

  /** Adds a batch of logits, [count, classes], and the sum of its losses. */
  void add(float[] logits, int[] labels, int count, int classes, double losses) {
    for (int i = 0; i < count; i++) {
      int rank = rank(logits, i * classes, classes, labels[i]);
      right += rank == 0 ? 1 : 0;
      amongFive += rank < FIVE ? 1 : 0;
    }
    images += count;
    loss += losses;
  }

  /** How many classes come before this one; those that are not numbers do. */
  private static int rank(float[] logits, int at, int classes, int label) {
    float own = logits[at + label];
    int rank = 0;
    for (int c = 0; c < classes; c++) {
      boolean behind = logits[at + c] < own || (logits[at + c] == own && c >= label);
      rank += behind ? 0 : 1;
    }
    return rank;
  }

  long images() {
    return images;
  }

  double accuracy() {
    return (double) right / images;
  }

  double loss() {
    return loss / images;
  }

  Score score() {
    return new Score(
        100.0 * (images - right) / images,
        100.0 * (images - amongFive) / images,
        Math.toIntExact(images));
  }
}
