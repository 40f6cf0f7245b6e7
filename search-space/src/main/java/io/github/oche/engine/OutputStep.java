package io.github.oche.engine;

/**
 * A linear layer and the mean softmax cross-entropy of its logits: small, so in double precision.
 */
final class OutputStep extends Step {
  private final Tensor x;
  private final Output output;
  private final Op.Linear op;
  private final double weight;
  private final int inputs;
  private final int classes;
  final float[] logits;

  /** Cross-entropy of each image. */
  final double[] losses;

  private final double[] probabilities;
  private final double[] logitsAlong;
  private final double[] slopeAlong;
  private boolean accumulate;

  OutputStep(Tensor x, Output output, Tensor out, int batch, boolean along) {
    super(out);
    this.x = x;
    this.output = output;
    this.op = (Op.Linear) output.logits().op();
    this.weight = output.weight();
    inputs = x.shape.channels();
    classes = out.shape.channels();
    logits = new float[batch * classes];
    losses = new double[batch];
    probabilities = new double[batch * classes];
    logitsAlong = new double[along ? batch * classes : 0];
    slopeAlong = new double[along ? batch * classes : 0];
  }

  @Override
  long bytes() {
    return 4L * logits.length
        + 8L * (losses.length + probabilities.length + logitsAlong.length + slopeAlong.length);
  }

  boolean isOf(Output output) {
    return this.output.equals(output);
  }

  int classes() {
    return classes;
  }

  @Override
  String kind() {
    return "classifier";
  }

  @Override
  void scheduleForward(int time) {
    x.touchValue(time);
  }

  @Override
  void scheduleAlong(int time) {
    x.touchValue(time);
    x.touchAlong(time);
  }

  @Override
  void scheduleBackward(int time, boolean along) {
    x.touchValue(time);
    if (along) {
      x.touchAlong(time);
    }
    if (x.hasGradient) {
      accumulate = x.contribute(time);
    }
  }

  /** The weighted mean of the losses. */
  double loss(int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += losses[i];
    }
    return weight * sum / count;
  }

  @Override
  void forward(Run run, Scratch s, int image) {
    Storage from = x.stored();
    for (int j = 0; j < classes; j++) {
      double sum = run.w[op.bias().offset() + j];
      int row = op.weight().offset() + j * inputs;
      for (int c = 0; c < inputs; c++) {
        sum += (double) run.w[row + c] * from.get(image, c);
      }
      logits[image * classes + j] = (float) sum;
    }
    softmax(image, run.labels[image]);
  }

  private void softmax(int image, int label) {
    int at = image * classes;
    double max = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < classes; j++) {
      max = Math.max(max, logits[at + j]);
    }
    double total = 0;
    for (int j = 0; j < classes; j++) {
      probabilities[at + j] = StrictMath.exp(logits[at + j] - max);
      total += probabilities[at + j];
    }
    losses[image] = StrictMath.log(total) + max - logits[at + label];
    for (int j = 0; j < classes; j++) {
      probabilities[at + j] /= total;
    }
  }

  @Override
  void forwardAlong(Run run, Scratch s, int image) {
    Storage from = x.stored();
    Storage dfrom = x.along().x[0];
    int at = image * classes;
    boolean moves = run.dw.length > 0;
    double mean = 0;
    for (int j = 0; j < classes; j++) {
      double sum = moves ? run.dw[op.bias().offset() + j] : 0;
      int row = op.weight().offset() + j * inputs;
      for (int c = 0; c < inputs; c++) {
        sum += (double) run.w[row + c] * dfrom.get(image, c);
        if (moves) {
          sum += (double) run.dw[row + c] * from.get(image, c);
        }
      }
      logitsAlong[at + j] = sum;
      mean += probabilities[at + j] * sum;
    }
    for (int j = 0; j < classes; j++) {
      slopeAlong[at + j] =
          weight / run.count * probabilities[at + j] * (logitsAlong[at + j] - mean);
    }
  }

  /** The derivative of the loss with respect to a logit. */
  private double slope(Run run, int image, int j) {
    double target = run.labels[image] == j ? 1 : 0;
    return weight / run.count * (probabilities[image * classes + j] - target);
  }

  @Override
  void backward(Run run, Scratch s, int image, int at) {
    if (run.needs(x)) {
      give(run, s, image, false);
    }
  }

  @Override
  void backwardAlong(Run run, Scratch s, int image, int at) {
    if (run.needs(x)) {
      give(run, s, image, false);
      give(run, s, image, true);
    }
  }

  private void give(Run run, Scratch s, int image, boolean along) {
    Storage to = along ? x.targetAlong() : x.target();
    if (!accumulate) {
      to.clear(image);
    }
    boolean moves = along && run.dw.length > 0;
    for (int c = 0; c < inputs; c++) {
      double sum = 0;
      for (int j = 0; j < classes; j++) {
        int k = op.weight().offset() + j * inputs + c;
        double slope = slope(run, image, j);
        sum += run.w[k] * (along ? slopeAlong[image * classes + j] : slope);
        if (moves) {
          sum += run.dw[k] * slope;
        }
      }
      to.buffer.data[to.point(s.a, image, c / run.lanes).at() + c % run.lanes] += (float) sum;
    }
  }

  @Override
  int unpackPieces() {
    return classes;
  }

  private boolean along;

  @Override
  void finishBackward(Run run) {
    along = false;
  }

  @Override
  void finishBackwardAlong(Run run) {
    along = true;
  }

  /** The weight gradient of a class: sums over images, in their order. */
  @Override
  void unpack(Run run, int j, int at, int stride) {
    Storage from = x.stored();
    double bias = 0;
    for (int i = 0; i < run.count; i++) {
      bias += along ? slopeAlong[i * classes + j] : slope(run, i, j);
    }
    run.weightGradient[op.bias().offset() + j] = (float) bias;
    for (int c = 0; c < inputs; c++) {
      double sum = 0;
      for (int i = 0; i < run.count; i++) {
        double slope = slope(run, i, j);
        double value = from.get(i, c);
        sum += (along ? slopeAlong[i * classes + j] : slope) * value;
        if (along) {
          sum += slope * x.along().x[0].get(i, c);
        }
      }
      run.weightGradient[op.weight().offset() + j * inputs + c] = (float) sum;
    }
  }
}
