package io.github.oche.darts;

/**
 * How far a search has come. Losses and accuracy are means over the present epoch so far.
 *
 * @param epoch the present one, from 1
 * @param epochs how many there will be
 * @param step of the epoch, from 1: so many are done
 * @param stepsPerEpoch how many an epoch has
 * @param trainingLoss of the weight steps
 * @param trainingAccuracy of the weight steps, 0 to 1
 * @param validationLoss of the α steps
 * @param last what the last step measured
 * @param imagesPerSecond training images a second, lately
 * @param secondsLeft an estimate to the end of the search
 */
public record SearchProgress(
    int epoch,
    int epochs,
    int step,
    int stepsPerEpoch,
    double trainingLoss,
    double trainingAccuracy,
    double validationLoss,
    StepReport last,
    double imagesPerSecond,
    double secondsLeft) {}
