package io.github.oche.evaluation;

/**
 * What an epoch of a training came to; loss and accuracy are means over its images.
 *
 * @param epoch from 1
 * @param rate of the weights in it
 * @param loss with the auxiliary head's share
 * @param accuracy of the classifier, 0 to 1
 * @param seconds it took
 * @param imagesPerSecond training images a second
 */
public record TrainingEpoch(
    int epoch, double rate, double loss, double accuracy, double seconds, double imagesPerSecond) {}
