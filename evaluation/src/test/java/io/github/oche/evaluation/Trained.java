package io.github.oche.evaluation;

import io.github.oche.data.Dataset;
import io.github.oche.engine.Network;
import io.github.oche.engine.Plan;
import io.github.oche.engine.Shape;
import io.github.oche.engine.Workers;
import io.github.oche.evaluation.model.Model;
import io.github.oche.space.Genotype;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

/** Small networks after some steps of training, and what this engine says of images. */
public final class Trained {
  private Trained() {}

  /** A network of three cells for images of 1x8x8 and three classes, after eight steps. */
  public static Model model(Genotype genotype) {
    return model(genotype, Patterns.settings());
  }

  /** The same, with an auxiliary head, for which the images are padded to 1x32x32. */
  public static Model withAuxiliaryHead(Genotype genotype) {
    return model(genotype, Patterns.settings().withSize(2, 2).withAuxiliaryWeight(0.4));
  }

  static Model model(Genotype genotype, RetrainingSettings settings) {
    return model(genotype, Patterns.data(64, 30), settings);
  }

  static Model model(Genotype genotype, Dataset data, RetrainingSettings settings) {
    AtomicReference<Model> model = new AtomicReference<>();
    Retraining.train(
        genotype,
        data,
        settings,
        1,
        new RetrainingListener() {
          @Override
          public void trained(Model trained) {
            model.set(trained);
          }
        });
    return Objects.requireNonNull(model.get());
  }

  /** Images as they come to a network: about 0 in the mean, with a deviation of 1. */
  public static float[] images(Shape shape, int count) {
    Random random = new Random(5);
    float[] images = new float[count * shape.size()];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    return images;
  }

  /** This engine's logits, [count, classes]. */
  public static float[] logits(Model model, float[] images, int count) {
    try (Workers workers = new Workers(1)) {
      Network network = new Network(Plan.of(model.graph(), count, Plan.Purpose.SCORE), workers);
      System.arraycopy(model.statistics(), 0, network.statistics(), 0, model.statistics().length);
      network.load(images, new int[count], count);
      network.forward(model.weights(), new float[0], Network.Mode.EVALUATION);
      return Arrays.copyOf(network.logits(0), count * model.macro().classes());
    }
  }

  /** The norm of the difference by the norm of what was expected. */
  public static double error(float[] actual, float[] expected) {
    if (actual.length != expected.length) {
      return Double.NaN;
    }
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow((double) actual[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    return Math.sqrt(difference / norm);
  }
}
