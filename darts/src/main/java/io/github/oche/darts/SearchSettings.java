package io.github.oche.darts;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import io.github.oche.data.Augmentation;

/**
 * Everything that decides what a search finds, but the data. Equal settings on equal data give
 * equal bits, on any number of threads.
 *
 * @param channels of the DARTS network's first cell; a space of your own has its own
 * @param cells of the DARTS network; a space of your own has its own
 * @param epochs through the images that train the weights
 * @param batch images a step, for the weights and for α alike
 * @param trainImages how many of the training images are used; 0 is all
 * @param split how they are shared between weights and α
 * @param portion the weights' share, in (0, 1)
 * @param freshValidation whether each α step draws from a new shuffle, as published, or α goes
 *     through its images epoch by epoch
 * @param augmentation random changes of all images
 * @param hypergradient how the α step differentiates through the weights
 * @param weights the rule that moves the weights
 * @param architecture the rule that moves α
 * @param alphaDeviation standard deviation of α at the start
 * @param seed of the start, the split, the shuffles and the augmentation
 */
public record SearchSettings(
    int channels,
    int cells,
    int epochs,
    int batch,
    int trainImages,
    SplitRule split,
    double portion,
    boolean freshValidation,
    Augmentation augmentation,
    SearchHypergradient hypergradient,
    Sgd weights,
    Adam architecture,
    double alphaDeviation,
    long seed) {
  private static final int MOST_EPOCHS = 1_000_000;

  /**
   * Creates settings.
   *
   * @param channels of the DARTS network's first cell
   * @param cells of the DARTS network
   * @param epochs 1 to 1,000,000
   * @param batch at least 1
   * @param trainImages at least 2, or 0 for all
   * @param split how they are shared
   * @param portion the weights' share, in (0, 1)
   * @param freshValidation whether each α step draws from a new shuffle
   * @param augmentation random changes of all images
   * @param hypergradient how the α step differentiates through the weights
   * @param weights the rule that moves the weights
   * @param architecture the rule that moves α
   * @param alphaDeviation standard deviation of α at the start, at least 0
   * @param seed any number
   * @throws IllegalArgumentException if one of them lies outside its range
   */
  public SearchSettings {
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
        trainImages == 0 || trainImages >= 2,
        "train images is %s, expected at least 2, or 0 for all",
        trainImages);
    checkArgument(
        portion > 0 && portion < 1, "portion is %s, expected more than 0 and less than 1", portion);
    checkArgument(
        alphaDeviation >= 0 && alphaDeviation <= 100,
        "alpha deviation is %s, expected 0 to 100",
        alphaDeviation);
    checkNotNull(split, "split");
    checkNotNull(augmentation, "augmentation");
    checkNotNull(hypergradient, "hypergradient");
    checkNotNull(weights, "weights");
    checkNotNull(architecture, "architecture");
  }

  /**
   * The settings of the released code (quark0/darts, {@code train_search.py}): first order, half of
   * the data by position, α from a normal distribution of deviation 1e-3, 50 epochs of 16 channels
   * and 8 cells.
   *
   * @return the settings
   */
  public static SearchSettings code() {
    return new SearchSettings(
        16,
        8,
        50,
        64,
        0,
        SplitRule.IN_ORDER,
        0.5,
        true,
        Augmentation.SEARCH,
        SearchHypergradient.FIRST,
        Sgd.published(),
        Adam.published(),
        1e-3,
        2);
  }

  /**
   * The settings of the paper (arXiv:1806.09055, appendix A.1) where it and its code differ: second
   * order, α from zero, the rate of the weights down to zero.
   *
   * @return the settings
   */
  public static SearchSettings paper() {
    return code()
        .withHypergradient(SearchHypergradient.SECOND)
        .withSplit(SplitRule.SHUFFLED, 0.5)
        .withWeights(Sgd.published().withRates(0.025, 0))
        .withAlphaDeviation(0);
  }

  /**
   * A small search that takes a few minutes on two cores: the default on the embedded sample.
   *
   * @return the settings
   */
  public static SearchSettings quick() {
    return code()
        .withSize(8, 5)
        .withEpochs(4)
        .withBatch(32)
        .withSplit(SplitRule.SHUFFLED, 0.5)
        .withArchitecture(Adam.published().withRate(3e-3));
  }

  /** {@return the same for a DARTS network of another size} */
  public SearchSettings withSize(int otherChannels, int otherCells) {
    Draft draft = new Draft(this);
    draft.channels = otherChannels;
    draft.cells = otherCells;
    return draft.settings();
  }

  /** {@return the same with another number of epochs} */
  public SearchSettings withEpochs(int number) {
    Draft draft = new Draft(this);
    draft.epochs = number;
    return draft.settings();
  }

  /** {@return the same with another batch} */
  public SearchSettings withBatch(int images) {
    Draft draft = new Draft(this);
    draft.batch = images;
    return draft.settings();
  }

  /** {@return the same on another number of training images; 0 is all} */
  public SearchSettings withTrainImages(int images) {
    Draft draft = new Draft(this);
    draft.trainImages = images;
    return draft.settings();
  }

  /** {@return the same with another split} */
  public SearchSettings withSplit(SplitRule rule, double share) {
    Draft draft = new Draft(this);
    draft.split = rule;
    draft.portion = share;
    return draft.settings();
  }

  /** {@return the same with validation batches drawn freshly or epoch by epoch} */
  public SearchSettings withFreshValidation(boolean fresh) {
    Draft draft = new Draft(this);
    draft.freshValidation = fresh;
    return draft.settings();
  }

  /** {@return the same with other changes of images} */
  public SearchSettings withAugmentation(Augmentation other) {
    Draft draft = new Draft(this);
    draft.augmentation = other;
    return draft.settings();
  }

  /** {@return the same with another way to differentiate through the weights} */
  public SearchSettings withHypergradient(SearchHypergradient other) {
    Draft draft = new Draft(this);
    draft.hypergradient = other;
    return draft.settings();
  }

  /** {@return the same with another rule for the weights} */
  public SearchSettings withWeights(Sgd rule) {
    Draft draft = new Draft(this);
    draft.weights = rule;
    return draft.settings();
  }

  /** {@return the same with another rule for α} */
  public SearchSettings withArchitecture(Adam rule) {
    Draft draft = new Draft(this);
    draft.architecture = rule;
    return draft.settings();
  }

  /** {@return the same with another spread of α at the start} */
  public SearchSettings withAlphaDeviation(double deviation) {
    Draft draft = new Draft(this);
    draft.alphaDeviation = deviation;
    return draft.settings();
  }

  /** {@return the same with another seed} */
  public SearchSettings withSeed(long number) {
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
    int trainImages;
    SplitRule split;
    double portion;
    boolean freshValidation;
    Augmentation augmentation;
    SearchHypergradient hypergradient;
    Sgd weights;
    Adam architecture;
    double alphaDeviation;
    long seed;

    Draft(SearchSettings from) {
      channels = from.channels;
      cells = from.cells;
      epochs = from.epochs;
      batch = from.batch;
      trainImages = from.trainImages;
      split = from.split;
      portion = from.portion;
      freshValidation = from.freshValidation;
      augmentation = from.augmentation;
      hypergradient = from.hypergradient;
      weights = from.weights;
      architecture = from.architecture;
      alphaDeviation = from.alphaDeviation;
      seed = from.seed;
    }

    SearchSettings settings() {
      return new SearchSettings(
          channels,
          cells,
          epochs,
          batch,
          trainImages,
          split,
          portion,
          freshValidation,
          augmentation,
          hypergradient,
          weights,
          architecture,
          alphaDeviation,
          seed);
    }
  }
}
