package io.github.oche.bilevel.problems;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Samples of which some labels were replaced, and which ones.
 *
 * <p>A replaced label is drawn uniformly from <em>all</em> classes, as the published code of data
 * hyper-cleaning does it: of ten classes a tenth of the replaced labels is right all the same, and
 * the published F1 counts them as corrupted. Whoever keeps exactly the samples whose label is right
 * thus has an F1 of 0.952 at one half replaced, not 1.
 */
public final class CorruptedSamples {
  private final Samples samples;
  private final BitSet replaced;
  private final int wrong;

  private CorruptedSamples(Samples samples, BitSet replaced, int wrong) {
    this.samples = samples;
    this.replaced = replaced;
    this.wrong = wrong;
  }

  /**
   * Replaces labels.
   *
   * @param clean samples with the right labels
   * @param fraction share of the labels that are replaced, in [0, 1]; rounded down to whole labels
   * @param seed of the choice of samples and of their labels
   * @return the corrupted samples
   */
  public static CorruptedSamples uniform(Samples clean, double fraction, long seed) {
    checkArgument(
        fraction >= 0 && fraction <= 1, "fraction is %s, expected a number in [0, 1]", fraction);
    SplittableRandom random = new SplittableRandom(seed);
    int count = clean.count();
    int[] labels = clean.labels().toArray();
    int[] order = new int[count];
    BitSet replaced = new BitSet(count);
    int wrong = 0;
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    for (int k = 0; k < (int) (fraction * count); k++) {
      int chosen = random.nextInt(k, count);
      int i = order[chosen];
      order[chosen] = order[k];
      labels[i] = random.nextInt(clean.classes());
      replaced.set(i);
      wrong += labels[i] == clean.labels().get(i) ? 0 : 1;
    }
    return new CorruptedSamples(clean.withLabels(labels), replaced, wrong);
  }

  /** {@return the samples under the labels that training sees} */
  public Samples samples() {
    return samples;
  }

  /**
   * Says whether a label was replaced, be it by the same one.
   *
   * @param sample from 0
   * @return true if it was
   */
  public boolean isReplaced(int sample) {
    return replaced.get(sample);
  }

  /** {@return how many labels were replaced} */
  public int replaced() {
    return replaced.cardinality();
  }

  /** {@return how many labels are wrong now: fewer than were replaced} */
  public int wrong() {
    return wrong;
  }

  /**
   * How well sample weights tell clean samples from corrupted ones: a sample counts as clean if its
   * {@code x_i >= 0}, that is a weight of one half or more; truly clean is what was not replaced.
   *
   * @param x the upper variable of {@link HyperCleaning}, [N]
   * @return precision, recall and F1 of "clean"
   */
  public Detection detection(INDArray x) {
    checkArgument(
        x.length() == samples.count(),
        "x has %s entries for %s samples",
        x.length(),
        samples.count());
    int kept = 0;
    int right = 0;
    for (int i = 0; i < samples.count(); i++) {
      if (x.getDouble(i) >= 0) {
        kept++;
        right += replaced.get(i) ? 0 : 1;
      }
    }
    int clean = samples.count() - replaced.cardinality();
    return new Detection(share(right, kept), share(right, clean));
  }

  private static double share(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  /**
   * Quality of a decision which samples are clean.
   *
   * @param precision share of clean ones among the samples that were taken for clean; 0 if there
   *     are none
   * @param recall share of the clean samples that were taken for clean
   */
  public record Detection(double precision, double recall) {
    /** {@return their harmonic mean; 0 if both are 0} */
    public double f1() {
      double sum = precision + recall;
      return sum == 0 ? 0 : 2 * precision * recall / sum;
    }
  }
}
