package io.github.oche.evaluation;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.oche.darts.Sgd;
import io.github.oche.data.Augmentation;

/**
 * Everything that decides what a training from scratch comes to, but genotype and data. Equal
 * settings give equal bits, on any number of threads.
 *
 * @param channels of the first cell
 * @param cells of the network
 * @param epochs through the training images
 * @param batch images a step
 * @param auxiliaryWeight of the auxiliary head's loss; 0 for no head
 * @param dropPath share of paths dropped in the end: it grows with the epoch, from 0
 * @param augmentation random changes of the training images
 * @param weights the rule that moves the weights
 * @param trainImages how many of the training images are used; 0 is all
 * @param validation share of them that is held out, to choose the best epoch; 0 for none: then the
 *     last epoch counts, as published
 * @param seed of the start, the shuffles, the augmentation, the dropped paths and the images held
 *     out
 */
public record RetrainingSettings(
    int channels,
    int cells,
    int epochs,
    int batch,
    double auxiliaryWeight,
    double dropPath,
    Augmentation augmentation,
    Sgd weights,
    int trainImages,
    double validation,
    long seed) {
  private static final int MOST_EPOCHS = 1_000_000;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if something lies outside its range
   */
  public RetrainingSettings {
    checkArgument(
        channels >= 1 && channels <= 4096, "channels is %s, expected 1 to 4096", channels);
    checkArgument(cells >= 1 && cells <= 1000, "cells is %s, expected 1 to 1000", cells);
    checkArgument(
        epochs >= 1 && epochs <= MOST_EPOCHS,
        "epochs is %s, expected 1 to %s",
        epochs,
        MOST_EPOCHS);
    checkArgument(batch >= 1, "batch is %s, expected at least 1", batch);
    checkArgument(
        auxiliaryWeight >= 0 && auxiliaryWeight <= 100,
        "auxiliary weight is %s, expected 0 (no head) to 100",
        auxiliaryWeight);
    checkArgument(
        dropPath >= 0 && dropPath < 1,
        "drop path is %s, expected at least 0 and less than 1",
        dropPath);
    checkArgument(
        trainImages == 0 || trainImages >= 2,
        "train images is %s, expected at least 2, or 0 for all",
        trainImages);
    checkArgument(
        validation >= 0 && validation < 1,
        "validation is %s, expected at least 0 (no images held out) and less than 1",
        validation);
  }

  /**
   * The settings of the released code (quark0/darts, {@code train.py}) and of the paper (section
   * 3.2): 20 cells of 36 channels, 600 epochs of batch 96, rate 0.025 to 0 by a cosine, auxiliary
   * head 0.4, drop path 0.2, cutout 16.
   */
  public static RetrainingSettings code() {
    return new RetrainingSettings(
        36,
        20,
        600,
        96,
        0.4,
        0.2,
        Augmentation.RETRAINING,
        Sgd.published().withRates(0.025, 0),
        0,
        0,
        0);
  }

  /** A small network and a short training, a few minutes on two cores: for the embedded sample. */
  public static RetrainingSettings quick() {
    return code()
        .withSize(16, 5)
        .withEpochs(10)
        .withBatch(64)
        .withAuxiliaryWeight(0)
        .withDropPath(0)
        .withAugmentation(new Augmentation(2, true, 0))
        .withWeights(Sgd.published().withRates(0.05, 0));
  }

  /**
   * The share of paths that is dropped in an epoch.
   *
   * @param epoch from 0
   */
  public double dropPath(int epoch) {
    return dropPath * epoch / epochs;
  }

  /** The same with another network. */
  public RetrainingSettings withSize(int otherChannels, int otherCells) {
    Draft draft = new Draft(this);
    draft.channels = otherChannels;
    draft.cells = otherCells;
    return draft.settings();
  }

  /** The same with so many epochs. */
  public RetrainingSettings withEpochs(int number) {
    Draft draft = new Draft(this);
    draft.epochs = number;
    return draft.settings();
  }

  /** The same with so many images a step. */
  public RetrainingSettings withBatch(int images) {
    Draft draft = new Draft(this);
    draft.batch = images;
    return draft.settings();
  }

  /** The same with another weight of the auxiliary head; 0 for none. */
  public RetrainingSettings withAuxiliaryWeight(double weight) {
    Draft draft = new Draft(this);
    draft.auxiliaryWeight = weight;
    return draft.settings();
  }

  /** The same with another share of dropped paths. */
  public RetrainingSettings withDropPath(double share) {
    Draft draft = new Draft(this);
    draft.dropPath = share;
    return draft.settings();
  }

  /** The same with other changes of the images. */
  public RetrainingSettings withAugmentation(Augmentation other) {
    Draft draft = new Draft(this);
    draft.augmentation = other;
    return draft.settings();
  }

  /** The same with another rule for the weights. */
  public RetrainingSettings withWeights(Sgd rule) {
    Draft draft = new Draft(this);
    draft.weights = rule;
    return draft.settings();
  }

  /** The same with so many training images; 0 is all. */
  public RetrainingSettings withTrainImages(int images) {
    Draft draft = new Draft(this);
    draft.trainImages = images;
    return draft.settings();
  }

  /** The same with another share of the training images held out; 0 for none. */
  public RetrainingSettings withValidation(double share) {
    Draft draft = new Draft(this);
    draft.validation = share;
    return draft.settings();
  }

  /** The same with another seed. */
  public RetrainingSettings withSeed(long number) {
    Draft draft = new Draft(this);
    draft.seed = number;
    return draft.settings();
  }

  /** A copy that can still be changed. */
  private static final class Draft {
    int channels;
    int cells;
    int epochs;
    int batch;
    double auxiliaryWeight;
    double dropPath;
    Augmentation augmentation;
    Sgd weights;
    int trainImages;
    double validation;
    long seed;

    Draft(RetrainingSettings from) {
      channels = from.channels;
      cells = from.cells;
      epochs = from.epochs;
      batch = from.batch;
      auxiliaryWeight = from.auxiliaryWeight;
      dropPath = from.dropPath;
      augmentation = from.augmentation;
      weights = from.weights;
      trainImages = from.trainImages;
      validation = from.validation;
      seed = from.seed;
    }

    RetrainingSettings settings() {
      return new RetrainingSettings(
          channels,
          cells,
          epochs,
          batch,
          auxiliaryWeight,
          dropPath,
          augmentation,
          weights,
          trainImages,
          validation,
          seed);
    }
  }
}
