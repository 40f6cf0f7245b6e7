package io.github.oche.evaluation;

/**
 * How far a training has come; loss and accuracy are means over the present epoch so far.
 *
 * @param epoch the present one, from 1
 * @param epochs how many there will be
 * @param step of the epoch, from 1: so many are done
 * @param stepsPerEpoch how many an epoch has
 * @param loss with the auxiliary head's share
 * @param stepLoss of the last step alone
 * @param accuracy of the classifier, 0 to 1
 * @param imagesPerSecond lately
 * @param secondsLeft an estimate to the end of the training
 */
public record TrainingProgress(
    int epoch,
    int epochs,
    int step,
    int stepsPerEpoch,
    double loss,
    double stepLoss,
    double accuracy,
    double imagesPerSecond,
    double secondsLeft) {}
