package io.github.oche.evaluation;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.oche.darts.HeapException;
import io.github.oche.data.Augmentation;
import io.github.oche.data.Batch;
import io.github.oche.data.BatchStream;
import io.github.oche.data.Batches;
import io.github.oche.data.Dataset;
import io.github.oche.data.ImageData;
import io.github.oche.data.Normalisation;
import io.github.oche.data.Order;
import io.github.oche.engine.Network;
import io.github.oche.engine.Plan;
import io.github.oche.engine.Shape;
import io.github.oche.engine.Workers;
import io.github.oche.evaluation.model.Model;

/** Scores a trained model on the test images of some data. */
public final class Scoring {
  private static final float[] NO_MIXING = {};

  private Scoring() {}

  /**
   * Scores a model, with its running statistics. The images are normalised as those that it was
   * trained on, or as the data are where the model does not know; smaller ones are padded with
   * black to its side.
   *
   * @param batch images at a time; their number does not change the result
   * @param threads at least 1; their number does not change the result
   * @param listener hears the logits of all images, in the order of the data
   * @throws IllegalArgumentException if there are no test images, they do not fit the model, or
   *     what it gives for one is not finite: an error rate would only seem to say something
   * @throws HeapException if the heap is too small; thrown before anything is done
   */
  public static Score score(
      Model model, Dataset data, int batch, int threads, LogitsListener listener) {
    Batches testing = testing(model, data, batch);
    int atATime = Math.min(batch, testing.images().count());
    Plan plan = Plan.of(model.graph(), atATime, Plan.Purpose.SCORE);
    HeapException.check("the scoring", plan.memoryBytes(), "the batch (" + batch + ")");
    try (Workers workers = new Workers(threads)) {
      Network network = new Network(plan, workers);
      float[] statistics = model.statistics();
      System.arraycopy(statistics, 0, network.statistics(), 0, statistics.length);
      return score(network, model.weights(), testing, finite(listener));
    }
  }

  private static LogitsListener finite(LogitsListener listener) {
    return (image, label, logits) -> {
      for (int c = 0; c < logits.length; c++) {
        checkArgument(
            Float.isFinite(logits[c]),
            "the model gives %s for class %s of test image %s: its weights, statistics or"
                + " normalisation are broken",
            logits[c],
            c,
            image);
      }
      listener.image(image, label, logits);
    };
  }

  /**
   * Checks that a model can be scored on these data.
   *
   * @throws IllegalArgumentException as {@link #score}
   */
  public static void check(Model model, Dataset data, int batch) {
    testing(model, data, batch);
  }

  /**
   * Tells whether the images are padded before a model reads them.
   *
   * @param data whose images have the shape that the model reads, or are smaller
   */
  public static boolean pads(Model model, Dataset data) {
    Shape wanted = model.macro().image();
    return data.train().height() < wanted.height() || data.train().width() < wanted.width();
  }

  private static Batches testing(Model model, Dataset data, int batch) {
    Shape wanted = model.macro().image();
    Dataset padded = pads(model, data) ? data.padTo(wanted.height()) : data;
    ImageData images =
        padded
            .test()
            .filter(test -> test.count() > 0)
            .orElseThrow(() -> new IllegalArgumentException("there are no test images"));
    checkArgument(
        images.channels() == wanted.channels()
            && images.height() == wanted.height()
            && images.width() == wanted.width(),
        "the model reads images of %s, those of %s are of %sx%sx%s",
        wanted,
        data.name(),
        data.train().channels(),
        data.train().height(),
        data.train().width());
    checkArgument(
        images.classes() == model.macro().classes(),
        "the model has %s classes, %s has %s",
        model.macro().classes(),
        data.name(),
        images.classes());
    Normalisation normalisation = model.normalisation().orElse(data.normalisation());
    return new Batches(images, batch, Order.FILE, Augmentation.NONE, normalisation, 0);
  }

  /**
   * Scores a network with the running statistics that it has.
   *
   * @param network holds batches of that size
   * @param w its weights
   * @param testing the images, in the order of the data
   * @param listener hears the logits of all images
   */
  public static Score score(Network network, float[] w, Batches testing, LogitsListener listener) {
    int classes = network.graph().outputs().get(0).logits().shape().channels();
    float[] ofImage = new float[classes];
    Tally tally = new Tally();
    int image = 0;
    try (BatchStream batches = testing.epoch(0)) {
      while (batches.hasNext()) {
        Batch batch = batches.next();
        network.load(batch.images(), batch.labels(), batch.count());
        double loss = network.forward(w, NO_MIXING, Network.Mode.EVALUATION);
        float[] logits = network.logits(0);
        tally.add(logits, batch.labels(), batch.count(), classes, loss * batch.count());
        for (int i = 0; i < batch.count(); i++) {
          System.arraycopy(logits, i * classes, ofImage, 0, classes);
          listener.image(image++, batch.labels()[i], ofImage);
        }
      }
    }
    return tally.score();
  }
}
