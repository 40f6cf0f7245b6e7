package io.github.oche.bilevel.problems;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.oche.bilevel.BilevelProblem;
import io.github.oche.bilevel.Gradient;
import io.github.oche.bilevel.Objective;
import io.github.oche.bilevel.Partial;
import io.github.oche.bilevel.Projection;
import io.github.oche.bilevel.linear.Scratch;
import io.github.oche.bilevel.linear.Vectors;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Ridge regression with a penalty of its own for every feature: many hyper-parameters, which no
 * grid can search.
 *
 * <pre>{@code
 * f(x, Y) = ||X Y - B||^2 / (2 n) + 1/2 sum over j of exp(x_j) ||Y_j||^2
 * F(Y)    = ||V Y - C||^2 / (2 m)
 * }</pre>
 *
 * <p>X is the training features [n, d], V those of validation; B and C are the labels as one column
 * of 0 and 1 a class, so this is classification by least squares. y is Y [d, C] column by column, x
 * has d entries in [-12, 6]. All arrays are {@code DOUBLE}. The Gram matrices are computed once: a
 * gradient or a product multiplies d d C pairs of numbers, however many samples there are.
 *
 * @see <a href="https://arxiv.org/abs/1602.02355">Pedregosa (2016), Hyperparameter optimization
 *     with approximate gradient, section 5</a>
 */
public final class FeatureRidge {
  /** Least and largest logarithm of a penalty. */
  static final double LOW = -12;

  static final double HIGH = 6;

  private final Quadratics train;
  private final Quadratics validation;
  private final BilevelProblem problem;

  /**
   * Creates the problem.
   *
   * @param train samples that the weights are fitted to
   * @param validation samples that the penalties are fitted to
   */
  public FeatureRidge(Samples train, Samples validation) {
    checkArgument(
        train.dimension() == validation.dimension() && train.classes() == validation.classes(),
        "%s features and %s classes to train on, %s and %s to validate with",
        train.dimension(),
        train.classes(),
        validation.dimension(),
        validation.classes());
    this.train = Quadratics.of(train);
    this.validation = Quadratics.of(validation);
    problem =
        new BilevelProblem(
            new SquaredError(this.validation, false),
            new SquaredError(this.train, true),
            Projection.box(LOW, HIGH),
            Projection.NONE);
  }

  /** {@return both objectives, with exact products; x is kept in its box} */
  public BilevelProblem problem() {
    return problem;
  }

  /** {@return d, the length of x} */
  public int features() {
    return (int) train.gram.size(0);
  }

  /** {@return weights of zero, [d C]} */
  public INDArray startY() {
    return Nd4j.zeros(DataType.DOUBLE, train.moments.length());
  }

  /**
   * The largest eigenvalue of X'X / n, by the power method: gradient descent on f is stable below
   * {@code 2 / (curvature + exp(largest x))}.
   *
   * @return an estimate from below, after 200 products
   */
  public double curvature() {
    INDArray v = Nd4j.ones(DataType.DOUBLE, features(), 1);
    double value = 0;
    for (int i = 0; i < 200; i++) {
      v = train.gram.mmul(v.div(Math.sqrt(Vectors.sumOfSquares(v))));
      value = Math.sqrt(Vectors.sumOfSquares(v));
    }
    return value;
  }

  /**
   * The weights that minimise f, by Cholesky factorisation: d^3 / 6 multiplications.
   *
   * @param x logarithms of the penalties, [d]
   * @return the weights, [d C]
   */
  public INDArray solution(INDArray x) {
    checkArgument(
        x.length() == features(), "x has %s entries for %s features", x.length(), features());
    int d = features();
    double[][] a = train.gram.toDoubleMatrix();
    for (int i = 0; i < d; i++) {
      a[i][i] += Math.exp(x.getDouble(i));
    }
    for (int j = 0; j < d; j++) { // lower factor in place
      for (int i = j; i < d; i++) {
        double sum = a[i][j];
        for (int k = 0; k < j; k++) {
          sum -= a[i][k] * a[j][k];
        }
        a[i][j] = i == j ? Math.sqrt(sum) : sum / a[j][j];
      }
    }
    double[] y = train.moments.toDoubleVector();
    for (int from = 0; from < y.length; from += d) {
      for (int i = 0; i < d; i++) {
        for (int k = 0; k < i; k++) {
          y[from + i] -= a[i][k] * y[from + k];
        }
        y[from + i] /= a[i][i];
      }
      for (int i = d - 1; i >= 0; i--) {
        for (int k = i + 1; k < d; k++) {
          y[from + i] -= a[k][i] * y[from + k];
        }
        y[from + i] /= a[i][i];
      }
    }
    return Nd4j.createFromArray(y);
  }

  /**
   * Mean squared error of weights on samples, half of it, as F counts it.
   *
   * @param y weights, [d C]
   * @param samples validation or test samples
   * @return {@code ||V Y - C||^2 / (2 m)}
   */
  public static double loss(INDArray y, Samples samples) {
    INDArray miss = scores(y, samples).subi(targets(samples));
    return Vectors.sumOfSquares(miss.dup('c')) / (2 * samples.count());
  }

  /**
   * Share of the samples whose class has the largest score.
   *
   * @param y weights, [d C]
   * @param samples test samples
   * @return a number from 0 to 1
   */
  public static double accuracy(INDArray y, Samples samples) {
    return (double) new CrossEntropy(samples).right(scores(y, samples).dup('f')) / samples.count();
  }

