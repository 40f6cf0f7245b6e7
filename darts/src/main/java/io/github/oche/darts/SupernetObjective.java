package io.github.oche.darts;

import static com.google.common.base.Preconditions.checkState;

import io.github.oche.bilevel.Gradient;
import io.github.oche.bilevel.Objective;
import io.github.oche.bilevel.Partial;
import io.github.oche.engine.Network;
import io.github.oche.engine.Wanted;
import io.github.oche.space.Relaxation;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The mean cross-entropy of a supernet on a batch as a function of x = α (normal rows, then
 * reduction rows) and y = w (in the order of the graph's parameters), both {@code FLOAT} vectors.
 *
 * <p>Batch norms use the statistics of the batch, as in the published search, and keep none: it is
 * a function of x, y and the batch alone. The relaxation that makes mixing weights of α is outside
 * the network, in double. A gradient costs about three times a value, by α alone about two thirds
 * of that. {@link #along} is exact, costs about two gradients, and needs a problem made for {@link
 * SearchHypergradient#EXACT} or another that needs it; without one it takes central differences.
 */
public final class SupernetObjective implements Objective {
  private final SupernetProblem problem;
  private final Relaxation relaxation;
  private final float[] w; // [m], shared with the problem's other objective
  private final float[] dw; // [m], shared too; empty where exact products are not planned for
  private final float[] alphas; // [n]
  private final double[] alpha; // [n]
  private final float[] mixing; // [n]
  private final double[] pulled; // [n]
  private final float[] alphaGradient; // [n]
  private final Mirror dx = new Mirror();
  private final Mirror dy = new Mirror();
  private @Nullable MiniBatch batch;

  SupernetObjective(SupernetProblem problem, float[] w, float[] dw) {
    this.problem = problem;
    this.w = w;
    this.dw = dw;
    relaxation = problem.relaxation();
    int n = relaxation.size();
    alphas = new float[n];
    alpha = new double[n];
    mixing = new float[n];
    pulled = new double[n];
    alphaGradient = new float[n];
  }

  /**
   * Gives it a batch, for all calls until the next one.
   *
   * @param next the images; they must stay as they are that long
   */
  public void hold(MiniBatch next) {
    batch = next;
    problem.outdated(this);
  }

  @Override
  public double value(INDArray x, INDArray y) {
    read(x, y);
    return forward(alphas, w);
  }

  @Override
  public Gradient gradient(INDArray x, INDArray y, Partial wanted) {
    read(x, y);
    double value = forward(alphas, w);
    Network network = backward(wanted);
    return Gradient.exact(
        value,
        wanted.wantsX() ? dx.of(pullback(network.mixingGradient())) : null,
        wanted.wantsY() ? dy.of(network.weightGradient()) : null);
  }

  @Override
  public Gradient along(
      INDArray x, INDArray y, @Nullable INDArray dx, @Nullable INDArray dy, Partial wanted) {
    if (dw.length != w.length) {
      return Objective.super.along(x, y, dx, dy, wanted);
    }
    read(x, y);
    double[] dalpha = new double[alpha.length];
    double[] g =
        dalpha; // multiplied by the change of the weights, so it does not matter while that is zero
    float[] dmixing = {};
    if (dx != null) {
      float[] direction = new float[alpha.length];
      Mirror.read("dx", dx, direction);
      widen(direction, dalpha);
      forward(alphas, w);
      g = backward(Partial.X).mixingGradient().clone();
      relaxation.pushforward(alpha, dalpha, pulled);
      dmixing = new float[mixing.length];
      narrow(pulled, dmixing);
    }
    if (dy != null) {
      Mirror.read("dy", dy, dw);
    }
    forward(alphas, w); // again if need be: a backward pass may write over what a forward pass left
    Network network = network();
    network.along(dy == null ? new float[0] : dw, dmixing, wanted(wanted));
    if (wanted.wantsX()) {
      relaxation.pullbackAlong(alpha, dalpha, g, network.mixingGradient(), pulled);
      narrow(pulled, alphaGradient);
    }
    return Gradient.exact(
        Double.NaN,
        wanted.wantsX() ? this.dx.of(alphaGradient) : null,
        wanted.wantsY() ? this.dy.of(network.weightGradient()) : null);
  }

  /** The loss at (alphas, w); {@link #backward} may follow. */
  double forward(float[] alphas, float[] w) {
    widen(alphas, alpha);
    relaxation.mixing(alpha, mixing);
    return network().forward(w, mixing, Network.Mode.BATCH);
  }

  /** Computes gradients where {@link #forward} was. */
  Network backward(Partial wanted) {
    Network network = network();
    network.backward(wanted(wanted));
    return network;
  }

  /**
   * How many images of the batch the last {@link #forward} classified rightly; of equal logits the
   * first counts.
   */
  int correct() {
    MiniBatch held = held();
    float[] logits = network().logits(0);
    int classes = problem.supernet().graph().outputs().get(0).logits().shape().channels();
    int correct = 0;
    for (int i = 0; i < held.count(); i++) {
      int best = 0;
      for (int k = 1; k < classes; k++) {
        if (logits[i * classes + k] > logits[i * classes + best]) {
          best = k;
        }
      }
      correct += best == held.labels()[i] ? 1 : 0;
    }
    return correct;
  }

  private Network network() {
    return problem.network(this, held());
  }

  private MiniBatch held() {
    MiniBatch held = batch;
    checkState(held != null, "the objective holds no batch; call hold first");
    return held;
  }

  private void read(INDArray x, INDArray y) {
    Mirror.read("x", x, alphas);
    Mirror.read("y", y, w);
  }

  private float[] pullback(double[] mixingGradient) {
    relaxation.pullback(alpha, mixingGradient, pulled);
    narrow(pulled, alphaGradient);
    return alphaGradient;
  }

  private static Wanted wanted(Partial partial) {
    return switch (partial) {
      case X -> Wanted.MIXING;
      case Y -> Wanted.WEIGHTS;
      case BOTH -> Wanted.ALL;
    };
  }

  private static void widen(float[] from, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = from[i];
    }
  }

  private static void narrow(double[] from, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = (float) from[i];
    }
  }
}
