package io.github.oche.evaluation.correlation;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.oche.darts.HeapException;
import io.github.oche.darts.SearchedSupernet;
import io.github.oche.data.Augmentation;
import io.github.oche.data.Batch;
import io.github.oche.data.BatchStream;
import io.github.oche.data.Batches;
import io.github.oche.data.ImageData;
import io.github.oche.data.Normalisation;
import io.github.oche.data.Order;
import io.github.oche.data.Split;
import io.github.oche.engine.Network;
import io.github.oche.engine.Plan;
import io.github.oche.engine.Shape;
import io.github.oche.engine.Workers;
import io.github.oche.evaluation.LogitsListener;
import io.github.oche.evaluation.Scoring;
import io.github.oche.evaluation.trial.Evaluator;
import io.github.oche.space.Genotype;
import io.github.oche.space.Supernet;
import io.github.oche.space.SupernetPath;
import java.util.SplittableRandom;

/**
 * How many of the validation images an architecture classifies rightly, in percent, with the
 * weights that it inherits from a trained supernet: nothing is trained.
 *
 * <p>The architecture is a {@link SupernetPath}: its candidates have weight 1, all others do not
 * exist. The running statistics that a search leaves in the batch norms belong to the mixture of
 * all candidates, and on a single path the signal has another mean and variance. So they are
 * measured anew for each architecture, as by Guo et al.: from mean 0 and variance 1, over {@code
 * calibration} batches of the images that trained the weights, with the usual momentum of 0.1; no
 * label is read and no validation image seen in doing so. The images are then scored with these
 * statistics, so that the score of one does not depend on which others share its batch (it would,
 * with statistics of the scored batch as Bender et al. take them).
 *
 * <p>One evaluation costs {@code calibration * batch} images and all validation images, forwards.
 * The number of threads does not change the result.
 *
 * @see <a href="https://arxiv.org/abs/1904.00420">Guo et al. (2020), Single path one-shot neural
 *     architecture search with uniform sampling, section 3.4</a>
 * @see <a href="https://proceedings.mlr.press/v80/bender18a.html">Bender et al. (2018),
 *     Understanding and simplifying one-shot architecture search</a>
 */
public final class InheritedScore implements Evaluator<Genotype> {
  /** Batches after which 0.9^64, a thousandth, is left of the statistics' start. */
  public static final int CALIBRATION = 64;

  private final SearchedSupernet searched;
  private final Batches calibration;
  private final Batches validation;
  private final int steps;
  private final int threads;

  /**
   * Scores by this supernet.
   *
   * @param searched the trained supernet
   * @param split the images that trained its weights, and those to score on
   * @param normalisation of the images
   * @param batch images at a time, at most as many as trained the weights
   * @param calibration batches that measure the statistics, at least 1; see {@link #CALIBRATION}
   * @param threads at least 1
   * @throws IllegalArgumentException if the images are of another shape than the supernet's, or a
   *     number is out of range
   */
  public InheritedScore(
      SearchedSupernet searched,
      Split split,
      Normalisation normalisation,
      int batch,
      int calibration,
      int threads) {
    checkArgument(calibration >= 1, "calibration is %s batches, expected at least 1", calibration);
    checkArgument(threads >= 1, "threads is %s, expected at least 1", threads);
    checkImages(searched.supernet(), split.training());
    checkImages(searched.supernet(), split.validation());
    this.searched = searched;
    this.calibration =
        new Batches(
            split.training(),
            batch,
            Order.SHUFFLED,
            Augmentation.NONE, // as the validation images
            normalisation,
            searched.share().seed());
    validation =
        new Batches(split.validation(), batch, Order.FILE, Augmentation.NONE, normalisation, 0);
    steps = calibration;
    this.threads = threads;
  }

  /**
   * Scores an architecture.
   *
   * @throws IllegalArgumentException if the supernet does not hold it
   * @throws HeapException if the heap is too small; thrown before anything is done
   */
  @Override
  public double evaluate(Genotype architecture) {
    SupernetPath path = SupernetPath.of(searched.supernet(), architecture);
    Plan plan = Plan.of(path.graph(), calibration.size(), Plan.Purpose.SCORE);
    HeapException.check(
        "the scoring", plan.memoryBytes(), "the batch (" + calibration.size() + ")");
    float[] w = path.weights(searched.weights());
    try (Workers workers = new Workers(threads)) {
      Network network = new Network(plan, workers);
      calibrate(network, w);
      return 100 - Scoring.score(network, w, validation, LogitsListener.NONE).errorPercent();
    }
  }

  private static void checkImages(Supernet supernet, ImageData images) {
    Shape shape = new Shape(images.channels(), images.height(), images.width());
    Shape wanted = supernet.graph().input();
    checkArgument(shape.equals(wanted), "the supernet reads images of %s, not %s", wanted, shape);
    int classes = supernet.graph().outputs().get(0).logits().shape().channels();
    checkArgument(
        images.classes() == classes,
        "the supernet has %s classes, the images have %s",
        classes,
        images.classes());
  }

  private void calibrate(Network network, float[] w) {
    float[] fresh = network.graph().statistics().initialise(new SplittableRandom(0)); // none drawn
    System.arraycopy(fresh, 0, network.statistics(), 0, fresh.length);
    try (BatchStream batches = calibration.from(0)) {
      for (int step = 0; step < steps; step++) {
        Batch batch = batches.next();
        network.load(batch.images(), batch.labels(), batch.count());
        network.forward(w, new float[0], Network.Mode.TRAINING);
      }
    }
  }
}