  private static INDArray scores(INDArray y, Samples samples) {
    return samples
        .features()
        .castTo(DataType.DOUBLE)
        .mmul(Blocks.of(y, 0, samples.dimension(), samples.classes()));
  }

  private static INDArray targets(Samples samples) {
    INDArray targets = Nd4j.zeros(DataType.DOUBLE, samples.count(), samples.classes());
    for (int i = 0; i < samples.count(); i++) {
      targets.putScalar(i, samples.labels().get(i), 1);
    }
    return targets;
  }

  /** What a squared error is made of: X'X/n [d, d], X'B/n [d C] column by column, ||B||^2/n. */
  private record Quadratics(INDArray gram, INDArray moments, double square) {
    static Quadratics of(Samples samples) {
      INDArray features = samples.features().castTo(DataType.DOUBLE);
      INDArray targets = targets(samples);
      double n = samples.count();
      return new Quadratics(
          features.transpose().mmul(features).div(n),
          Nd4j.createFromArray(
              targets.transpose().mmul(features).div(n).dup('c').data().asDouble()),
          Vectors.sumOfSquares(targets) / n);
    }
  }

  private static final class SquaredError implements Objective {
    private final Quadratics q;
    private final boolean penalised;
    private final int d;
    private final int classes;
    private final double[] weights;
    private final double[] moved;
    private final double[] penalties;
    private final double[] byX;
    private final Scratch product = new Scratch();
    private final Scratch gradientX = new Scratch();
    private final Scratch gradientY = new Scratch();

    SquaredError(Quadratics q, boolean penalised) {
      this.q = q;
      this.penalised = penalised;
      d = (int) q.gram.size(0);
      classes = (int) q.moments.length() / d;
      weights = new double[d * classes];
      moved = new double[d * classes];
      penalties = new double[d];
      byX = new double[d];
    }

    /** Gram matrix times Y. */
    private INDArray gram(INDArray y) {
      INDArray to = product.like(y);
      Nd4j.gemm(
          q.gram, Blocks.of(y, 0, d, classes), Blocks.of(to, 0, d, classes), false, false, 1, 0);
      return to;
    }

    @Override
    public double value(INDArray x, INDArray y) {
      double value = 0.5 * Vectors.dot(y, gram(y)) - Vectors.dot(y, q.moments) + 0.5 * q.square;
      if (penalised) {
        read(x, y);
        for (int j = 0; j < d; j++) {
          value += 0.5 * penalties[j] * square(j);
        }
      }
      return value;
    }

    private void read(INDArray x, INDArray y) {
      CrossEntropy.read(dense(x), penalties);
      CrossEntropy.read(dense(y), weights);
      for (int j = 0; j < d; j++) {
        penalties[j] = Math.exp(penalties[j]);
      }
    }

    private double square(int feature) {
      double sum = 0;
      for (int i = feature; i < weights.length; i += d) {
        sum += weights[i] * weights[i];
      }
      return sum;
    }

    @Override
    public Gradient gradient(INDArray x, INDArray y, Partial wanted) {
      double value = value(x, y); // leaves the product with y, the weights and the penalties
      INDArray gx = wanted.wantsX() ? gradientX.like(x).assign(0) : null;
      if (gx != null && penalised) {
        for (int j = 0; j < d; j++) {
          byX[j] = 0.5 * penalties[j] * square(j);
        }
        CrossEntropy.write(byX, gx);
      }
      INDArray gy = null;
      if (wanted.wantsY()) {
        gy = gradientY.like(y);
        if (penalised) {
          for (int i = 0; i < moved.length; i++) {
            moved[i] = penalties[i % d] * weights[i];
          }
          CrossEntropy.write(moved, gy);
        } else {
          gy.assign(0);
        }
        gy.addi(product.like(y)).subi(q.moments);
      }
      return Gradient.exact(value, gx, gy);
    }

    @Override
    public Gradient along(
        INDArray x, INDArray y, @Nullable INDArray dx, @Nullable INDArray dy, Partial wanted) {
      INDArray hx = wanted.wantsX() ? gradientX.like(x).assign(0) : null;
      INDArray hy = wanted.wantsY() ? gradientY.like(y).assign(0) : null;
      if (penalised) {
        read(x, y);
        double[] u = dx == null ? new double[d] : dx.toDoubleVector();
        if (dy == null) {
          Arrays.fill(moved, 0);
        } else {
          CrossEntropy.read(dense(dy), moved);
        }
        for (int j = 0; j < d; j++) {
          double sum = 0;
          for (int i = j; i < weights.length; i += d) {
            sum += 0.5 * weights[i] * weights[i] * u[j] + weights[i] * moved[i];
          }
          byX[j] = penalties[j] * sum;
        }
        for (int i = 0; i < moved.length; i++) {
          moved[i] = penalties[i % d] * (moved[i] + u[i % d] * weights[i]);
        }
        if (hx != null) {
          CrossEntropy.write(byX, hx);
        }
        if (hy != null) {
          CrossEntropy.write(moved, hy);
        }
      }
      if (hy != null && dy != null) {
        hy.addi(gram(dy));
      }
      return Gradient.exact(Double.NaN, hx, hy);
    }

    private static INDArray dense(INDArray a) {
      return a.isView() || a.ordering() != 'c' ? a.dup('c') : a;
    }
  }
}
