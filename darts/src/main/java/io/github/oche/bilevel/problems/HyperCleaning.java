package io.github.oche.bilevel.problems;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.oche.bilevel.BilevelProblem;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Data hyper-cleaning: learn which training labels to trust. Half of them are replaced; the upper
 * variable has one entry a training sample, the lower one is a classifier:
 *
 * <pre>{@code
 * f(x, y) = 1/n sum over training samples of sigmoid(x_i) l(y; sample i)  +  decay/2 ||y||^2
 * F(x, y) = mean over validation samples of l(y; sample)
 * }</pre>
 *
 * <p>l is the cross-entropy. x starts at 0, where each sample counts one half; {@code x_i >= 0} at
 * the end says that sample i is taken for clean. The validation and test labels are right.
 *
 * <p>Gradients and products are exact, in the type of the features. With N samples of d features, C
 * classes and h hidden units a gradient multiplies 2 N d C (linear) or 2 N h (d + C) (perceptron)
 * pairs of numbers, a product half as much again, or as much if f was last asked at the same y. An
 * objective keeps N C (or N h) numbers and allocates none in a step.
 *
 * <p>The matrix products are ND4J's, whose order of adding may depend on the machine and its
 * threads: two machines give results that differ in the last bits.
 *
 * @see <a href="https://arxiv.org/abs/1703.01785">Franceschi et al. (2017), Forward and reverse
 *     gradient-based hyperparameter optimization, section 5.1</a>
 */
public final class HyperCleaning {
  /** What the lower variable is. */
  public enum Model {
    /** Softmax regression: {@code (d + 1) C} weights, f convex. */
    LINEAR,
    /** One layer of 300 sigmoid units before it: f not convex. */
    MLP
  }

  private static final int HIDDEN = 300;
  private static final long SPLIT = 0x53504C4954L;
  private static final long HELD_OUT = 0x484F4C44L;

  private final CorruptedSamples train;
  private final Samples validation;
  private final Samples test;
  private final Model model;
  private final BilevelProblem problem;
  private final Classifier tested;
  private final CrossEntropy testEntropy;

  /**
   * Creates the problem.
   *
   * @param train samples with some labels replaced
   * @param validation samples of the same kind with the right labels
   * @param test samples that no step sees
   * @param model the classifier
   * @param decay weight decay of the lower level, at least 0
   */
  public HyperCleaning(
      CorruptedSamples train, Samples validation, Samples test, Model model, double decay) {
    checkArgument(
        decay >= 0 && Double.isFinite(decay), "decay is %s, expected a finite number >= 0", decay);
    requireAlike(train.samples(), validation);
    requireAlike(train.samples(), test);
    this.train = train;
    this.validation = validation;
    this.test = test;
    this.model = model;
    problem =
        new BilevelProblem(
            new WeightedLoss(classifier(validation), validation, false, 0),
            new WeightedLoss(classifier(train.samples()), train.samples(), true, decay));
    tested = classifier(test);
    testEntropy = new CrossEntropy(test);
  }

  /**
   * The published set-up from a pool of samples with right labels: it is shuffled, cut into a
   * training and a validation part of one size, and half of the training labels are replaced.
   *
   * @param pool samples with the right labels
   * @param test samples that no step sees
   * @param size training samples, and validation samples; at most half of the pool each
   * @param model the classifier
   * @param seed of shuffling and of the replaced labels
   * @return the problem without weight decay
   */
  public static HyperCleaning of(Samples pool, Samples test, int size, Model model, long seed) {
    checkArgument(
        1 <= size && 2 * size <= pool.count(),
        "size is %s, expected 1 to %s, half of the %s samples",
        size,
        pool.count() / 2,
        pool.count());
    Samples shuffled = pool.drawn(2 * size, seed ^ SPLIT);
    return new HyperCleaning(
        CorruptedSamples.uniform(shuffled.range(0, size), 0.5, seed),
        shuffled.range(size, 2 * size),
        test,
        model,
        0);
  }

  /**
   * The same set-up for choosing settings without a look at test samples: a fifth of the pool is
   * held out in their place.
   *
   * @param pool samples with the right labels
   * @param size training samples, and validation samples; at most two fifths of the pool each
   * @param model the classifier
   * @param seed of what is held out, of shuffling and of the replaced labels
   * @return the problem, whose test samples are those held out
   */
  public static HyperCleaning heldOut(Samples pool, int size, Model model, long seed) {
    Samples shuffled = pool.shuffled(seed ^ HELD_OUT);
    int rest = pool.count() - pool.count() / 5;
    return of(shuffled.range(0, rest), shuffled.range(rest, pool.count()), size, model, seed);
  }

  private Classifier classifier(Samples samples) {
    return model == Model.LINEAR
        ? new SoftmaxRegression(samples)
        : new SigmoidNetwork(samples, HIDDEN);
  }

  private static void requireAlike(Samples a, Samples b) {
    checkArgument(
        a.dimension() == b.dimension()
            && a.classes() == b.classes()
            && a.features().dataType() == b.features().dataType(),
        "samples of %s features and %s classes (%s) go with such of %s and %s (%s)",
        a.dimension(),
        a.classes(),
        a.features().dataType(),
        b.dimension(),
        b.classes(),
        b.features().dataType());
  }

  /** {@return the classifier} */
  Model model() {
    return model;
  }

  /** {@return both objectives, with exact products} */
  public BilevelProblem problem() {
    return problem;
  }

  /** {@return the training samples} */
  public CorruptedSamples train() {
    return train;
  }

  /** {@return the validation samples} */
  public Samples validation() {
    return validation;
  }

  /** {@return the test samples} */
  public Samples test() {
    return test;
  }

  /** {@return where x starts: zeros, one a training sample} */
  public INDArray startX() {
    return Nd4j.zeros(train.samples().features().dataType(), train.samples().count());
  }

  /**
   * Where y starts: at zeros for the linear model, else uniform within {@code 1/sqrt(inputs)} of
   * each layer, as PyTorch starts it.
   *
   * @param seed of the random weights
   * @return an array of its own, [m]
   */
  public INDArray startY(long seed) {
    double[] y = new double[tested.parameters()];
    if (model == Model.MLP) {
      SplittableRandom random = new SplittableRandom(seed);
      int inputs = (test.dimension() + 1) * HIDDEN;
      for (int i = 0; i < y.length; i++) {
        double bound = 1 / Math.sqrt(i < inputs ? test.dimension() : HIDDEN);
        y[i] = bound * (2 * random.nextDouble() - 1);
      }
    }
    return Nd4j.createFromArray(y).castTo(test.features().dataType());
  }

  /**
   * Share of the test samples that a classifier gets right.
   *
   * @param y its weights, [m]
   * @return a number from 0 to 1
   */
  public double accuracy(INDArray y) {
    return (double) testEntropy.right(tested.logits(y)) / test.count();
  }
}
