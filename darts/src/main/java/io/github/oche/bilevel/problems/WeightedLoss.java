package io.github.oche.bilevel.problems;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.oche.bilevel.Gradient;
import io.github.oche.bilevel.Objective;
import io.github.oche.bilevel.Partial;
import io.github.oche.bilevel.linear.Scratch;
import io.github.oche.bilevel.linear.Vectors;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Mean cross-entropy of a classifier y, each sample weighted with {@code sigmoid(x_i)} or all with
 * one, and weight decay. The pass to the logits is made once for all calls at one y, so a product
 * after a gradient, or ten products of conjugate gradients, spare it.
 */
final class WeightedLoss implements Objective {
  private final Classifier classifier;
  private final CrossEntropy entropy;
  private final boolean weighted;
  private final double decay;
  private final int count;
  private final double[] weights; // u_i, by which loss i counts; [N]
  private final double[] slopes; // du_i/dx_i, [N]
  private final double[] bends; // second derivative, [N]
  private final double[] direction; // dx, [N]
  private final double[] byX; // [N]
  private final INDArray d; // [N, C]
  private final INDArray rd; // [N, C]
  private final Scratch seen = new Scratch();
  private final Scratch gradientX = new Scratch();
  private final Scratch gradientY = new Scratch();
  private final Scratch step = new Scratch();
  private double @Nullable [] losses; // at what `seen` holds

  WeightedLoss(Classifier classifier, Samples samples, boolean weighted, double decay) {
    this.classifier = classifier;
    this.weighted = weighted;
    this.decay = decay;
    count = samples.count();
    entropy = new CrossEntropy(samples);
    weights = new double[count];
    slopes = new double[count];
    bends = new double[count];
    direction = new double[count];
    byX = new double[count];
    d = Blocks.columns(samples.features().dataType(), count, samples.classes());
    rd = d.dup('f');
    Arrays.fill(weights, 1.0 / count);
  }

  @Override
  public double value(INDArray x, INDArray y) {
    double[] loss = losses(y);
    weigh(x);
    return total(loss) + 0.5 * decay * (decay == 0 ? 0 : Vectors.sumOfSquares(y));
  }

  @Override
  public Gradient gradient(INDArray x, INDArray y, Partial wanted) {
    double value = value(x, y);
    double[] loss = losses(y);
    INDArray gx = null;
    if (wanted.wantsX()) {
      gx = gradientX.like(x);
      for (int i = 0; weighted && i < count; i++) {
        byX[i] = slopes[i] * loss[i];
      }
      writeX(gx);
    }
    INDArray gy = null;
    if (wanted.wantsY()) {
      gy = gradientY.like(y);
      entropy.pullback(weights, d);
      classifier.pullback(y, d, gy);
      decay(gy, y);
    }
    return Gradient.exact(value, gx, gy);
  }

  @Override
  public Gradient along(
      INDArray x, INDArray y, @Nullable INDArray dx, @Nullable INDArray dy, Partial wanted) {
    double[] loss = losses(y);
    weigh(x);
    double[] rloss = dy == null ? entropy.still() : entropy.tangent(classifier.tangent(y, dy));
    boolean moves = weighted && dx != null;
    if (dx != null && moves) {
      CrossEntropy.read(dense(dx), direction);
    }
    double value = decay == 0 || dy == null ? 0 : decay * Vectors.dot(y, dy);
    for (int i = 0; i < count; i++) {
      double u = moves ? slopes[i] * direction[i] : 0; // change of weight i
      value += u * loss[i] + weights[i] * rloss[i];
      byX[i] =
          weighted ? (moves ? bends[i] * direction[i] * loss[i] : 0) + slopes[i] * rloss[i] : 0;
      direction[i] = u;
    }
    INDArray hx = wanted.wantsX() ? gradientX.like(x) : null;
    if (hx != null) {
      writeX(hx);
    }
    INDArray hy = null;
    if (wanted.wantsY()) {
      hy = gradientY.like(y);
      entropy.pullback(weights, d);
      entropy.pullbackTangent(weights, direction, rd);
      classifier.pullbackTangent(y, dy, d, rd, hy);
      if (dy != null) {
        decay(hy, dy);
      }
    }
    return Gradient.exact(value, hx, hy);
  }

  private void decay(INDArray to, INDArray from) {
    if (decay != 0) {
      to.addi(step.like(from).assign(from).muli(decay));
    }
  }

  private void writeX(INDArray to) {
    if (weighted) {
      CrossEntropy.write(byX, to);
    } else {
      to.assign(0);
    }
  }

  private double total(double[] loss) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += weights[i] * loss[i];
    }
    return sum;
  }

  /** The losses at y, computed unless they were at this very y, bit for bit. */
  private double[] losses(INDArray y) {
    checkArgument(
        y.length() == classifier.parameters(),
        "y has %s entries, expected %s weights",
        y.length(),
        classifier.parameters());
    INDArray at = dense(y);
    INDArray kept = seen.like(at);
    double[] known = losses;
    if (known != null && sameBits(kept, at)) {
      return known;
    }
    losses = null; // in case the pass fails
    double[] fresh = entropy.losses(classifier.logits(at));
    kept.assign(at);
    losses = fresh;
    return fresh;
  }

  private static boolean sameBits(INDArray a, INDArray b) {
    return a.dataType() == DataType.DOUBLE
        ? a.data().asNioDouble().equals(b.data().asNioDouble())
        : a.data().asNioFloat().equals(b.data().asNioFloat());
  }

  private void weigh(INDArray x) {
    if (!weighted) {
      return;
    }
    checkArgument(x.length() == count, "x has %s entries for %s samples", x.length(), count);
    CrossEntropy.read(dense(x), weights);
    for (int i = 0; i < count; i++) {
      double sigmoid = 1 / (1 + Math.exp(-weights[i]));
      weights[i] = sigmoid / count;
      slopes[i] = sigmoid * (1 - sigmoid) / count;
      bends[i] = slopes[i] * (1 - 2 * sigmoid);
    }
  }

  private static INDArray dense(INDArray a) {
    return a.isView() || a.ordering() != 'c' ? a.dup('c') : a;
  }
}
