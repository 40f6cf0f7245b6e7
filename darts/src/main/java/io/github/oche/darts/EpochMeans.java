package io.github.oche.darts;

/** Means over the steps of an epoch; NaN before the first. */
final class EpochMeans {
  private int steps;
  private long images;
  private long validationImages;
  private long correct;
  private double trainingLoss;
  private double validationLoss;
  private double gradientNorm;
  private int skipped;

  void add(StepReport report, int count, int validationCount) {
    steps++;
    images += count;
    validationImages += validationCount;
    correct += report.correct();
    trainingLoss += report.trainingLoss() * count;
    validationLoss += report.validationLoss() * validationCount;
    gradientNorm += report.gradientNorm();
    skipped += report.alphaGradient().isEmpty() ? 1 : 0;
  }

  int steps() {
    return steps;
  }

  long images() {
    return images;
  }

  double trainingLoss() {
    return trainingLoss / images;
  }

  double trainingAccuracy() {
    return (double) correct / images;
  }

  double validationLoss() {
    return validationLoss / validationImages;
  }

  int skipped() {
    return skipped;
  }

  double gradientNorm() {
    return gradientNorm / steps;
  }
}
