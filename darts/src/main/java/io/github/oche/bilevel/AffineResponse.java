package io.github.oche.bilevel;

import io.github.oche.bilevel.linear.Doubles;
import io.github.oche.bilevel.linear.Scratch;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The affine best response {@code y = A x + b}, with theta = (A [m, n] row by row, b [m]): exact
 * where the lower level is quadratic, and else the best response to first order around x. For small
 * n m.
 *
 * @see "Lorraine and Duvenaud (2018), Stochastic hyperparameter optimization through hypernetworks"
 */
public final class AffineResponse implements BestResponse {
  private final int n;
  private final int m;
  private final Doubles readTheta = new Doubles();
  private final Doubles readX = new Doubles();
  private final Doubles readP = new Doubles();
  private final Doubles sums = new Doubles();
  private final Doubles sumsX = new Doubles();
  private final Scratch result = new Scratch();
  private final Scratch resultX = new Scratch();

  /**
   * Creates the response.
   *
   * @param upper n, at least 1
   * @param lower m, at least 1
   */
  public AffineResponse(int upper, int lower) {
    Settings.atLeastOne("upper", upper);
    Settings.atLeastOne("lower", lower);
    n = upper;
    m = lower;
  }

  @Override
  public int upper() {
    return n;
  }

  @Override
  public int lower() {
    return m;
  }

  @Override
  public int parameters() {
    return m * n + m;
  }

  @Override
  public void start(INDArray y, RandomGenerator random, INDArray theta) {
    double[] from = readP.read(y);
    double[] to = sums.zeros(parameters());
    System.arraycopy(from, 0, to, m * n, m);
    Doubles.write(to, theta);
  }

  @Override
  public void respond(INDArray theta, INDArray x, INDArray y) {
    double[] t = readTheta.read(theta);
    double[] u = readX.read(x);
    double[] to = sums.zeros(m);
    for (int i = 0; i < m; i++) {
      double sum = t[m * n + i];
      for (int j = 0; j < n; j++) {
        sum += t[i * n + j] * u[j];
      }
      to[i] = sum;
    }
    Doubles.write(to, y);
  }

  @Override
  public void pullback(
      INDArray theta,
      INDArray x,
      INDArray p,
      @Nullable INDArray addToTheta,
      @Nullable INDArray addToX) {
    double[] t = readTheta.read(theta);
    double[] u = readX.read(x);
    double[] c = readP.read(p);
    double[] byTheta = sums.zeros(parameters());
    double[] byX = sumsX.zeros(n);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        byTheta[i * n + j] = c[i] * u[j];
        byX[j] += c[i] * t[i * n + j];
      }
      byTheta[m * n + i] = c[i];
    }
    if (addToTheta != null) {
      addToTheta.addi(Doubles.write(byTheta, result.like(addToTheta)));
    }
    if (addToX != null) {
      addToX.addi(Doubles.write(byX, resultX.like(addToX)));
    }
  }
}
