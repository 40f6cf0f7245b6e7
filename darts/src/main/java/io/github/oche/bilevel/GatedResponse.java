package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.linear.Doubles;
import io.github.oche.bilevel.linear.Scratch;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The best response of self-tuning networks, for a y that holds fully connected layers: two copies
 * of the network, the second switched on by x, row by row:
 *
 * <pre>{@code
 * W(x) = W_elem + diag(V x) W_hyper,   b(x) = b_elem + (C x) * b_hyper     in each layer
 * theta = (elem [m], hyper [m], all V [units, n], all C [units, n])
 * }</pre>
 *
 * <p>It is affine in x, with {@code 2 m + 2 n units} numbers where {@link AffineResponse} has
 * {@code m + m n}. The start has V = C = 0, so that the answer to every x is the same, and W_hyper
 * normal with variance 1 / inputs, b_hyper normal: were both factors zero, neither would ever move.
 *
 * @see "MacKay et al. (2019), Self-tuning networks"
 */
public final class GatedResponse implements BestResponse {
  private final int n;
  private final int m;
  private final int[] gateOf; // of each entry of y
  private final double[] deviation; // of the start of each hyper entry
  private final double[] gates;
  private final double[] byGate;
  private final Doubles readTheta = new Doubles();
  private final Doubles readX = new Doubles();
  private final Doubles readY = new Doubles();
  private final Doubles sums = new Doubles();
  private final Doubles sumsX = new Doubles();
  private final Scratch result = new Scratch();
  private final Scratch resultX = new Scratch();

  /**
   * Creates the response.
   *
   * @param upper n, at least 1
   * @param layers of the network that y holds, one after the other
   */
  public GatedResponse(int upper, ImmutableList<DenseLayer> layers) {
    Settings.atLeastOne("upper", upper);
    checkArgument(!layers.isEmpty(), "a response needs at least one layer");
    n = upper;
    m = layers.stream().mapToInt(DenseLayer::parameters).sum();
    int units = layers.stream().mapToInt(DenseLayer::outputs).sum();
    gateOf = new int[m];
    deviation = new double[m];
    gates = new double[2 * units];
    byGate = new double[2 * units];
    int i = 0;
    int first = 0;
    for (DenseLayer layer : layers) {
      for (int w = 0; w < layer.weights(); w++) {
        deviation[i] = 1 / Math.sqrt(layer.inputs());
        gateOf[i++] = first + w / layer.inputs();
      }
      for (int o = 0; o < layer.outputs(); o++) {
        deviation[i] = 1;
        gateOf[i++] = units + first + o;
      }
      first += layer.outputs();
    }
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
    return 2 * m + gates.length * n;
  }

  @Override
  public void start(INDArray y, RandomGenerator random, INDArray theta) {
    double[] from = readY.read(y);
    double[] to = sums.zeros(parameters());
    for (int i = 0; i < m; i++) {
      to[i] = from[i];
      to[m + i] = deviation[i] * random.nextGaussian();
    }
    Doubles.write(to, theta);
  }

  @Override
  public void respond(INDArray theta, INDArray x, INDArray y) {
    double[] t = open(theta, x);
    double[] to = sums.zeros(m);
    for (int i = 0; i < m; i++) {
      to[i] = t[i] + gates[gateOf[i]] * t[m + i];
    }
    Doubles.write(to, y);
  }

  /** Computes the gates; returns theta. */
  private double[] open(INDArray theta, INDArray x) {
    double[] t = readTheta.read(theta);
    double[] u = readX.read(x);
    for (int q = 0; q < gates.length; q++) {
      double sum = 0;
      int row = 2 * m + q * n;
      for (int j = 0; j < n; j++) {
        sum += t[row + j] * u[j];
      }
      gates[q] = sum;
      byGate[q] = 0;
    }
    return t;
  }

  @Override
  public void pullback(
      INDArray theta,
      INDArray x,
      INDArray p,
      @Nullable INDArray addToTheta,
      @Nullable INDArray addToX) {
    double[] t = open(theta, x);
    double[] u = readX.last();
    double[] c = readY.read(p);
    double[] byTheta = sums.zeros(parameters());
    double[] byX = sumsX.zeros(n);
    for (int i = 0; i < m; i++) {
      int q = gateOf[i];
      byTheta[i] = c[i];
      byTheta[m + i] = c[i] * gates[q];
      byGate[q] += c[i] * t[m + i];
    }
    for (int q = 0; q < gates.length; q++) {
      int row = 2 * m + q * n;
      for (int j = 0; j < n; j++) {
        byTheta[row + j] = byGate[q] * u[j];
        byX[j] += byGate[q] * t[row + j];
      }
    }
    if (addToTheta != null) {
      addToTheta.addi(Doubles.write(byTheta, result.like(addToTheta)));
    }
    if (addToX != null) {
      addToX.addi(Doubles.write(byX, resultX.like(addToX)));
    }
  }
}
