package io.github.oche.evaluation;

/** A copy of what a network knew after its best epoch so far; of equal ones the first stays. */
final class BestWeights {
  private final float[] w;
  private final float[] statistics;
  private int epoch;
  private long steps;
  private double errorPercent;

  BestWeights(int weights, int statistics) {
    this(new float[weights], new float[statistics], 0, 0, Double.POSITIVE_INFINITY);
  }

  /** What an earlier process knew; the arrays are not copied. */
  BestWeights(float[] w, float[] statistics, int epoch, long steps, double errorPercent) {
    this.w = w;
    this.statistics = statistics;
    this.epoch = epoch;
    this.steps = steps;
    this.errorPercent = errorPercent;
  }

  /** Takes a copy if this is the best epoch so far. */
  void offer(int candidate, double error, float[] weights, float[] running, long stepsSoFar) {
    if (error < errorPercent) {
      epoch = candidate;
      errorPercent = error;
      steps = stepsSoFar;
      System.arraycopy(weights, 0, w, 0, w.length);
      System.arraycopy(running, 0, statistics, 0, statistics.length);
    }
  }

  int epoch() {
    return epoch;
  }

  long steps() {
    return steps;
  }

  double errorPercent() {
    return errorPercent;
  }

  float[] w() {
    return w;
  }

  float[] statistics() {
    return statistics;
  }
}
