package io.github.oche.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.Network;
import io.github.oche.engine.Plan;
import io.github.oche.engine.Wanted;
import io.github.oche.engine.Workers;
import io.github.oche.space.Cost;
import io.github.oche.space.DerivedNetwork;
import io.github.oche.space.Discretisation;
import io.github.oche.space.Genotype;
import io.github.oche.space.SearchSpace;
import io.github.oche.space.Softmax;
import io.github.oche.space.Supernet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A space of one's own goes the whole way: supernet, search, genotype, derived network. */
class OwnSpaceTest {
  private static final int BATCH = 8;
  private static final int CLASSES = 2;

  @Test
  void aShortSearchInAnOwnSpaceLearnsAndFindsAGenotype() {
    SplittableRandom random = new SplittableRandom(1);
    SearchSpace space = OwnSpace.space(4, CLASSES);
    Supernet supernet = Supernet.of(space);
    Softmax softmax = supernet.softmax();
    float[] w = supernet.graph().parameters().initialise(random);
    double[] alpha = random.doubles(softmax.size()).map(x -> 1e-3 * (x - 0.5)).toArray();
    float[] mixing = new float[alpha.length];
    double[] gradient = new double[alpha.length];
    double first = 0;
    double last = 0;
    try (Workers workers = new Workers(1)) {
      Network network =
          new Network(Plan.of(supernet.graph(), BATCH, Plan.Purpose.GRADIENT), workers);
      for (int step = 0; step < 40; step++) {
        load(network, random); // a validation batch for alpha
        softmax.mixing(alpha, mixing);
        network.forward(w, mixing, Network.Mode.TRAINING);
        network.backward(Wanted.MIXING);
        softmax.pullback(alpha, network.mixingGradient(), gradient);
        for (int i = 0; i < alpha.length; i++) {
          alpha[i] -= 0.5 * gradient[i];
        }
        load(network, random); // a training batch for w
        softmax.mixing(alpha, mixing);
        last = network.forward(w, mixing, Network.Mode.TRAINING);
        first = step == 0 ? last : first;
        network.backward(Wanted.WEIGHTS);
        float[] dw = network.weightGradient();
        for (int i = 0; i < w.length; i++) {
          w[i] -= 0.05f * dw[i];
        }
      }
    }
    assertThat(last).isLessThan(0.5 * first);

    Genotype genotype = supernet.genotype(softmax.weights(alpha), Discretisation.published());
    assertThat(genotype.normal().nodes()).isEqualTo(3);
    assertThat(Genotype.parse(genotype.toString(), space.normal().names())).isEqualTo(genotype);

    DerivedNetwork derived =
        DerivedNetwork.of(genotype, space.macro(), space.normal().candidates(), true);
    assertThat(Cost.of(derived.graph()).parameters()).isLessThan(w.length);
  }

  @Test
  void theOwnOperationIsCountedLikeAnyOther() {
    String pair = "[('bottleneck', 0), ('bottleneck', 1)]";
    Genotype genotype =
        Genotype.parse(
            "Genotype(" + pair + ", [2], " + pair + ", [2])", ImmutableList.of("bottleneck"));
    SearchSpace space = OwnSpace.space(4, CLASSES);
    DerivedNetwork derived =
        DerivedNetwork.of(genotype, space.macro(), space.normal().candidates(), false);
    int bottleneck = 4 * 2 + 2 * 2 * 9 + 2 * 4 + 2 * 4; // channels 4: in, middle, out, norm
    int wide = 8 * 4 + 4 * 4 * 9 + 4 * 8 + 2 * 8; // channels 8
    int preprocess = 4 * 8 + 2 * 8; // both read 4 channels
    int rest = 9 * 4 + 2 * 4 + 8 * CLASSES + CLASSES;
    assertThat(Cost.of(derived.graph()).parameters())
        .isEqualTo(2 * (bottleneck + wide + preprocess) + rest);
  }

  /** Class 0: dark images with a bright half; class 1: the other half. */
  private static void load(Network network, SplittableRandom random) {
    float[] images = new float[BATCH * 144];
    int[] labels = new int[BATCH];
    for (int b = 0; b < BATCH; b++) {
      labels[b] = random.nextInt(CLASSES);
      for (int i = 0; i < 144; i++) {
        boolean bright = i / 72 == labels[b];
        images[b * 144 + i] = (float) (random.nextDouble() + (bright ? 1 : -1));
      }
    }
    network.load(images, labels, BATCH);
  }
}
