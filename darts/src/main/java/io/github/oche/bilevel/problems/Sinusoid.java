package io.github.oche.bilevel.problems;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.BilevelProblem;
import io.github.oche.bilevel.DenseLayer;
import io.github.oche.bilevel.problems.Perceptron.Activation;
import java.util.Random;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Few-shot regression of sine waves: a task is {@code amplitude sin(z - phase)} with amplitude
 * uniform in [0.1, 5] and phase in [0, pi], seen at a few z uniform in [-5, 5]. The lower objective
 * is the mean squared error on the shots of a task, the upper one that on other points of it, both
 * of a network of two hidden layers of 40 ReLU units; y holds its 1761 parameters.
 *
 * <p>Tasks follow from the seed and their number alone: the same ones with more shots have the same
 * wave and query points, and begin with the same shots.
 *
 * @see "Finn, Abbeel and Levine (2017), Model-agnostic meta-learning, section 5.1"
 */
public final class Sinusoid {
  /** The network. */
  public static final ImmutableList<DenseLayer> NETWORK =
      ImmutableList.of(new DenseLayer(1, 40), new DenseLayer(40, 40), new DenseLayer(40, 1));

  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private final int shots;
  private final int queries;
  private final ImmutableList<Perceptron> uppers;
  private final ImmutableList<Perceptron> lowers;
  private final ImmutableList<BilevelProblem> tasks;

  /**
   * Creates memory for tasks.
   *
   * @param count how many tasks are drawn at once, at least 1
   * @param shots points of the lower objective, at least 1
   * @param queries points of the upper objective, at least 1
   */
  public Sinusoid(int count, int shots, int queries) {
    checkArgument(count >= 1, "count is %s, expected at least 1", count);
    checkArgument(shots >= 1, "shots is %s, expected at least 1", shots);
    checkArgument(queries >= 1, "queries is %s, expected at least 1", queries);
    this.shots = shots;
    this.queries = queries;
    ImmutableList.Builder<Perceptron> upper = ImmutableList.builder();
    ImmutableList.Builder<Perceptron> lower = ImmutableList.builder();
    ImmutableList.Builder<BilevelProblem> all = ImmutableList.builder();
    for (int i = 0; i < count; i++) {
      Perceptron onQueries = Perceptron.of(NETWORK, Activation.RELU);
      Perceptron onShots = Perceptron.of(NETWORK, Activation.RELU);
      upper.add(onQueries);
      lower.add(onShots);
      all.add(new BilevelProblem(onQueries, onShots));
    }
    uppers = upper.build();
    lowers = lower.build();
    tasks = all.build();
  }

  /**
   * Draws tasks into the memory.
   *
   * @param seed of all tasks
   * @param first number of the first one; the others follow
   * @return the tasks, the same objects at each call
   */
  public ImmutableList<BilevelProblem> draw(long seed, long first) {
    for (int i = 0; i < tasks.size(); i++) {
      Random random =
          new Random(new SplittableRandom(seed + (first + i) * GOLDEN_RATIO).nextLong());
      double amplitude = 0.1 + 4.9 * random.nextDouble();
      double phase = Math.PI * random.nextDouble();
      fill(uppers.get(i), queries, amplitude, phase, random);
      fill(lowers.get(i), shots, amplitude, phase, random);
    }
    return tasks;
  }

  private static void fill(
      Perceptron network, int points, double amplitude, double phase, Random random) {
    double[] z = new double[points];
    double[] target = new double[points];
    for (int i = 0; i < points; i++) {
      z[i] = -5 + 10 * random.nextDouble();
      target[i] = amplitude * StrictMath.sin(z[i] - phase);
    }
    network.batch(z, target);
  }

  /**
   * Parameters of a network that has learned nothing: weights and biases of a layer uniform within
   * {@code 1 / sqrt(inputs)} of zero. With wider ones the published step of 0.01 is unstable.
   *
   * @param seed of the weights
   * @return 1761 entries, {@code DOUBLE}
   */
  public static INDArray weights(long seed) {
    Random random = new Random(seed);
    double[] weights = new double[NETWORK.stream().mapToInt(DenseLayer::parameters).sum()];
    int at = 0;
    for (DenseLayer layer : NETWORK) {
      double bound = 1 / Math.sqrt(layer.inputs());
      for (int end = at + layer.parameters(); at < end; at++) {
        weights[at] = bound * (2 * random.nextDouble() - 1);
      }
    }
    return Nd4j.createFromArray(weights);
  }
}
