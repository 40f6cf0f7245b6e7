package io.github.oche.bilevel.problems;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Softmax and cross-entropy of every sample, in double and in one fixed order whatever the type of
 * the logits, with derivatives along a direction of the logits.
 */
final class CrossEntropy {
  private final int[] label;
  private final int count;
  private final int classes;
  private final double[] scores; // logits, then what is written back; [C][N]
  private final double[] probabilities; // [C][N]
  private final double[] slopes; // derivative of the probabilities, [C][N]
  private final double[] losses; // [N]
  private final double[] lossSlopes; // [N]

  CrossEntropy(Samples samples) {
    label = samples.labels().toArray();
    count = samples.count();
    classes = samples.classes();
    scores = new double[count * classes];
    probabilities = new double[count * classes];
    slopes = new double[count * classes];
    losses = new double[count];
    lossSlopes = new double[count];
  }

  /** Takes the logits, [N, C] in column order; returns the losses, [N], valid until the next. */
  double[] losses(INDArray logits) {
    read(logits, scores);
    for (int i = 0; i < count; i++) {
      double most = scores[i];
      for (int k = i + count; k < scores.length; k += count) {
        most = Math.max(most, scores[k]);
      }
      double sum = 0;
      for (int k = i; k < scores.length; k += count) {
        probabilities[k] = Math.exp(scores[k] - most);
        sum += probabilities[k];
      }
      for (int k = i; k < scores.length; k += count) {
        probabilities[k] /= sum;
      }
      losses[i] = most + Math.log(sum) - scores[label[i] * count + i];
    }
    return losses;
  }

  /** Writes the derivative of {@code sum of weight_i loss_i} by the logits. */
  void pullback(double[] weights, INDArray to) {
    for (int k = 0, j = 0; k < classes; k++) {
      for (int i = 0; i < count; i++, j++) {
        scores[j] = weights[i] * (probabilities[j] - (label[i] == k ? 1 : 0));
      }
    }
    write(scores, to);
  }

  /** Takes a direction of the logits; returns how the losses change, valid until the next. */
  double[] tangent(INDArray direction) {
    read(direction, scores);
    for (int i = 0; i < count; i++) {
      double mean = 0;
      for (int k = i; k < scores.length; k += count) {
        mean += probabilities[k] * scores[k];
      }
      for (int k = i; k < scores.length; k += count) {
        slopes[k] = probabilities[k] * (scores[k] - mean);
      }
      lossSlopes[i] = mean - scores[label[i] * count + i];
    }
    return lossSlopes;
  }

  /** As if {@link #tangent} had been given zero. */
  double[] still() {
    Arrays.fill(slopes, 0);
    Arrays.fill(lossSlopes, 0);
    return lossSlopes;
  }

  /** Writes how {@link #pullback} changes, where the weights change by {@code weightSlopes}. */
  void pullbackTangent(double[] weights, double[] weightSlopes, INDArray to) {
    for (int k = 0, j = 0; k < classes; k++) {
      for (int i = 0; i < count; i++, j++) {
        scores[j] =
            weights[i] * slopes[j] + weightSlopes[i] * (probabilities[j] - (label[i] == k ? 1 : 0));
      }
    }
    write(scores, to);
  }

  /** How many samples have their label for the largest logit (the first of equal ones). */
  int right(INDArray logits) {
    read(logits, scores);
    int right = 0;
    for (int i = 0; i < count; i++) {
      int best = 0;
      for (int k = 1; k < classes; k++) {
        best = scores[k * count + i] > scores[best * count + i] ? k : best;
      }
      right += best == label[i] ? 1 : 0;
    }
    return right;
  }

  /** Copies the entries of an array that is no view, in the order in which they lie. */
  static void read(INDArray from, double[] to) {
    if (from.dataType() == DataType.DOUBLE) {
      from.data().asNioDouble().get(to, 0, to.length);
      return;
    }
    FloatBuffer buffer = from.data().asNioFloat();
    for (int i = 0; i < to.length; i++) {
      to[i] = buffer.get(i);
    }
  }

  /** The other way. */
  static void write(double[] from, INDArray to) {
    if (to.dataType() == DataType.DOUBLE) {
      to.data().asNioDouble().put(from, 0, from.length);
      return;
    }
    FloatBuffer buffer = to.data().asNioFloat();
    for (int i = 0; i < from.length; i++) {
      buffer.put(i, (float) from[i]);
    }
  }
}
