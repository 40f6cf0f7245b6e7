package io.github.oche.evaluation.correlation;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.oche.darts.DivergedException;
import io.github.oche.darts.ImageShare;
import io.github.oche.darts.SearchedSupernet;
import io.github.oche.data.Dataset;
import io.github.oche.data.Split;
import io.github.oche.evaluation.Retraining;
import io.github.oche.evaluation.RetrainingListener;
import io.github.oche.evaluation.RetrainingResult;
import io.github.oche.evaluation.RetrainingSettings;
import io.github.oche.evaluation.trial.DartsCells;
import io.github.oche.space.Cost;
import io.github.oche.space.Genotype;
import io.github.oche.space.Genotypes;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Scores architectures twice on the same images: by the weights that they inherit from a supernet,
 * and by training each from scratch.
 *
 * <p>The supernet's share of the training images decides who sees what: both the inherited weights
 * and the training from scratch know the part that trained w; both are scored on the part that
 * moved α. The test images are not read. All trainings have the same settings and seed.
 */
public final class CorrelationStudy {
  private static final String SAMPLE = "sample-";
  private static final ImmutableList<String> PUBLISHED = ImmutableList.of("DARTS_V1", "DARTS_V2");

  private final InheritedScore inherited;
  private final Dataset images;
  private final RetrainingSettings settings;
  private final int threads;

  /**
   * A study.
   *
   * @param searched the supernet
   * @param data what it was searched on: its training images are shared as they were then
   * @param settings of the trainings from scratch; {@code trainImages} must be 0, for the share has
   *     decided that
   * @param batch images at a time in scoring by inherited weights
   * @param threads at least 1; their number does not change the result
   * @throws IllegalArgumentException if supernet, data and settings do not fit
   */
  public CorrelationStudy(
      SearchedSupernet searched,
      Dataset data,
      RetrainingSettings settings,
      int batch,
      int threads) {
    checkArgument(
        settings.trainImages() == 0,
        "train images is %s, expected 0: the supernet's share decides",
        settings.trainImages());
    String sha256 = data.sha256(); // reads all pixels
    checkArgument(
        searched.dataSha256().equals(sha256),
        "the supernet was searched on other data than %s: their SHA-256 is %s, expected %s",
        data.name(),
        sha256,
        searched.dataSha256());
    Split split = searched.share().split(data);
    inherited =
        new InheritedScore(
            searched, split, data.normalisation(), batch, InheritedScore.CALIBRATION, threads);
    images = data.inParts(data.name(), split); // what trained w, and what moved alpha
    this.settings = settings;
    this.threads = threads;
    Retraining.check(images, settings);
  }

  /**
   * Checks that data and settings will do, so that a search need not be done first to learn that
   * they do not.
   *
   * @param share of the search that is to come
   * @throws IllegalArgumentException if they do not
   */
  public static void check(ImageShare share, Dataset data, RetrainingSettings settings) {
    Retraining.check(data.inParts(data.name(), share.split(data)), settings);
  }

  /**
   * What is to be scored, by name: random architectures {@code sample-1} and on, then, to be shown
   * beside them, the supernet's own and the published ones. With more samples the first ones stay
   * the same.
   *
   * @param samples how many are drawn, at least 2
   * @param seed of what is drawn
   */
  public static ImmutableMap<String, Genotype> architectures(
      SearchedSupernet searched, int samples, long seed) {
    checkArgument(samples >= 2, "samples is %s, expected at least 2", samples);
    ImmutableMap.Builder<String, Genotype> all = ImmutableMap.builder();
    RandomGenerator random = new SplittableRandom(seed);
    for (int i = 1; i <= samples; i++) {
      all.put(SAMPLE + i, DartsCells.INSTANCE.random(random));
    }
    all.put("found", searched.genotype());
    for (String name : PUBLISHED) {
      all.put(name, Genotypes.named(name));
    }
    return all.buildOrThrow();
  }

  /**
   * Scores one architecture; if its training diverges, the row says that.
   *
   * @param name one of {@link #architectures}
   * @param listener hears how the training from scratch goes
   * @throws IllegalArgumentException if the supernet does not hold it
   * @throws io.github.oche.darts.HeapException if the heap is too small
   */
  public ScoredArchitecture score(String name, Genotype genotype, RetrainingListener listener) {
    long start = System.nanoTime();
    double percent = inherited.evaluate(genotype);
    AtomicLong parameters = new AtomicLong();
    RetrainingListener counting =
        new RetrainingListener() {
          @Override
          public void started(Genotype trained, Cost cost) {
            parameters.set(cost.parameters());
          }
        };
    double retrained;
    try {
      RetrainingResult result =
          Retraining.train(genotype, images, settings, threads, counting.and(listener));
      retrained = 100 - result.score().errorPercent();
    } catch (DivergedException e) {
      retrained = Double.NaN;
    }
    return new ScoredArchitecture(
        name,
        name.startsWith(SAMPLE),
        percent,
        retrained,
        parameters.get(),
        (System.nanoTime() - start) / 1e9,
        genotype);
  }
}
